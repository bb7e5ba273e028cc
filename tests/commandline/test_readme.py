"""The README stays true: every command in it is run here, or by the tests that its row names."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandline.forked import typed, without_settings


ROOT = Path(__file__).parent.parent.parent
ANTIPODE = Path(sys.executable).parent / "antipode"
#: Commands that other tests run, or that run these tests.
ELSEWHERE = {
    "make play": "tests/playground",
    "make setup": "the Makefile's first step for each command",
    "make check": "itself",
    "make test": "itself",
    ".venv/bin/antipode run": "tests/wire",
}
HERE = {
    ".venv/bin/antipode rehearse --people 200 --transcript transcript.txt",
    ".venv/bin/antipode match --people people.csv --out pairs.csv --report report.json",
    ".venv/bin/antipode check",
}
#: What `rehearse --json` writes, in this order: other programs read it.
FIGURES = (
    *("people", "weeks", "seed", "pairs", "trios", "unplaced", "rooms_opened", "introductions", "prompts"),
    *("check_ins", "reminders", "surveys", "cases", "rematches", "deliveries", "duplicates", "lost"),
    *(
        "sent_at_night",
        "director_commands",
        "director_minutes",
        "contact_share",
        "wall_seconds",
        "peak_rss_mb",
    ),
)
#: The columns of `match --people`.
COLUMNS = (
    *("id", "country", "timezone", "languages", "interests", "library_type", "role", "years", "goals"),
    *("hours_local", "experience_wish", "platforms"),
)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ANTIPODE), *arguments],
        cwd=folder,
        env=without_settings(os.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def commands() -> set[str]:
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return {line for block in blocks for line in block.splitlines() if line.strip()}


def test_every_command_of_the_readme_is_run_by_a_test() -> None:
    assert commands() == HERE | set(ELSEWHERE)


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert {command.split()[1] for command in commands() if command.startswith("make ")} <= targets


def test_every_page_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short rehearsal with its files, played twice with the same seed."""
    folder = tmp_path_factory.mktemp("rehearsal")
    for number in (1, 2):
        arguments = ("--people", "16", "--weeks", "4", "--seed", "3")
        files = ("--transcript", f"transcript{number}.txt", "--json", f"figures{number}.json")
        done = run("rehearse", *arguments, *files, folder=folder)
        assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_a_rehearsal_loses_nothing_says_nothing_twice_and_nothing_at_night(rehearsal: Path) -> None:
    figures = json.loads((rehearsal / "figures1.json").read_text())

    assert (figures["lost"], figures["duplicates"], figures["sent_at_night"]) == (0, 0, 0)
    assert (figures["people"], figures["weeks"], figures["unplaced"]) == (16, 4, 0)
    assert figures["prompts"] >= 4 * 7


def test_the_same_seed_gives_the_same_transcript_byte_for_byte(rehearsal: Path) -> None:
    first = (rehearsal / "transcript1.txt").read_bytes()

    assert first == (rehearsal / "transcript2.txt").read_bytes()
    assert len(first.splitlines()) > 300


def test_the_figures_are_those_of_the_interface(rehearsal: Path) -> None:
    assert tuple(json.loads((rehearsal / "figures1.json").read_text())) == FIGURES


def test_a_cast_that_is_wrong_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cast.toml").write_text("[share]\nlazy = 3\n")

    told = typed("rehearse", "--cast", "cast.toml", folder=tmp_path)

    assert (told.code, told.out) == (1, "")
    assert len(told.err.splitlines()) == 1


def test_pairs_come_out_of_a_file(tmp_path: Path) -> None:
    row = "{id},{country},{zone},en,open-access,public,librarian,5,friendship,Mo09+2,any,telegram"
    places = (("1", "BR", "America/Sao_Paulo"), ("2", "KE", "Africa/Nairobi"))
    rows = [row.format(id=number, country=country, zone=zone) for number, country, zone in places]
    (tmp_path / "people.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")

    done = run(
        "match", "--people", "people.csv", "--out", "pairs.csv", "--report", "report.json", folder=tmp_path
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pairs.csv").read_text().splitlines()[1].startswith("1,1,2,,")
    assert json.loads((tmp_path / "report.json").read_text())["pairs"] == 1


def test_a_check_without_a_platform_says_what_is_there(tmp_path: Path) -> None:
    done = run("check", folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "telegram: not configured" in done.stdout


def test_running_without_a_platform_says_what_to_set(tmp_path: Path) -> None:
    told = typed("run", folder=tmp_path)

    assert told.code == 1
    assert "TELEGRAM_BOT_TOKEN" in told.out


def test_a_wrong_setting_stops_every_command_with_a_sentence(tmp_path: Path) -> None:
    told = typed("check", folder=tmp_path, ANTIPODE_PACE="soon")

    assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1)


def test_migrating_brings_a_new_database(tmp_path: Path) -> None:
    told = typed("migrate", folder=tmp_path)

    assert told.code == 0
    assert (tmp_path / "antipode.db").is_file()
