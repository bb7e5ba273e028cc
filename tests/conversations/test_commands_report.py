"""A report: it goes to the directors alone, and can be stopped."""

from dataclasses import replace

from bot.model import (
    Case,
    DirectorsRoom,
)
from tests.conversations.stage import NOW, paired, told_to_ben


def test_a_report_goes_to_the_directors_and_never_to_the_partner() -> None:
    """With the person's own words."""
    stage = paired()
    stage.turn = replace(stage.turn, directors_room=DirectorsRoom("telegram", "-1", NOW))
    stage.say("/report")
    stage.tap("Somebody's conduct")
    stage.say("He shouts at me.")

    case = stage.of(Case)[0]
    assert isinstance(case, Case)
    assert (case.kind, case.person, case.tried) == ("report", 7, ("Somebody's conduct", "He shouts at me."))
    assert told_to_ben(stage) == []
    assert [one.to.kind for one in stage.sent if one.key.startswith("case/")] == ["directors"]


def test_a_report_can_be_stopped() -> None:
    """Nothing is sent then."""
    stage = paired()
    stage.say("/report")
    stage.say("cancel")

    assert stage.of(Case) == []
    assert stage.turn.dialogue is None
