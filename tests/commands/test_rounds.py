"""The round's own commands: new, open, close, start, end, cancel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import decide
from bot.commands.rounds import slug
from bot.model import (
    Application,
    ApplicationState,
    Membership,
    Partnership,
    PartnershipState,
    Pending,
    Round,
    RoundState,
)
from bot.snapshots import Desk
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    CLOSED,
    DAN,
    DRAFT,
    ENDED,
    EVA,
    FAY,
    NOW,
    OPEN,
    PROPOSED,
    RUNNING,
    application,
    audited,
    counted,
    desk,
    do,
    pair,
    program,
    reply_in,
    saved,
    tapped,
    values,
    words,
)


PLACED = tuple(application(each) for each in (ANA, BEN, CLEO, DAN))
LEFT_OVER = application(FAY, ApplicationState.UNPLACED, why="country")
PAIRS = (pair(1, ANA, BEN), pair(2, CLEO, DAN))
WHOLE = desk(round=PROPOSED, partnerships=PAIRS, applications=(*PLACED, LEFT_OVER))


def confirmed(command: str, on: Desk) -> Desk:
    """Give the desk as it is when the director's yes comes."""
    return replace(on, pending=Pending(EVA.id, command, NOW - timedelta(minutes=1)))


def test_a_new_round_is_a_draft_with_its_dates_at_eight_utc() -> None:
    outcome = do(
        "round new Spring 2027 weeks=12 opens=2027-01-15 closes=12 Feb 2027 starts=1 March cap=25 %", desk()
    )

    assert saved(outcome, Round) == [
        Round(
            id="spring-2027",
            name="Spring 2027",
            state=RoundState.DRAFT,
            weeks=12,
            opens_at=datetime(2027, 1, 15, 8, tzinfo=UTC),
            closes_at=datetime(2027, 2, 12, 8, tzinfo=UTC),
            starts_at=datetime(2027, 3, 1, 8, tzinfo=UTC),
            cap_percent=25,
            look_at=NOW,
        )
    ]
    assert audited(outcome) == [("round new", "spring-2027")]


def test_a_new_round_may_have_no_dates_at_all() -> None:
    outcome = do("round new Spring", desk(round=ENDED, rounds=(ENDED,), people=()), id="e9")

    assert words(outcome).startswith("There is a round called “Spring” already.")
    assert saved(do("round new Autumn", desk(round=ENDED, rounds=(ENDED,))), Round)[0].starts_at is None


def test_a_new_round_says_how_it_opens() -> None:
    dated = words(do("round new Autumn opens=2027-01-15", desk()))

    assert dated.splitlines()[-1] == "It opens by itself on its day, or now with round open."
    assert words(do("round new Autumn", desk())).splitlines()[-1] == (
        "It has no day to open on: it opens when you write round open."
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("weeks=0", "“0” is no number of weeks"),
        ("weeks=sixteen", "“sixteen” is no number of weeks"),
        ("weeks=99999999", "“99999999” is no number of weeks"),
        ("cap=0", "“0” is no percentage"),
        ("cap=101", "“101” is no percentage"),
        ("opens=soonish", "I cannot read the date “soonish”"),
        ("opens=2027-02-30", "I cannot read the date “2027-02-30”"),
        ("opens=01/02/2028", "“01/02/2028” in opens= can mean 2028-02-01 / 2028-01-02"),
        ("opens=2026-12-01", "1 December 2026 in opens= is in the past"),
        ("opens=2027-03-01 closes=2027-02-01", "closes= must be later than opens="),
        ("opens=2027-03-01 starts=2027-03-01", "starts= must be later than opens="),
    ],
)
def test_a_new_round_that_makes_no_sense_is_refused_in_one_sentence(line: str, reason: str) -> None:
    outcome = do(f"round new Autumn {line}", desk())

    assert reason in words(outcome)
    assert outcome.saves == ()


@pytest.mark.parametrize(
    ("name", "known", "reason"),
    [
        ("spring", ENDED, "There is a round called “spring” already."),
        ("SPRING!", ENDED, "There is a round called “SPRING!” already."),
        ("Autumn", OPEN, "Spring is open for applications. Start it or cancel it first"),
        ("x" * 61, ENDED, "The name is too long"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, known: Round, reason: str) -> None:
    outcome = do(f"round new {name}", desk(round=known, rounds=(known,)))

    assert reason in words(outcome)
    assert outcome.saves == ()


def test_the_next_round_can_be_planned_while_one_runs() -> None:
    outcome = do("round new Autumn", desk(round=RUNNING, rounds=(RUNNING,)))

    assert [each.id for each in saved(outcome, Round)] == ["autumn"]


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("Spring 2027", "spring-2027"),
        ("Été à Montréal", "ete-a-montreal"),
        ("春", "round-3"),
        ("a very long name of a round", "a-very-long-name-of"),
    ],
)
def test_a_rounds_id_is_small_letters_digits_and_dashes(name: str, ident: str) -> None:
    assert slug(name, 3) == ident


