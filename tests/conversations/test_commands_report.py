"""A report: it goes to the directors alone, and can be stopped."""

from dataclasses import replace

from bot.messages import Carry, Delivery
from bot.model import Case, DirectorsRoom, RoomKind
from tests.conversations.stage import NOW, Stage, paired, told_to_ben


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


def test_a_report_waits_while_the_round_is_left() -> None:
    """Nothing of it is lost: it is still about the partnership that has ended, and the survey waits below."""
    stage = paired()
    stage.say("survey")
    stage.say("/report")
    stage.say("conduct")
    stage.say("/withdraw")
    reply = stage.say("yes")
    assert "You have left the round." in reply
    assert "still waits: What happened" in reply

    stage.say("He shouts at me.")
    assert "still waits" in stage.say("that was all")
    case = stage.of(Case)[0]
    assert isinstance(case, Case)
    assert (case.tried[1], case.partnership, case.round) == (
        "He shouts at me.",
        "spring-2027.17",
        "spring-2027",
    )
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.kind == "survey-mid"


def test_a_report_waits_for_days_and_is_asked_for_again_before_anything_is_sent() -> None:
    """What lay over it is forgotten after a day, and what lies under both waits on."""
    stage = paired()
    stage.say("survey")
    stage.say("/report")
    stage.say("conduct")
    stage.say("/withdraw")
    stage.later(days=2)

    told = stage.say("yes")

    assert stage.of(Case) == []
    assert stage.turn.partnership is not None
    assert "Welcome back" in told
    assert "tell in a few words what happened" in told
    stage.say("cancel")
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.kind == "survey-mid"


def test_a_report_begun_again_begins_anew() -> None:
    """It does not lie under itself."""
    stage = paired()
    stage.say("/report")
    stage.say("conduct")
    stage.say("/report")
    stage.say("selling")
    stage.say("He sells socks.")
    stage.say("that is all")

    assert stage.turn.dialogue is None


def reporting() -> Stage:
    """Give a stage on which Ana, whose words the bot carries to Ben, is to tell what happened."""
    stage = paired(RoomKind.RELAY)
    stage.say("/report", order=10)
    stage.say("conduct", order=12)
    return stage


def carried(stage: Stage) -> list[Delivery]:
    """Give what was carried to Ben."""
    return [one for one in stage.sent if isinstance(one.body, Carry)]
