"""The desk: each part that a directors' command can ask for, and nothing else."""

import pytest

from bot.model import (
    AuditEntry,
    Block,
    Case,
    CaseState,
    CheckIn,
    Contact,
    Mark,
    PairMark,
    Pending,
    RoundState,
    SurveyAnswer,
)
from bot.ports import Needs
from bot.snapshots import Desk
from storage import StoreImplementation
from tests.storage.desks import ROOM, desk_of
from tests.storage.given import DAY, LANE, NOW, ana, said, save, send, spring, to_person


async def test_outside_the_directors_room_there_is_no_desk(running: StoreImplementation) -> None:
    """Not in private, not in another chat, not in that chat's namesake on another platform."""
    elsewhere = [said("709"), said("709", private=False, chat="-6"), said("709", platform="slack", chat="-5")]
    async with running.unit() as unit:
        assert [await unit.desk(event, Needs(), NOW) for event in elsewhere] == [None, None, None]


async def test_a_desk_has_director_room_and_the_newest_round(running: StoreImplementation) -> None:
    """And nothing that was not asked for."""
    await save(running, Pending(9, "round end", NOW))

    desk = await desk_of(running)

    director = ana(9, name="Director", director=True)
    assert desk == Desk(NOW, director, ROOM, spring(), Pending(9, "round end", NOW))


async def test_a_round_that_is_over_is_shown_when_there_is_no_other(store: StoreImplementation) -> None:
    await save(store, ROOM, spring(state=RoundState.ENDED))
    assert (await desk_of(store)).round == spring(state=RoundState.ENDED)


async def test_without_any_round_every_part_is_empty(store: StoreImplementation) -> None:
    """A new program: directors come in before there is a round."""
    await save(store, ROOM, ana(9, director=True))
    parts = ("applications", "partnerships", "candidates", "marks", "blocks", "cases", "audit", "rounds")

    desk = await desk_of(store, *parts, "check_ins", "surveys", "counts", "people")

    assert desk == Desk(
        NOW,
        ana(9, director=True),
        ROOM,
        counts={"people": 1, "ambassadors": 0, "directors": 1, "news": 0},
    )


@pytest.mark.parametrize(
    ("find", "ids"),
    [
        (("ben",), [2, 3]),
        (("ÉLODIE",), [1]),
        (("@BENNY",), [3]),
        (("benny",), [3]),
        (("4",), [4]),
        (("4", "élo"), [1, 4]),
        (("%",), []),
        (("nobody",), []),
    ],
)
async def test_people_are_found_by_name_handle_or_id(
    running: StoreImplementation, find: tuple[str, ...], ids: list[int]
) -> None:
    """Whatever the case of letters, in every alphabet."""
    desk = await desk_of(running, "people", find=find)

    assert [person.id for person in desk.people] == ids


async def test_found_people_come_in_pages(running: StoreImplementation) -> None:
    desk = await desk_of(running, "people", find=("n",), limit=1, offset=1)

    assert [person.id for person in desk.people] == [3]


async def test_what_belongs_to_found_people(running: StoreImplementation) -> None:
    """Their applications and partnerships in every round, newest first; their partners are there too."""
    answer = SurveyAnswer("spring", 1, "mid", "liked", "4", NOW)
    asked = CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW)
    await save(running, answer, asked, CheckIn("spring.1", 2, 1, NOW))

    parts = ("people", "applications", "partnerships", "check_ins", "surveys")
    desk = await desk_of(running, *parts, find=("élodie",))

    assert [(each.round, each.person) for each in desk.applications] == [("spring", 1), ("old", 1)]
    assert [each.id for each in desk.partnerships] == ["spring.1", "old.1"]
    assert [person.id for person in desk.people] == [1, 2, 3]
    assert (desk.check_ins, desk.surveys) == ((asked,), (answer,))


async def test_partnerships_that_are_not_over_come_worst_first(running: StoreImplementation) -> None:
    """In pages; the members are in `people`."""
    desk = await desk_of(running, "partnerships")
    page = await desk_of(running, "partnerships", limit=1, offset=1)

    assert [each.id for each in desk.partnerships] == ["spring.2", "spring.1"]
    assert [each.id for each in page.partnerships] == ["spring.1"]
    assert [person.id for person in page.people] == [1, 2]


async def test_everyone_is_all_of_the_round(running: StoreImplementation) -> None:
    """Every application, partnership, check-in and answer of it, and everybody who was not erased."""
    await save(running, ana(8, erased_at=NOW), CheckIn("spring.1", 2, 1, NOW))

    parts = ("everyone", "applications", "partnerships", "check_ins", "surveys")
    desk = await desk_of(running, *parts, limit=1)

    assert [each.person for each in desk.applications] == [1, 2, 3, 4]
    assert [each.id for each in desk.partnerships] == ["spring.1", "spring.2"]
    assert [person.id for person in desk.people] == [1, 2, 3, 4, 9]
    assert desk.check_ins == (CheckIn("spring.1", 2, 1, NOW),)


