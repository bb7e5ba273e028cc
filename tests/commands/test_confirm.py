"""Who may command, the yes that a change waits for, and the line between a command and chatter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS, decide, needs, words_of
from bot.events import Sender
from bot.model import ApplicationState, AuditEntry, DirectorsRoom, Pending, Person, Round, RoundState
from bot.outcome import NOTHING
from bot.ports import Needs
from tests.commands.desks import (
    ANA,
    BEN,
    DRAFT,
    EVA,
    NOW,
    PEOPLE,
    PROPOSED,
    RUNNING,
    application,
    audited,
    candidate,
    case,
    counted,
    desk,
    do,
    pair,
    program,
    said,
    saved,
    tapped,
    values,
    words,
)


PLACED = ApplicationState.PLACED
WAITING = Pending(EVA.id, "round cancel", NOW - timedelta(minutes=2))


def test_a_hidden_administrator_is_asked_to_show_who_they_are() -> None:
    outcome = do("round open", desk(round=DRAFT), sender=Sender("1087968824", anonymous=True))

    assert "Remain anonymous" in words(outcome)
    assert outcome.saves == ()


def test_a_hidden_administrator_cannot_tap_either() -> None:
    tap = tapped("d:yes", sender=Sender("1087968824", anonymous=True))
    outcome = decide(tap, desk(round=DRAFT, pending=WAITING), program())

    assert outcome.saves == ()
    assert outcome.drops == ()


@pytest.mark.parametrize(
    "room", [None, DirectorsRoom("telegram", "-999", NOW), DirectorsRoom("slack", "-100", NOW)]
)
def test_nothing_is_commanded_outside_the_directors_room(room: DirectorsRoom | None) -> None:
    outcome = do("round open", desk(round=DRAFT, room=room))

    assert outcome.saves == ()


@pytest.mark.parametrize(("change", "reason"), [("forwarded", "forwarded"), ("edited", "edited")])
def test_a_forwarded_or_edited_command_is_not_followed(change: str, reason: str) -> None:
    outcome = do("/round open", desk(round=DRAFT), **{change: True})

    assert reason in words(outcome)
    assert outcome.saves == ()


def test_who_commands_for_the_first_time_becomes_a_director() -> None:
    newcomer = replace(ANA, director=False)
    outcome = do("queue", desk(director=newcomer))

    assert saved(outcome, Person) == [replace(ANA, director=True)]
    assert audited(outcome) == [("became a director", "11")]


def test_a_newcomer_who_makes_themselves_ambassador_stays_a_director() -> None:
    outcome = do("ambassador add Brazil @ana_s", desk(director=ANA))

    assert saved(outcome, Person)[-1] == replace(ANA, director=True, ambassador_for="BR")


def test_each_change_is_audited_under_the_events_id() -> None:
    entry = saved(do("round open", desk(round=DRAFT)), AuditEntry)[0]

    assert entry == AuditEntry("telegram/e1", NOW, EVA.id, "round open", "spring")


@pytest.mark.parametrize("answer", ["no", "/no", "No!", "nein", "d:no", "d:no 1799056680"])
def test_a_no_drops_what_waits(answer: str) -> None:
    waiting = replace(WAITING, asked_at=NOW - timedelta(minutes=2))
    event = tapped(answer) if answer.startswith("d:") else said(answer)
    outcome = decide(event, desk(round=DRAFT, pending=waiting), program())

    assert outcome.drops == (waiting,)
    assert "Nothing was changed" in words(outcome)
    assert outcome.saves == ()


def test_a_yes_after_ten_minutes_does_nothing() -> None:
    old = replace(WAITING, asked_at=NOW - timedelta(minutes=11))
    outcome = do("yes", desk(round=DRAFT, pending=old))

    assert "more than ten minutes" in words(outcome)
    assert (outcome.saves, outcome.drops) == ((), (old,))


def test_the_button_of_an_earlier_question_does_nothing() -> None:
    outcome = decide(tapped("d:yes 1700000000"), desk(round=DRAFT, pending=WAITING), program())

    assert "earlier question" in words(outcome)
    assert (outcome.saves, outcome.drops) == ((), ())


def test_the_same_yes_twice_is_answered_and_changes_nothing() -> None:
    outcome = decide(tapped("d:yes"), desk(round=replace(DRAFT, state=RoundState.CANCELLED)), program())

    assert "Nothing waits for your answer" in words(outcome)
    assert outcome.saves == ()


def test_a_button_does_what_waits_and_not_what_it_says() -> None:
    tap = tapped(f"d:yes {int(WAITING.asked_at.timestamp())} round end")
    outcome = decide(tap, desk(round=DRAFT, pending=WAITING), program())

    assert audited(outcome) == [("round cancel", "spring")]


def test_a_question_too_long_for_a_button_still_has_its_button() -> None:
    outcome = do(
        f"broadcast placed {'x' * 60}", desk(round=RUNNING, applications=(application(ANA, PLACED),))
    )

    assert values(outcome)[0] == f"d:yes {int(NOW.timestamp())}"


@pytest.mark.parametrize("text", ["yes please", "no way", "yes 12", "ok for me", "good morning"])
def test_only_a_plain_yes_or_no_is_an_answer(text: str) -> None:
    assert do(text, desk(round=DRAFT, pending=WAITING)) == NOTHING


def test_a_yes_said_to_somebody_else_is_left_alone() -> None:
    assert do("yes", desk(round=DRAFT)) == NOTHING


def test_a_tapped_yes_takes_its_buttons_away() -> None:
    outcome = decide(tapped("d:yes"), desk(round=DRAFT, pending=WAITING), program())

    assert [each.key for each in outcome.deliveries if each.key.startswith("settle/")] == [
        "settle/telegram/-100/77"
    ]
    assert audited(outcome) == [("round cancel", "spring")]


def test_a_tap_without_a_message_has_no_buttons_to_take_away() -> None:
    outcome = decide(tapped("d:yes", ref=""), desk(round=DRAFT, pending=WAITING), program())

    assert [each.key for each in outcome.deliveries if each.key.startswith("settle/")] == []


def test_a_button_that_is_none_of_ours_changes_nothing() -> None:
    outcome = decide(tapped("r:17:open"), desk(round=DRAFT), program())

    assert "does not belong here any more" in words(outcome)
    assert outcome.saves == ()


def test_a_question_is_kept_without_the_bots_name() -> None:
    outcome = do("/round@antipode_bot cancel", desk(round=DRAFT))

    assert saved(outcome, Pending) == [Pending(EVA.id, "round cancel", NOW)]


def test_chatter_needs_nothing_and_gets_no_answer() -> None:
    assert needs("good morning, all") == Needs()
    assert do("good morning, all", desk()) == NOTHING


@pytest.mark.parametrize("text", ["yess", "Ys!", "ok", "y", "OK.", "nien!", "nno", "@antipode_bot yse"])
def test_a_vague_answer_to_a_waiting_question_is_asked_for_again_and_changes_nothing(text: str) -> None:
    outcome = do(text, desk(round=DRAFT, pending=WAITING))

    assert "Please answer yes or no" in words(outcome)
    assert (saved(outcome, Round), outcome.drops) == ([], ())


@pytest.mark.parametrize("text", ["yess", "ok", "sure"])
def test_directors_who_agree_with_each_other_get_no_answer(text: str) -> None:
    assert do(text, desk(round=DRAFT)) == NOTHING


@pytest.mark.parametrize("text", ["@ana yes", "@ana no", "@ana ok", "/yes@another_bot"])
def test_what_is_said_to_somebody_else_is_no_answer_to_a_waiting_question(text: str) -> None:
    assert do(text, desk(round=DRAFT, pending=WAITING)) == NOTHING


def test_nothing_is_asked_again_once_it_is_too_late() -> None:
    late = replace(WAITING, asked_at=NOW - timedelta(minutes=11))

    assert do("ok", desk(round=DRAFT, pending=late)) == NOTHING


@pytest.mark.parametrize("text", ["people", "queue", "/nonsense"])
def test_a_command_is_answered_while_a_question_waits(text: str) -> None:
    assert "Please answer" not in words(do(text, desk(round=DRAFT, pending=WAITING)))


def test_needs_name_the_people_the_page_and_the_case() -> None:
    assert needs("pairs pin Ana Silva and #17").find == ("Ana Silva", "17")
    assert (needs("pairs page=3").limit, needs("pairs page=3").offset) == (10, 20)
    assert needs("case #12 take") == Needs(frozenset({"cases"}), ids=("12",))
    assert needs("person 17 remove").find == ("17",)
    assert needs("topics show 3") == Needs()
    assert needs("/nonsense") == Needs()
    assert needs("@antipode_bot queue").parts == {"cases", "waiting"}
    assert needs(words_of(tapped("d:people a name of five words page=2"))).offset == 15
    assert needs(words_of(tapped("r:17"))) == Needs()


def test_a_yes_needs_what_the_waiting_command_needs() -> None:
    assert needs("yes", Pending(EVA.id, "case 12 rematch", NOW)) == needs("case 12 rematch")
    assert needs("yes") == needs(words_of(tapped("d:yes 1799056680"))) == Needs()
    assert needs("queue", Pending(EVA.id, "case 12 rematch", NOW)) == needs("queue")
    assert needs("no") == Needs()


FULL = desk(
    round=RUNNING,
    rounds=(RUNNING,),
    partnerships=(pair(1, ANA, BEN),),
    applications=(application(ANA), application(BEN)),
    candidates=(candidate(ANA), candidate(BEN)),
    cases=(case(),),
    counts=counted(cases__open=1),
)
LINES = st.one_of(
    st.text(max_size=80),
    st.text(min_size=4000, max_size=5000),
    st.builds(
        lambda name, rest: f"{name} {rest}",
        st.sampled_from([*COMMANDS, *(command.example for command in COMMANDS.values()), "yes", "no", "/"]),
        st.text(max_size=30),
    ),
)


@settings(deadline=None)  # the first example loads the program
@given(text=LINES, here=st.sampled_from([None, DRAFT, PROPOSED, RUNNING]), tap=st.booleans())
def test_whatever_is_typed_gets_at_most_one_reply_that_fits_a_message(
    text: str, here: Round | None, tap: bool
) -> None:
    event = tapped(f"d:{text}") if tap else said(text)
    needs(text)
    outcome = decide(event, replace(FULL, round=here, pending=WAITING), program())
    replies = [each for each in outcome.deliveries if each.key.startswith("reply/")]

    assert len(replies) <= 1
    for each in replies:
        body = each.body
        assert 0 < len(body.text) <= 3600  # type: ignore[union-attr]
        assert len(body.rows) <= 8  # type: ignore[union-attr]
        assert all(len(one.value.encode()) <= 60 for row in body.rows for one in row)  # type: ignore[union-attr]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_answers_on_an_empty_desk_and_on_a_full_one(command: object) -> None:
    example = command.example  # type: ignore[attr-defined]

    assert words(do(f"/{example}", desk(people=())))
    assert words(do(f"/{example}", replace(FULL, people=PEOPLE)))
