"""Books: what a look at a partnership gets to see, and how much of it."""

from datetime import timedelta

import pytest

from bot.model import (
    CheckIn,
    Contact,
    DirectorsRoom,
    SurveyAnswer,
)
from storage import StoreImplementation, open_store
from tests.storage.given import DAY, HOUR, LANE, NOW, ana, pair, said, save, spring


ROOM = DirectorsRoom(LANE, "-5", NOW)


async def test_a_book_has_its_round_people_check_ins_and_answers(store: StoreImplementation) -> None:
    """Members in the order of the partnership; answers to "keep in touch" only."""
    asked = CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW)
    kept = SurveyAnswer("spring", 1, "keep-in-touch", "again", "yes", NOW)
    other = SurveyAnswer("spring", 1, "mid", "liked", "4", NOW)
    due = pair(1, 2, 1, look_at=NOW)
    await save(store, spring(), ana(1), ana(2), *due, asked, kept, other, ROOM)

    async with store.unit() as unit:
        books = await unit.books_due(NOW, 10)

    assert [book.partnership for book in books] == [due[0]]
    assert (books[0].round, books[0].members) == (spring(), (ana(2), ana(1)))
    assert (books[0].check_ins, books[0].surveys, books[0].directors_room) == ((asked,), (kept,), ROOM)


@pytest.mark.parametrize(
    ("about", "asked_days_ago", "answer", "loaded"),
    [
        ("answered before the last sign", 60, Contact.NOT_YET, False),
        ("the last sign", 50, Contact.MET, True),
        ("answered since", 40, Contact.NEED_HELP, True),
        ("not answered, long ago", 30, None, False),
        ("not answered, in the last three weeks", 20, None, True),
    ],
)
async def test_a_look_sees_the_check_ins_of_this_silence_and_of_the_last_weeks(
    store: StoreImplementation, about: str, asked_days_ago: int, answer: Contact | None, loaded: bool
) -> None:
    sign = CheckIn("spring.1", 2, 9, NOW - 50 * DAY, Contact.MET, NOW - 49 * DAY)
    asked = NOW - asked_days_ago * DAY
    mine = CheckIn("spring.1", 1, 1, asked, answer, asked + DAY if answer else None)
    running = spring(started_at=NOW - 70 * DAY, weeks=16)
    await save(store, running, ana(1), ana(2), *pair(1, 1, 2, look_at=NOW), sign, mine)

    assert (about, mine in await check_ins_seen(store)) == (about, loaded)


async def test_while_there_was_no_sign_at_all_a_look_sees_every_answer(store: StoreImplementation) -> None:
    answered = CheckIn("spring.1", 1, 1, NOW - 60 * DAY, Contact.NOT_YET, NOW - 59 * DAY)
    silent = CheckIn("spring.1", 2, 1, NOW - 60 * DAY)
    running = spring(started_at=NOW - 70 * DAY, weeks=16)
    await save(store, running, ana(1), ana(2), *pair(1, 1, 2, look_at=NOW), answered, silent)

    assert await check_ins_seen(store) == (answered,)


async def test_a_look_after_the_end_sees_every_check_in_for_the_digest(store: StoreImplementation) -> None:
    old = CheckIn("spring.1", 1, 1, NOW - 100 * DAY)
    sign = CheckIn("spring.1", 2, 9, NOW - 50 * DAY, Contact.MET, NOW - 49 * DAY)
    over = spring(started_at=NOW - 113 * DAY, weeks=16)
    await save(store, over, ana(1), ana(2), *pair(1, 1, 2, look_at=NOW), old, sign)

    assert await check_ins_seen(store) == (old, sign)


async def check_ins_seen(store: StoreImplementation) -> tuple[CheckIn, ...]:
    async with store.unit() as unit:
        (book,) = await unit.books_due(NOW, 10)
    return book.check_ins


async def test_books_come_when_due_the_oldest_first(store: StoreImplementation) -> None:
    """No more than asked for; none without a look ahead."""
    looks = {1: NOW, 2: NOW - DAY, 3: NOW + DAY, 4: None, 5: NOW - HOUR}
    people = [ana(number) for number in range(1, 11)]
    pairs = [pair(number, 2 * number - 1, 2 * number, look_at=at) for number, at in looks.items()]
    await save(store, spring(), *people, *(record for each in pairs for record in each))

    async with store.unit() as unit:
        found = [book.partnership.number for book in await unit.books_due(NOW, 2)]

    assert found == [2, 5]


async def test_what_another_process_has_in_hand_is_passed_over(
    postgres_url: str, postgres_store: StoreImplementation
) -> None:
    """A partnership that is looked at, and one whose member's turn is being decided."""
    people = [ana(number) for number in range(1, 5)]
    pairs = (*pair(1, 1, 2, look_at=NOW), *pair(2, 3, 4, look_at=NOW))
    await save(postgres_store, spring(), *people, *pairs)
    other = open_store(postgres_url)
    async with postgres_store.unit() as unit, other.unit() as beside:
        await unit.turns([said("701")], NOW)
        found = [book.partnership.number for book in await beside.books_due(NOW, 10)]
        assert await unit.books_due(NOW, 10) != []
    await other.close()

    assert found == [2]


async def test_a_fast_pace_scales_the_two_weeks(sqlite_url: str) -> None:
    """A check-in of three trial weeks ago is old, though it was a minute ago."""
    store = open_store(sqlite_url, pace=timedelta(seconds=20))
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2))
    await save(store, CheckIn("spring.1", 1, 1, NOW - timedelta(seconds=60)))
    await save(store, CheckIn("spring.1", 1, 3, NOW - timedelta(seconds=20)))

    async with store.unit() as unit:
        turn = (await unit.turns([said()], NOW))[0]

    await store.close()
    assert turn
    assert [each.week for each in turn.check_ins] == [3]
