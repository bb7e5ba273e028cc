"""A database that cannot be used is told in one sentence, which holds nothing of its address."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app


ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
COMMANDS = (["check"], ["migrate"], ["outbox", "list"], ["deadletters", "list"], ["outbox", "drop", "7"])


def typed(words: list[str], url: str) -> tuple[int, str]:
    """Type a command; give its exit code and all that it printed, a traceback too."""
    told = CliRunner().invoke(app, words, env={"ANTIPODE_DATABASE_URL": url})
    return told.exit_code, told.output + (repr(told.exception) if told.exception else "")


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("url", ["postgresql://bot:x@Heron:7/x:Heron/a", "postgresql://bot:Heron@[::1:2/x"])
def test_an_address_that_is_none_is_told_without_its_password(words: list[str], url: str) -> None:
    code, told = typed(words, url)

    assert code == 1
    assert "ANTIPODE_DATABASE_URL cannot be used" in told
    assert "Heron" not in told


def test_a_start_with_such_an_address_is_one_sentence() -> None:
    env = {"ANTIPODE_DATABASE_URL": "postgresql://bot:x@Heron:y/x", "TELEGRAM_BOT_TOKEN": TOKEN}
    told = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env=os.environ | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout == (
        "The database (ANTIPODE_DATABASE_URL) cannot be used: it is no address of a database."
        " Run `antipode check`.\n"
    )


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Heron " * 1000)

    code, told = typed(["migrate"], f"sqlite:///{tmp_path}/notes.db")

    assert (code, told) == (1, "ANTIPODE_DATABASE_URL cannot be used: DatabaseError.\nSystemExit(1)")


def test_a_database_that_a_newer_version_has_changed_is_left_as_it_is(tmp_path: Path) -> None:
    """In a rolling upgrade the schema goes first; a replica that restarts meanwhile must start."""
    url = f"sqlite:///{tmp_path}/antipode.db"
    typed(["migrate"], url)
    with sqlite3.connect(tmp_path / "antipode.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert typed(["migrate"], url) == (0, "reachable, the schema is this version's\n")