async def test_candidates_marks_and_blocks_of_the_round(running: StoreImplementation) -> None:
    """Everybody who takes part in the matching, with former and present partners."""
    mark, block = Mark("spring", 1, 2, PairMark.PINNED), Block(1, 3, NOW)
    await save(running, mark, block, Block(9, 1, NOW))

    desk = await desk_of(running, "candidates", "marks", "blocks")

    assert [(each.person.id, each.met) for each in desk.candidates] == [(1, (2, 3)), (2, (1,)), (3, (1,))]
    assert (desk.marks, desk.blocks) == ((mark,), (block,))


async def test_open_cases_come_oldest_first_with_all_they_are_about(running: StoreImplementation) -> None:
    """The person, the partnership, its members."""
    newer = Case("b", "quiet", NOW, partnership="spring.1", round="spring")
    older = Case("a", "report", NOW - DAY, person=4, round="spring")
    await save(running, newer, older, Case("c", "report", NOW, state=CaseState.CLOSED))

    desk = await desk_of(running, "cases")

    assert [case.key for case in desk.cases] == ["a", "b"]
    assert [each.id for each in desk.partnerships] == ["spring.1"]
    assert [person.id for person in desk.people] == [1, 2, 4]


async def test_a_case_is_found_by_number_or_person(running: StoreImplementation) -> None:
    """Open or closed."""
    await save(running, Case("a", "report", NOW, person=4, state=CaseState.CLOSED))
    number = (await desk_of(running, "cases", find=("4",))).cases[0].number

    by_number = await desk_of(running, "cases", ids=(str(number),))
    unknown = await desk_of(running, "cases", ids=("999",))

    assert [case.key for case in by_number.cases] == ["a"]
    assert unknown.cases == ()


async def test_the_audit_log_comes_newest_first_with_its_people(running: StoreImplementation) -> None:
    entries = [AuditEntry(str(day), NOW + day * DAY, 9, "round open") for day in range(3)]
    await save(running, *entries)

    desk = await desk_of(running, "audit", limit=2)

    assert desk.audit == (entries[2], entries[1])
    assert [person.id for person in desk.people] == [9]


async def test_rounds_directors_and_ambassadors(running: StoreImplementation) -> None:
    """Rounds in the order they were made, newest first."""
    desk = await desk_of(running, "rounds", "directors", "ambassadors")

    assert [each.id for each in desk.rounds] == ["spring", "old"]
    assert [person.id for person in desk.people] == [2, 9]


async def test_the_figures_of_the_round(running: StoreImplementation) -> None:
    """By the names that commands know."""
    asked = [
        CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW),
        CheckIn("spring.1", 2, 1, NOW, Contact.DATE_SET, NOW),
        CheckIn("spring.1", 1, 2, NOW),
    ]
    cases = [
        Case("a", "quiet", NOW, round="spring", country="BR", minutes=5),
        Case("b", "quiet", NOW, round="spring", state=CaseState.CLOSED, minutes=7),
        Case("c", "quiet", NOW, round="old"),
    ]
    await save(running, *asked, *cases)

    counts = (await desk_of(running, "counts")).counts

    assert dict(counts) == {
        "people": 5,
        "ambassadors": 1,
        "directors": 1,
        "news": 1,
        "applications.placed": 2,
        "applications.unplaced": 1,
        "applications.withdrawn": 1,
        "country.BR.applications": 3,
        "country.BR.cases": 1,
        "source.2": 1,
        "partnerships.running": 1,
        "partnerships.drafted": 1,
        "rooms.group": 1,
        "cases.open": 1,
        "cases.closed": 1,
        "minutes": 12,
        "week.1.asked": 2,
        "week.1.answered": 2,
        "week.1.pairs": 1,
        "week.1.contact": 1,
        "week.2.asked": 1,
        "week.2.answered": 0,
        "week.2.pairs": 1,
        "week.2.contact": 0,
    }


async def test_the_health_of_the_machine(running: StoreImplementation) -> None:
    """What waits, what is late, what could not be decided."""
    await send(running, to_person(1, due_at=NOW - DAY), to_person(2))
    async with running.unit() as unit:
        await unit.fresh([said()])
        await unit.dead_letter(LANE, "1", "KeyError", "Said")

    assert dict((await desk_of(running, "health")).health) == {
        "waiting": 2,
        "late": 1,
        "oldest_waiting": NOW - DAY,
        "sent_today": 0,
        "given_up": 0,
        "dead_letters": 1,
        "last_receipt": NOW,
    }


async def test_the_queue_counts_its_cases_and_nothing_else(running: StoreImplementation) -> None:
    await save(running, Case("help/x.1/1", "help", NOW, round=spring().id))

    counts = (await desk_of(running, "waiting")).counts

    assert counts == {"cases.open": 1, "minutes": 0}
    assert counts.items() < (await desk_of(running, "counts")).counts.items()
