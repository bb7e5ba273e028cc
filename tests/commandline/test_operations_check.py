"""`antipode check` looks at who may read `.env` and the database, and beside a running bot is content."""

import asyncio
from pathlib import Path

import pytest

from storage import open_store
from tests.commandline.forked import typed


def line_about(name: str, folder: Path) -> tuple[int, str]:
    told = typed("check", folder=folder)
    return told.code, "".join(line for line in told.out.splitlines() if f" {name}: " in line)


@pytest.mark.parametrize(
    ("mode", "code", "line"),
    [
        (0o600, 0, "ok   settings: only you can read .env"),
        (0o644, 1, "NOT  settings: others on this machine can read .env: chmod 600 .env"),
        (0o640, 1, "NOT  settings: others on this machine can read .env: chmod 600 .env"),
    ],
)
def test_a_file_of_settings_that_others_can_read_fails(
    tmp_path: Path, mode: int, code: int, line: str
) -> None:
    file = tmp_path / ".env"
    file.write_text("ANTIPODE_PACE=7d\n")
    file.chmod(mode)

    assert line_about("settings", tmp_path) == (code, line)


def test_a_backup_that_everybody_can_read_fails(tmp_path: Path) -> None:
    assert line_about("file", tmp_path) == (0, "")
    (tmp_path / "antipode.db").chmod(0o644)

    code, line = line_about("file", tmp_path)

    assert (code, line) == (
        1,
        "NOT  file: others on this machine can read antipode.db: chmod 600 antipode.db",
    )


async def test_beside_a_running_bot_nothing_is_wrong_with_the_database(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/antipode.db")
    await store.migrate()
    try:
        found = await asyncio.to_thread(line_about, "database", tmp_path)
    finally:
        await store.close()

    assert found == (0, "ok   database: a bot that runs works with antipode.db")


def test_a_database_that_cannot_be_opened_fails(tmp_path: Path) -> None:
    (tmp_path / "antipode.db.lock").mkdir()

    sentence = "ANTIPODE_DATABASE_URL cannot be used: antipode.db.lock: Is a directory."
    assert line_about("database", tmp_path) == (1, f"NOT  database: {sentence}")