def test_opening_a_draft_lets_the_rounds_own_look_tell_people() -> None:
    outcome = do("round open", desk(round=DRAFT))

    assert saved(outcome, Round) == [replace(DRAFT, state=RoundState.OPEN, opens_at=NOW, look_at=NOW)]
    assert audited(outcome) == [("round open", "spring")]


def test_a_closing_day_that_is_over_is_forgotten_when_a_round_opens() -> None:
    late = replace(DRAFT, closes_at=NOW - timedelta(days=1))

    assert saved(do("round open", desk(round=late)), Round)[0].closes_at is None


def test_closing_lets_the_rounds_own_look_draft_the_pairs() -> None:
    outcome = do("round close", desk(round=OPEN))

    assert saved(outcome, Round) == [replace(OPEN, state=RoundState.CLOSED, closes_at=NOW, look_at=NOW)]


ALLOWED = {
    "round open": {RoundState.DRAFT},
    "round close": {RoundState.OPEN},
    "round start": {RoundState.PROPOSED},
    "round end": {RoundState.RUNNING},
    "round cancel": {RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.PROPOSED},
}


@pytest.mark.parametrize("command", ALLOWED)
@pytest.mark.parametrize("state", RoundState)
def test_a_round_moves_only_from_the_states_that_allow_it(command: str, state: RoundState) -> None:
    here = replace(PROPOSED, state=state, started_at=NOW - timedelta(weeks=1))
    outcome = do(command, replace(WHOLE, round=here))

    assert bool(outcome.saves) == (state in ALLOWED[command])
    if state not in ALLOWED[command]:
        assert words(outcome).startswith("Spring is ")


@pytest.mark.parametrize(
    "command", ["round open", "round start", "round status", "pairs", "report", "survey", "export"]
)
def test_without_any_round_a_command_says_how_to_begin(command: str) -> None:
    assert words(do(command, desk(people=()))).startswith("There is no round yet.")


def test_a_start_is_shown_in_figures_and_waits_for_a_yes() -> None:
    outcome = do("round start", WHOLE)

    assert outcome.saves == (Pending(EVA.id, "round start", NOW),)
    assert "pairs 2, trios 0, people 4, not placed 1, weeks 16." in words(outcome)
    assert values(outcome) == [f"d:yes {int(NOW.timestamp())}", f"d:no {int(NOW.timestamp())}"]


def test_a_yes_starts_the_round() -> None:
    outcome = decide(tapped("d:yes"), confirmed("round start", WHOLE), program())

    assert saved(outcome, Round) == [replace(PROPOSED, state=RoundState.RUNNING, started_at=NOW, look_at=NOW)]
    assert {each.state for each in saved(outcome, Partnership)} == {PartnershipState.OPENING}
    assert {each.state for each in saved(outcome, Application)} == {ApplicationState.PLACED}
    assert len(saved(outcome, Membership)) == 4
    assert audited(outcome) == [("round start", "spring")]
    assert "2 partnerships, 4 people" in reply_in(outcome).text


def test_a_round_without_pairs_cannot_start() -> None:
    outcome = do("round start", desk(round=PROPOSED))

    assert "no drafted pairs" in words(outcome)
    assert outcome.saves == ()


def test_what_became_impossible_in_the_meantime_is_not_done_on_a_yes() -> None:
    on = confirmed("round start", replace(WHOLE, round=replace(PROPOSED, state=RoundState.RUNNING)))
    outcome = do("yes", on)

    assert words(outcome).startswith("Spring is running")
    assert outcome.saves == ()
    assert outcome.drops == (on.pending,)


def test_ending_a_round_early_names_the_week_and_ends_all_partnerships() -> None:
    live = (
        pair(1, ANA, BEN, state=PartnershipState.RUNNING),
        pair(2, CLEO, DAN, state=PartnershipState.OPENING),
    )
    on = desk(round=RUNNING, partnerships=live, counts=counted(applications__placed=4))

    assert "in week 5 of 16: 4 people" in words(do("round end", on))

    outcome = do("yes", confirmed("round end", on))

    assert saved(outcome, Round)[0].state is RoundState.ENDED
    assert [each.look_at for each in saved(outcome, Partnership)] == [NOW, NOW]
    assert audited(outcome) == [("round end", "spring")]


def test_cancelling_tells_everybody_who_applied_and_drops_the_draft() -> None:
    gone = application(FAY, ApplicationState.WITHDRAWN)
    on = desk(round=PROPOSED, partnerships=PAIRS, applications=(*PLACED, gone))

    assert "4 people who applied" in words(do("round cancel", on))

    outcome = do("yes", confirmed("round cancel", on))

    assert saved(outcome, Round)[0].state is RoundState.CANCELLED
    assert set(outcome.drops) >= set(PAIRS)
    assert sorted(each.to.id for each in outcome.deliveries if each.to.kind == "person") == [
        "11",
        "12",
        "13",
        "14",
    ]


def test_a_closed_round_without_a_draft_can_be_cancelled() -> None:
    assert (
        saved(do("yes", confirmed("round cancel", desk(round=CLOSED))), Round)[0].state
        is RoundState.CANCELLED
    )
