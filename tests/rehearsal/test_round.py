"""A whole round in rehearsal, in this process: everybody of every temper, and the figures that come out."""

import json
from pathlib import Path

import pytest

from bot.entry.rehearse import rehearse_here


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty people, eight weeks, mostly difficult ones."""
    folder = tmp_path_factory.mktemp("round")
    (folder / "cast.toml").write_text(
        "[share]\nkeen = 40\nslow = 20\nsilent = 15\nleaving = 10\nblocking = 5\ntravelling = 10\n"
    )
    code = rehearse_here(
        people=40,
        weeks=8,
        seed=2,
        cast_file=folder / "cast.toml",
        json=folder / "figures.json",
        transcript=folder / "transcript.txt",
        database=folder / "kept.db",
    )
    assert code == 0
    return folder


def test_nothing_is_lost_said_twice_or_said_at_night(played: Path) -> None:
    figures = json.loads((played / "figures.json").read_text())

    assert (figures["lost"], figures["duplicates"], figures["sent_at_night"]) == (0, 0, 0)


def test_everybody_who_can_be_placed_is(played: Path) -> None:
    figures = json.loads((played / "figures.json").read_text())

    assert figures["unplaced"] == 0
    assert 2 * figures["pairs"] + 3 * figures["trios"] <= 40


def test_trouble_becomes_cases_and_new_partners(played: Path) -> None:
    figures = json.loads((played / "figures.json").read_text())

    assert figures["cases"] > 0
    assert figures["rematches"] > 0
    assert figures["reminders"] > 0
    assert figures["introductions"] >= figures["pairs"] + figures["trios"]


def test_the_transcript_has_every_part_of_a_round(played: Path) -> None:
    transcript = (played / "transcript.txt").read_text()

    for words in ("takes applications", "Thank you", "Getting to know you", "Reflection and review", "queue"):
        assert words in transcript
