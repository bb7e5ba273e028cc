"""Halls: what a look at a round gets to see, and how much of it."""

from datetime import datetime
from typing import Any

import pytest

from bot.model import (
    ApplicationState,
    Block,
    Case,
    CaseState,
    CheckIn,
    Contact,
    DirectorsRoom,
    Mark,
    PairMark,
    PartnershipState,
    RoundState,
    SurveyAnswer,
)
from bot.snapshots import Hall
from storage import StoreImplementation
from tests.storage.given import DAY, HOUR, LANE, NOW, ana, applied, pair, save, spring


ROOM = DirectorsRoom(LANE, "-5", NOW)


async def test_a_round_that_is_not_due_is_not_looked_at(store: StoreImplementation) -> None:
    """Nor one that waits for nothing."""
    rounds = [spring(look_at=NOW + HOUR), spring(id="b"), spring(id="c", look_at=NOW)]
    await save(store, *rounds)

    async with store.unit() as unit:
        assert [hall.round.id for hall in await unit.halls_due(NOW, 10)] == ["c"]


async def test_an_open_round_has_its_queue_its_balance_and_its_audience(store: StoreImplementation) -> None:
    """First come, first served; accepted by country; who wants news or was here before."""
    late, early = applied(1, submitted_at=NOW), applied(2, submitted_at=NOW - DAY)
    queue = [
        applied(1, state=ApplicationState.SUBMITTED, submitted_at=NOW),
        applied(2, state=ApplicationState.WAITING, submitted_at=NOW - DAY),
    ]
    people = [ana(1), ana(2), ana(3), ana(4), ana(5, wants_news=True), ana(6), ana(7, wants_news=True)]
    accepted = [applied(3, country="BR"), applied(4, country="FR"), applied(6, country="FR")]
    old = spring(id="old", state=RoundState.ENDED)
    before = [applied(6, round="old"), applied(1, round="old")]
    opened = spring(state=RoundState.OPEN, look_at=NOW, told_up_to=4)
    await save(store, old, opened, *people, *queue, *accepted, *before, ROOM)

    hall = await hall_of(store)

    assert [application for application, _ in hall.waiting] == [queue[1], queue[0]]
    assert [person for _, person in hall.waiting] == [ana(2), ana(1)]
    assert hall.accepted == {"BR": 1, "FR": 2}
    assert [person.id for person in hall.audience] == [5, 6, 7]
    assert (hall.directors_room, hall.candidates, hall.alone) == (ROOM, (), ())
    assert late.person == early.person - 1


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.PROPOSED])
async def test_a_closed_round_has_its_candidates(store: StoreImplementation, state: RoundState) -> None:
    """With whom each was paired before, marks, blocks, and the draft of pairs."""
    people = [ana(number) for number in range(1, 6)]
    old = spring(id="old", state=RoundState.ENDED)
    former = pair(1, 1, 2, round="old", state=PartnershipState.ENDED, active=False)
    drafted = pair(1, 1, 3, state=PartnershipState.DRAFTED)
    applications = [
        applied(1),
        applied(2, state=ApplicationState.UNPLACED),
        applied(3),
        applied(4, state=ApplicationState.WITHDRAWN),
        applied(5, state=ApplicationState.WAITING),
    ]
    mark, block = Mark("spring", 1, 3, PairMark.FORBIDDEN), Block(3, 1, NOW)
    elsewhere = Block(4, 5, NOW)
    await save(store, old, spring(state=state, look_at=NOW), *people, *former, *drafted, *applications)
    await save(store, mark, block, elsewhere)

    hall = await hall_of(store)

    found = [(each.application.person, each.person.id, each.met) for each in hall.candidates]
    assert found == [(1, 1, (2,)), (2, 2, (1,)), (3, 3, ())]
    assert (hall.marks, hall.drafted) == ((mark,), (drafted[0],))
    assert block in hall.blocks
    assert [application.person for application, _ in hall.waiting] == [5]


async def test_a_running_round_has_who_is_alone_and_who_might_take_them(store: StoreImplementation) -> None:
    """Pairs that said a third is welcome, and pairs that do well and were not asked."""
    people = [ana(number) for number in range(1, 11)]
    began: Any = {"introduced_at": NOW - 20 * DAY}
    over = pair(1, 1, 2, state=PartnershipState.DISSOLVED, active=False)
    welcoming, keen, quiet = pair(2, 3, 4, **began), pair(3, 5, 6, **began), pair(4, 7, 8, **began)
    said_yes = [SurveyAnswer("spring", person, "third", "spring.2", "yes", NOW) for person in (3, 4)]
    met = CheckIn("spring.3", 5, 3, NOW - 2 * DAY, Contact.MET, NOW - DAY)
    long_ago = CheckIn("spring.4", 7, 1, NOW - 20 * DAY, Contact.MET, NOW - 19 * DAY)
    states = {1: ApplicationState.ALONE, 2: ApplicationState.WITHDRAWN, 9: ApplicationState.LATE}
    applications = [
        applied(number, state=states.get(number, ApplicationState.PLACED)) for number in range(1, 10)
    ]
    running = spring(look_at=NOW, started_at=NOW - 21 * DAY)
    await save(store, running, *people, *over, *welcoming, *keen, *quiet, *applications)
    await save(store, *said_yes, met, long_ago)

    hall = await hall_of(store)

    assert [(each.person.id, each.met) for each in hall.alone] == [(1, (2,))]
    assert (hall.willing, hall.lively) == ((welcoming[0],), (keen[0],))
    assert [each.person.id for each in hall.candidates] == [9, 3, 4, 5, 6]
    assert hall.counts == {}


