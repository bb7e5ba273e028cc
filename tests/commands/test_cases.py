"""The queue and its cases, and the minutes they take."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    ApplicationState,
    Case,
    CaseState,
    Membership,
    Partnership,
    PartnershipState,
    Pending,
    Person,
)
from bot.snapshots import Desk
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    EVA,
    NOW,
    RUNNING,
    application,
    audited,
    case,
    counted,
    desk,
    do,
    pair,
    program,
    reply_in,
    saved,
    values,
    words,
)


LIVE = pair(1, ANA, BEN, state=PartnershipState.RUNNING)


def queue(*cases: Case, **parts: object) -> Desk:
    """Give a desk with these cases."""
    return desk(
        round=RUNNING, partnerships=(LIVE,), cases=cases, counts=counted(cases__open=len(cases)), **parts
    )


def test_an_empty_queue_says_that_nobody_waits() -> None:
    assert words(do("queue", queue())) == "0 open cases. Nobody waits for you: enjoy the day."


def test_the_queue_shows_the_oldest_first_with_what_was_tried() -> None:
    old = case(3, "help", opened_at=NOW - timedelta(days=9), tried=(), taken_by=EVA.id)
    outcome = do("queue", queue(case(7), old))

    assert words(outcome).split("\n\n") == [
        "2 open cases, oldest first",
        "#3 asks for help · Ana Silva (11) BR ↔ Ben (12) NZ (spring.1) · 9 days · with Eva (1)\n"
        "from Ana Silva (11) BR",
        "#7 quiet pair · Ana Silva (11) BR ↔ Ben (12) NZ (spring.1) · 3 days\n"
        "silent the longest: Ana Silva (11) BR\n– A friendly nudge on day 7.",
    ]


def test_who_asked_is_named_with_a_mention_and_their_country() -> None:
    asked = reply_in(do("case 7", queue(case(7, "help", person=BEN.id)))).text
    alone = reply_in(do("case 7", queue(case(7, "help", partnership="")))).text

    assert "from [Ben](person:12) (12) NZ" in asked.splitlines()
    assert alone.splitlines()[0] == "**#7** asks for help · [Ana Silva](person:11) (11) BR · 3 days"


def test_every_case_in_the_queue_has_its_buttons() -> None:
    mine = case(3, taken_by=EVA.id, partnership="")
    outcome = do("queue", queue(case(7), replace(mine, opened_at=NOW - timedelta(days=9))))

    assert values(outcome) == ["d:case 3 done", "d:case 7 take", "d:case 7 done", "d:case 7 rematch"]


def test_a_long_queue_has_pages() -> None:
    first = do("queue", queue(*(case(number) for number in range(1, 12))))
    second = do(
        "queue page=2",
        queue(
            *(case(number) for number in range(6, 11)),
        ),
    )
    last = do("queue page=9", queue())

    assert values(first)[-1] == "d:queue page=2"
    assert len(reply_in(first).rows) == 6
    assert values(second)[-1] == "d:queue page=1"
    assert words(last) == "That was the last page."


def test_a_case_about_nobody_known_is_shown_all_the_same() -> None:
    odd = case(7, "something-new", partnership="spring.9", person=0)
    other = case(8, "unreachable", partnership="", person=999)

    assert "#7 something-new · spring.9 · 3 days" in words(do("case 7", queue(odd)))
    assert "#8 cannot be reached · (999)" in words(do("case 8", queue(other)))
    bare = case(9, "refused", partnership="", person=0)
    assert "#9 message refused · – · 3 days" in words(do("case 9", queue(bare)))


def test_a_report_is_short_in_the_queue_and_whole_by_itself() -> None:
    report = case(7, "report", tried=("x" * 1000,))

    assert "x" * 200 + "…" in words(do("queue", queue(report)))
    assert "x" * 1000 in words(do("case 7", queue(report)))


def test_every_kind_of_case_has_its_words() -> None:
    keys = [key for key in program().texts.keys("en") if key.startswith("cases.")]
    kinds = [key.removeprefix("cases.").removesuffix("-alone").removesuffix("-more") for key in keys]
    missing = [kind for kind in kinds if not program().texts.has(f"directors.kind.{kind}")]

    assert missing == ["queue-button"]


def test_a_closed_case_can_still_be_read() -> None:
    closed = case(state=CaseState.CLOSED, outcome="wrote to both")
    outcome = do("case 7", queue(closed))

    assert words(outcome).splitlines()[0].endswith("· done")
    assert words(outcome).splitlines()[-1] == "Noted: wrote to both"
    assert values(outcome) == []


@pytest.mark.parametrize(
    "command", ["case 8", "case 8 take", "case 8 done", "case 8 note hello", "case 8 rematch"]
)
def test_a_case_that_does_not_exist_is_answered(command: str) -> None:
    outcome = do(command, queue(case(7)))

    assert words(outcome) == "There is no case #8. queue shows the open ones."
    assert outcome.saves == ()


def test_taking_a_case_starts_the_minutes() -> None:
    outcome = do("case 7 take", queue(case()))

    assert saved(outcome, Case) == [replace(case(), taken_by=EVA.id, taken_at=NOW)]
    assert audited(outcome) == [("case take", "#7")]
    assert words(outcome).startswith("#7 is with Eva now. The minutes count")


def test_a_case_can_be_taken_over_and_says_from_whom() -> None:
    outcome = do("case 7 take", queue(case(taken_by=CLEO.id)))

    assert words(outcome).endswith("Before, it was with Cleo (13).")


def test_taking_a_case_twice_changes_nothing() -> None:
    outcome = do("case 7 take", queue(case(taken_by=EVA.id)))

    assert words(outcome) == "#7 is with you already."
    assert outcome.saves == ()


@pytest.mark.parametrize(
    ("line", "taken", "minutes", "noted"),
    [
        ("case 7 done", None, 1, ""),  # never taken: somebody read it
        ("case 7 done", timedelta(seconds=5), 1, ""),
        ("case 7 done", timedelta(minutes=12), 12, ""),
        ("case 7 done", timedelta(days=2), 60, ""),  # nobody worked for two days
        ("case 7 done 25", timedelta(days=2), 25, ""),
        ("case 7 done 25 min wrote to both", None, 25, "wrote to both"),
        ("case 7 done 9999", None, 1440, ""),
        ("case 7 done they met again", timedelta(minutes=3), 3, "they met again"),
    ],
)
def test_closing_a_case_counts_the_minutes(
    line: str, taken: timedelta | None, minutes: int, noted: str
) -> None:
    before = case(taken_by=EVA.id, taken_at=NOW - taken) if taken else case()
    outcome = do(line, queue(before, case(8)))

    assert saved(outcome, Case) == [
        replace(
            before,
            state=CaseState.CLOSED,
            closed_at=NOW,
            closed_by=EVA.id,
            minutes=minutes,
            outcome=noted,
        )
    ]
    assert words(outcome).endswith("1 left.")


def test_the_last_case_done_offers_no_queue() -> None:
    assert values(do("case 7 done", queue(case()))) == []


@pytest.mark.parametrize("command", ["case 7 done", "case 7 take", "case 7 rematch"])
def test_a_closed_case_is_not_closed_again(command: str) -> None:
    outcome = do(command, queue(case(state=CaseState.CLOSED)))

    assert words(outcome) == "#7 is done already. Nothing was changed."
    assert outcome.saves == ()


def test_notes_are_added_one_to_the_other() -> None:
    outcome = do("case 7 note back on Monday", queue(case(outcome="wrote to both")))

    assert saved(outcome, Case)[0].outcome == "wrote to both; back on Monday"
    assert audited(outcome) == [("case note", "#7")]


def test_a_rematch_is_asked_for_first() -> None:
    outcome = do("case 7 rematch", queue(case()))

    assert saved(outcome, Pending) == [Pending(EVA.id, "case 7 rematch", NOW)]
    assert "Ana Silva (11) BR ↔ Ben (12) NZ. Their partnership ends" in words(outcome)


def test_a_rematch_ends_the_partnership_tells_both_and_closes_the_case() -> None:
    waiting = Pending(EVA.id, "case 7 rematch", NOW)
    outcome = do("yes", queue(case(), pending=waiting))

    assert saved(outcome, Partnership)[0].state is PartnershipState.DISSOLVED
    assert {each.active for each in saved(outcome, Membership)} == {False}
    assert sorted(each.to.id for each in outcome.deliveries if each.to.kind == "person") == ["11", "12"]
    assert saved(outcome, Case)[0].state is CaseState.CLOSED
    assert audited(outcome) == [("case rematch", "#7 spring.1")]


def test_whoever_was_silent_while_the_bot_asked_is_counted_as_gone() -> None:
    here = replace(ANA, seen_at=NOW - timedelta(days=12))
    gone = replace(BEN, seen_at=NOW - timedelta(days=14))
    on = queue(case(), people=(EVA, here, gone), pending=Pending(EVA.id, "case 7 rematch", NOW))

    assert "Silent all the time: Ben (12)." in words(do("case 7 rematch", on))
    assert [each for each in saved(do("yes", on), Person) if each.ghosted] == [replace(gone, ghosted=1)]


def test_nobody_is_called_silent_where_somebody_asked_for_help() -> None:
    on = queue(case(kind="help"), pending=Pending(EVA.id, "case 7 rematch", NOW))

    assert saved(do("yes", on), Person) == []


def test_a_trio_goes_on_without_the_person_the_case_is_about() -> None:
    trio = pair(1, ANA, BEN, CLEO, state=PartnershipState.RUNNING)
    waiting = Pending(EVA.id, "case 7 rematch", NOW)
    outcome = do("yes", replace(queue(case(), pending=waiting), partnerships=(trio,)))

    assert saved(outcome, Partnership)[0].members == (BEN.id, CLEO.id)
    assert sorted(each.to.id for each in outcome.deliveries if each.to.kind == "person") == ["11", "12", "13"]


def test_a_case_without_a_running_partnership_cannot_be_rematched() -> None:
    done = replace(LIVE, state=PartnershipState.DISSOLVED)
    outcome = do("case 7 rematch", replace(queue(case()), partnerships=(done,)))

    assert "no running partnership" in words(outcome)
    assert outcome.saves == ()


def test_applications_of_rematched_people_are_left_to_the_rounds_look() -> None:
    waiting = Pending(EVA.id, "case 7 rematch", NOW)
    on = replace(queue(case(), pending=waiting), applications=(application(ANA, ApplicationState.PLACED),))

    assert [each for each in do("yes", on).saves if type(each).__name__ == "Application"] == []
