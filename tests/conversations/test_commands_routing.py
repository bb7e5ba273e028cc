"""What belongs where: to a check-in, to the relay, to another place, or to nobody."""

from dataclasses import replace
from datetime import timedelta

from bot.events import Joined, Unreachable
from bot.messages import Message
from bot.model import (
    Case,
    CheckIn,
    Contact,
    RoomKind,
)
from bot.snapshots import Turn
from tests.conversations.stage import ANA, BEN, NOW, OPEN, Stage, paired, told_to_ben


def test_a_check_in_is_answered_in_words() -> None:
    """While nothing else is asked, or what was asked was left for days."""
    stage = paired()
    row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("we met")
    stage.say("survey")
    stage.later(days=2)
    row = replace(row, asked_at=stage.turn.now)
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("not yet")

    answers = [one.answer for one in stage.of(CheckIn) if isinstance(one, CheckIn)]
    assert answers == [Contact.MET, Contact.NOT_YET]


def test_words_while_the_check_in_waits_are_an_answer_or_are_asked_again() -> None:
    """Not "I did not understand that", with buttons for everything else."""
    stage = paired()
    row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))

    assert "Have you been in touch in week 9?" in stage.say("the weather is nice")
    assert "Have you been in touch in week 9?" in stage.say("we talked, but I need help")
    assert stage.of(CheckIn) == []
    assert "Wonderful" in stage.say("We talked on Skype yesterday!")
    (kept,) = stage.of(CheckIn)
    assert isinstance(kept, CheckIn)
    assert kept.answer is Contact.MET
    stage.turn = replace(stage.turn, check_in=kept, check_ins=(kept,))
    assert "I did not understand that" in stage.say("the weather is nice")


def test_the_relay_carries_words_but_no_commands_and_no_answers() -> None:
    """Words while nothing is asked go to the partner, edits too, reports never."""
    stage = paired(RoomKind.RELAY)
    stage.say("Hello Ben!")
    stage.say("Hello dear Ben!", edited=True)
    assert [one.key.split("/")[0] for one in stage.sent] == ["carry", "carry"]

    stage.say("/report")
    stage.say("conduct")
    stage.say("He shouts at me.")
    assert "cannot see what you changed" in stage.say("He shouts at me all day.", edited=True)
    stage.say("/help")
    stage.say("that was all")
    assert [one.key.split("/")[0] for one in stage.sent].count("carry") == 2

    stage.say("survey")
    stage.later(hours=2)
    stage.say("How are you?")
    assert [one.key.split("/")[0] for one in stage.sent].count("carry") == 3


def test_unreachable_with_a_partner_is_a_case() -> None:
    """Without one it is only kept."""
    stage = paired()
    stage.happen(Unreachable(id="9", platform="telegram", at=NOW, chat="77", why="blocked"))

    assert [one.key for one in stage.of(Case) if isinstance(one, Case)] == ["unreachable/7/spring-2027"]


def test_other_events_are_nobodys_business_here() -> None:
    """A join has its place in rooms."""
    stage = Stage()
    stage.happen(Joined(id="9", platform="telegram", at=NOW, chat="77"))

    assert (stage.saved, stage.sent) == ([], [])


def test_buttons_and_words_of_other_places_are_explained() -> None:
    """An unknown button, a director's word, a director's button."""
    stage = Stage()

    assert "does not apply any more" in stage.tap("zzz")
    assert "only in the directors' own room" in stage.say("queue")
    assert "only in the directors' own room" in stage.tap("d:queue")


def test_a_profile_left_open_is_no_application() -> None:
    """Applying asks for the application, not for the profile that was looked at."""
    profile = {"name": "Ana", "country": "BR"}
    stage = Stage(Turn(NOW, replace(ANA, profile=profile), open_round=OPEN))
    stage.say("/profile")

    assert "please read how your answers are used" in stage.say("/apply")
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.about == "spring-2027"


def test_the_partner_of_somebody_unreachable_is_told_once_and_not_at_night() -> None:
    """They can ask for another partner; the same news twice has the same key."""
    stage = paired()
    blocked = Unreachable(id="9", platform="telegram", at=NOW, chat="77", why="blocked")
    stage.happen(blocked)
    told = [one for one in stage.sent if one.key.startswith("unreachable/")]

    assert [(one.key, one.to.id, one.zones) for one in told] == [
        ("unreachable/7/spring-2027.17/8", "8", ("Asia/Kolkata",))
    ]
    body = told[0].body
    assert isinstance(body, Message)
    assert "cannot reach Ana" in body.text
    assert [choice.value for row in body.rows for choice in row] == ["l:spring-2027.17:0:another"]
    stage.happen(replace(blocked, id="10"))
    assert {one.key for one in stage.sent if one.to.id == "8"} == {told[0].key}


def test_the_partner_of_somebody_unreachable_can_ask_for_another_one() -> None:
    """With the button they were given."""
    stage = paired()
    stage.turn = replace(stage.turn, partners=(replace(BEN, reachable=False),))

    assert "What is the main cause?" in stage.tap("l:spring-2027.17:0:another")
    stage.happen(Unreachable(id="9", platform="telegram", at=NOW, chat="77", why="blocked"))
    assert told_to_ben(stage) == []


def test_we_met_answers_the_check_in_while_a_number_is_waited_for() -> None:
    """The question stays and is named; a number is still its answer, a lone "no" is nobody's."""
    stage = paired()
    row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("survey")
    stage.say("not really")
    waits = stage.turn.dialogue

    assert "1 to 5" in stage.say("no")
    assert stage.of(CheckIn) == []
    reply = stage.say("We met!")
    assert "Wonderful" in reply
    assert "still waits" in reply
    assert [one.answer for one in stage.of(CheckIn) if isinstance(one, CheckIn)] == [Contact.MET]
    assert stage.turn.dialogue is not None
    assert waits is not None
    assert stage.turn.dialogue.at == waits.at
    stage.say("4")
    assert stage.turn.dialogue.at != waits.at


def test_we_met_is_an_answer_where_any_words_are() -> None:
    """A report keeps its own words."""
    stage = paired()
    row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("/report")
    stage.say("conduct")
    stage.say("we met")

    assert [one.tried[1] for one in stage.of(Case) if isinstance(one, Case)] == ["we met"]
    assert stage.of(CheckIn) == []