async def test_a_running_round_where_nobody_is_alone_costs_little(store: StoreImplementation) -> None:
    """No pairs, no marks, no blocks are read for nobody."""
    await save(store, spring(look_at=NOW, started_at=NOW), ana(1), ana(2), *pair(1, 1, 2))
    await save(store, Mark("spring", 1, 2, PairMark.PINNED), *(applied(1, state=ApplicationState.PLACED),))

    hall = await hall_of(store)

    assert hall == Hall(round=spring(look_at=NOW, started_at=NOW))


async def test_at_the_end_of_its_weeks_a_round_has_its_figures(store: StoreImplementation) -> None:
    """A week lasts what the pace says."""
    pairs = pair(1, 1, 2)
    asked = [CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW), CheckIn("spring.1", 2, 1, NOW)]
    await save(store, spring(look_at=NOW, started_at=NOW - 112 * DAY), ana(1), ana(2), *pairs, *asked)

    hall = await hall_of(store)

    wanted = {"week.1.asked": 2, "week.1.answered": 1, "week.1.pairs": 1, "week.1.contact": 1}
    assert {name: hall.counts[name] for name in wanted} == wanted
    assert hall.counts["partnerships.running"] == 1


async def test_nobody_who_was_erased_is_in_a_hall(store: StoreImplementation) -> None:
    """Whatever state their application was left in."""
    gone: dict[str, Any] = {"erased_at": NOW, "reachable": False, "wants_news": True}
    await save(store, spring(state=RoundState.OPEN, look_at=NOW), ana(1, **gone), ana(2, wants_news=True))
    await save(store, applied(1, state=ApplicationState.SUBMITTED))

    hall = await hall_of(store)

    assert (hall.waiting, [person.id for person in hall.audience]) == ((), [2])


async def hall_of(store: StoreImplementation) -> Hall:
    async with store.unit() as unit:
        halls = await unit.halls_due(NOW, 10)
    assert len(halls) == 1
    return halls[0]


async def test_ambassadors_come_with_their_own_country_when_a_report_is_due(
    store: StoreImplementation,
) -> None:
    """Open cases of that country, none about a partnership of their own; nobody who cannot be written to."""
    ours, theirs = pair(1, 1, 2), pair(2, 3, 4)
    known = {"ambassador_for": "BR"}
    people = [
        ana(1),
        ana(2, **known),
        ana(3),
        ana(4),
        ana(5, **known),
        ana(6, ambassador_for="KE", reachable=False),
        ana(7, ambassador_for="KE", removed_at=NOW),
    ]
    placed, gone = ApplicationState.PLACED, ApplicationState.WITHDRAWN
    applications = [
        applied(1, state=placed, source=5),
        applied(3, state=ApplicationState.UNPLACED),
        applied(4, state=gone),
        applied(5, country="KE", state=placed),
    ]
    cases = [
        Case("a", "quiet", NOW, round="spring", partnership="spring.1", person=1, country="BR"),
        Case("b", "help", NOW - DAY, round="spring", partnership="spring.2", person=3, country="BR"),
        Case("c", "help", NOW, round="spring", person=4, country="KE"),
        Case("d", "help", NOW, round="spring", person=3, country="BR", state=CaseState.CLOSED),
        Case("e", "help", NOW, round="old", person=3, country="BR"),
    ]
    due = spring(look_at=NOW, started_at=NOW - 28 * DAY, looked_at=NOW - DAY)
    await save(store, spring(id="old", state=RoundState.ENDED), due, *people, *applications, *ours, *theirs)
    await save(store, *cases)

    first, second = (await hall_of(store)).embassies

    assert (first.person, first.applied, first.placed, first.through) == (ana(2, **known), 2, 1, 0)
    assert [(case.key, person.id) for case, person in first.cases] == [("b", 3)]
    assert (second.person.id, second.through) == (5, 1)
    assert [case.key for case, _ in second.cases] == ["b", "a"]


@pytest.mark.parametrize(
    ("looked", "state", "expected"),
    [(NOW - HOUR, RoundState.RUNNING, []), (NOW - HOUR, RoundState.ENDED, [1])],
)
async def test_ambassadors_are_read_a_few_times_a_round(
    store: StoreImplementation, looked: datetime, state: RoundState, expected: list[int]
) -> None:
    """Not at each look; and once after the end."""
    at = spring(state=state, look_at=NOW, looked_at=looked, started_at=NOW - 30 * DAY)
    await save(store, at, ana(1, ambassador_for="BR"))

    assert [each.person.id for each in (await hall_of(store)).embassies] == expected
