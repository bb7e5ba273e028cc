"""The page for directors and the texts keep up with the table of commands."""

from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.commands.helps import CHAPTERS
from tests.commands.desks import program


PAGE = (Path(__file__).parents[2] / "docs" / "directors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_the_page_for_directors_has_every_command(command: object) -> None:
    words = command.name.split()  # type: ignore[attr-defined]
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]

    assert [row for row in rows if all(word in row.split("|")[1] for word in words)] != []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_what_asks_first_says_so_on_the_page(command: object) -> None:
    asks = command.preview is not None  # type: ignore[attr-defined]
    head = f"| `{command.usage.split('[')[0].strip()}"  # type: ignore[attr-defined]
    rows = [line for line in PAGE.splitlines() if line.startswith(head)]

    assert not asks or any("first" in row for row in rows)


def test_every_command_has_its_line_in_the_help_and_a_chapter() -> None:
    keys = {f"directors.about.{name.replace(' ', '-')}" for name in COMMANDS}

    assert keys == {key for key in program().texts.keys("en") if key.startswith("directors.about.")}
    assert {command.chapter for command in COMMANDS.values()} == set(CHAPTERS)
