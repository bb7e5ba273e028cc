"""Leaving a round and blocking a partner: only after a yes to the question that was asked."""

from dataclasses import replace

from bot.model import (
    Application,
    ApplicationState,
    Block,
    RoundState,
)
from bot.snapshots import Turn
from tests.conversations.stage import ANA, BEN, NOW, OPEN, PAIR, Stage, paired, told_to_ben
from tests.conversations.test_totals import PATH


def test_withdrawing_parts_the_pair_and_keeps_the_rest() -> None:
    """The partner is told kindly; the person may apply again."""
    stage = paired()
    stage.say("/withdraw")
    stage.tap("Yes, leave the round")

    states = [one.state for one in stage.of(Application) if isinstance(one, Application)]
    assert states == [ApplicationState.WITHDRAWN]
    assert stage.turn.partnership is None
    assert len(told_to_ben(stage)) == 1
    assert "nothing to leave" in stage.say("/withdraw")


def test_blocking_ends_the_partnership_for_good() -> None:
    """Only after a yes; Ben does not hear why."""
    stage = paired()
    stage.say("/block")
    stage.say("no")
    assert stage.of(Block) == []
    stage.say("/block")
    assert "never paired again" in stage.say("yes")

    assert stage.of(Block) == [Block(7, 8, NOW)]
    assert stage.turn.partnership is None
    assert "You have no partner" in stage.say("/block")


def test_in_a_trio_one_says_who_is_blocked() -> None:
    """The two names are buttons."""
    stage = paired()
    cem = replace(BEN, id=9, account="99", name="Cem")
    trio = replace(PAIR, members=(7, 8, 9))
    stage.turn = replace(stage.turn, partnership=trio, partners=(BEN, cem))
    stage.say("/block")
    assert stage.labels[:2] == ["Ben", "Cem"]
    stage.say("cem")
    stage.say("yes")

    assert stage.of(Block) == [Block(7, 9, NOW)]


def test_a_confirmation_of_another_partnership_changes_nothing() -> None:
    """Who was re-matched in the meantime does not lose the new partner."""
    stage = paired()
    stage.say("/block")
    stage.turn = replace(stage.turn, partnership=replace(PAIR, id="spring-2027.30", number=30))

    assert "earlier question" in stage.say("yes")
    assert stage.of(Block) == []
    stage.say("/withdraw")
    application = stage.turn.application
    assert application is not None
    stage.turn = replace(stage.turn, application=replace(application, round="autumn-2027"))
    assert "earlier question" in stage.say("yes")
    assert stage.of(Application) == []


def test_who_was_left_alone_comes_first_next_time() -> None:
    """The next application has priority."""
    before = Application("autumn-2026", 7, ApplicationState.UNPLACED, {}, NOW, country="BR")
    ended = replace(OPEN, id="autumn-2026", state=RoundState.ENDED)
    stage = Stage(Turn(NOW, ANA, open_round=OPEN, application=before, round=ended))
    assert "nothing to leave" in stage.say("/withdraw")
    for words in PATH:
        stage.say(words)

    applications = [one.priority for one in stage.of(Application) if isinstance(one, Application)]
    assert applications == [1]
