"""The same key opens one case; a report may be told more of."""

from dataclasses import replace

from bot.conversations.tables import MORE as MORE_KIND
from bot.conversations.telling import LINES
from bot.model import Case, CaseState, Dialogue
from bot.outcome import Outcome
from storage import StoreImplementation
from tests.storage.given import DAY, NOW, ana, every, save


FIRST = Case("report/1", "report", NOW, person=1, tried=("Conduct", "He insulted me"))
MORE = replace(FIRST, opened_at=NOW + DAY, tried=(*FIRST.tried, "and he asked for money"))


async def test_more_of_a_report_is_in_the_same_case(store: StoreImplementation) -> None:
    await save(store, ana(), FIRST)
    await save(store, MORE)

    (case,) = await every(store, Case)
    assert (case.number, case.opened_at, case.tried) == (1, NOW, MORE.tried)


async def test_a_report_that_was_done_opens_again(store: StoreImplementation) -> None:
    """Whoever had it has it still, with the minutes that it took."""
    await save(store, ana(), FIRST)
    (case,) = await every(store, Case)
    done = replace(case, state=CaseState.CLOSED, closed_at=NOW, taken_by=1, minutes=5)
    await save(store, done)

    await save(store, MORE)

    (case,) = await every(store, Case)
    assert case == replace(done, state=CaseState.OPEN, closed_at=None, tried=MORE.tried)


async def test_no_other_case_is_changed_by_one_with_its_key(store: StoreImplementation) -> None:
    quiet = replace(FIRST, key="quiet/1", kind="quiet")
    await save(store, ana(), quiet)

    await save(store, replace(quiet, tried=("Something else",)))

    (case,) = await every(store, Case)
    assert case.tried == quiet.tried


async def test_a_command_about_a_report_loses_nothing_that_came_meanwhile(store: StoreImplementation) -> None:
    await save(store, ana(), FIRST)
    (read,) = await every(store, Case)
    await save(store, MORE)

    await save(store, replace(read, taken_by=1))

    (case,) = await every(store, Case)
    assert (case.taken_by, case.tried) == (1, MORE.tried)


async def test_who_is_forgotten_is_in_no_report_that_goes_on(store: StoreImplementation) -> None:
    """Its lines become the case's again with the next one."""
    going_on = Dialogue(1, MORE_KIND, MORE_KIND, {LINES: ["Conduct", "Ana 2 insulted me"]}, touched_at=NOW)
    begun = Dialogue(3, MORE_KIND, MORE_KIND, touched_at=NOW)
    await save(store, ana(1), ana(2), ana(3), going_on, begun)

    async with store.unit() as unit:
        await unit.save(Outcome(erasures=(2,)), NOW)

    dialogues = await every(store, Dialogue)
    assert [dialogue.answers for dialogue in dialogues] == [{LINES: ["Conduct", "… insulted me"]}, {}]
