"""What the directors read of a case."""

from datetime import UTC, datetime

import pytest

from bot.cases import open_case
from bot.messages import Message
from bot.model import DirectorsRoom, Person
from bot.texts import load_program


NOW = datetime(2027, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "partnership", "words"),
    [
        (
            "help",
            "spring.3",
            "[Ben](person:8) (New Zealand) **asks for help** with the partnership spring.3.",
        ),
        ("help", "", "[Ben](person:8) (New Zealand) **asks for help**, and is in no partnership now."),
        (
            "report",
            "",
            "**Report** from [Ben](person:8) (New Zealand), who is in no partnership now."
            " Please look at it today.",
        ),
    ],
)
def test_a_case_without_a_partnership_names_none(kind: str, partnership: str, words: str) -> None:
    """The kinds for which people may have none."""
    room, ben = DirectorsRoom("telegram", "-1", NOW), Person(8, "telegram", "88", name="Ben", country="NZ")
    opened = open_case(
        "key", kind, NOW, load_program(), person=ben, partnership=partnership, room=room
    ).deliveries[0]

    assert isinstance(opened.body, Message)
    assert opened.body.text == words
