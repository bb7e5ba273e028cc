"""Claiming a private group as the directors' room."""

from dataclasses import replace
from typing import Any

import pytest

from bot.commands import claim
from bot.events import Sender
from bot.model import AuditEntry, DirectorsRoom, Person
from bot.snapshots import Turn
from tests.commands.desks import ANA, NOW, ROOM, program, said, saved, words


def claimed(
    text: str, *, code: str | None = "4F7K-22QD", known: DirectorsRoom | None = None, **changes: Any
) -> Any:
    return claim(said(text, **changes), Turn(NOW, ANA), code=code, known=known, program=program())


@pytest.mark.parametrize(
    "text",
    ["/claim 4F7K-22QD", "/claim   4f7k-22qd ", "/claim@antipode_bot 4F7K-22QD", "/antipode claim 4F7K-22QD"],
)
def test_the_right_code_makes_the_group_the_directors_room(text: str) -> None:
    outcome = claimed(text)

    assert outcome.saves == (
        DirectorsRoom("telegram", "-100", NOW),
        replace(ANA, director=True),
        AuditEntry("telegram/e1", NOW, ANA.id, "claim", "telegram"),
    )
    assert words(outcome).startswith("Welcome, Ana Silva!")


@pytest.mark.parametrize(
    ("text", "how", "reason"),
    [
        ("/claim 0000", {}, "This code is not right"),
        ("/claim", {}, "Please add the code"),
        ("/claim 4F7K-22QD", {"private": True, "chat": "911"}, "in a private group"),
        ("/claim 4F7K-22QD", {"sender": Sender("1087968824", anonymous=True)}, "Remain anonymous"),
        ("/claim 4F7K-22QD", {"sender": None}, "Remain anonymous"),
        ("/claim 4F7K-22QD", {"code": None}, "No code is waiting"),
        ("/claim 4F7K-22QD", {"code": ""}, "No code is waiting"),
        ("/claim 4F7K-22QD", {"known": ROOM}, "This is the directors' room already"),
        ("/claim 4F7K-22QD", {"known": ROOM, "chat": "-200"}, "has its directors' room already"),
        ("/claim 4F7K-22QD", {"forwarded": True}, "forwarded"),
    ],
)
def test_every_other_claim_is_answered_kindly_and_changes_nothing(
    text: str, how: dict[str, Any], reason: str
) -> None:
    outcome = claimed(text, **how)

    assert reason in words(outcome)
    assert outcome.saves == ()


def test_the_first_director_is_welcomed_even_without_a_name() -> None:
    nameless = replace(ANA, name="")
    outcome = claim(said("/claim 1"), Turn(NOW, nameless), code="1", known=None, program=program())

    assert saved(outcome, Person) == [replace(nameless, director=True)]
