"""What is brought one by one is taken in together, and whoever brought it hears how that went."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.together import Together


class Taking:
    """Notes what it is given; goes on when it may."""

    def __init__(self, *, patience: float = 60.0) -> None:
        self.taken: list[list[int]] = []
        self.may = asyncio.Event()
        self.together = Together(self.take, patience)

    async def take(self, items: Sequence[int]) -> None:
        self.taken.append(list(items))
        if 13 in items:
            raise ValueError("13")
        if 1 in items:
            await self.may.wait()

    def bring(self, *items: int) -> "asyncio.Task[None]":
        return asyncio.create_task(self.together(items))


async def turn_the_loop() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_comes_during_a_commit_shares_the_next_one() -> None:
    taking = Taking()
    brought = [taking.bring(1)]
    await turn_the_loop()
    brought += [taking.bring(2), taking.bring(3, 4), taking.bring(5)]
    await turn_the_loop()
    taking.may.set()
    await asyncio.gather(*brought)

    assert taking.taken == [[1], [2, 3, 4, 5]]


async def test_who_comes_when_nothing_is_under_way_need_not_wait() -> None:
    taking = Taking()
    await taking.bring(2)
    await taking.bring(3)

    assert taking.taken == [[2], [3]]


async def test_a_commit_that_fails_is_told_to_all_who_shared_it_and_to_nobody_else() -> None:
    taking = Taking()
    first = taking.bring(1)
    await turn_the_loop()
    shared = [taking.bring(2), taking.bring(13)]
    await turn_the_loop()
    taking.may.set()
    found = await asyncio.gather(first, *shared, return_exceptions=True)
    await taking.bring(3)

    assert [str(each) for each in found] == ["None", "13", "13"]


async def test_who_is_gone_meanwhile_keeps_nobody_from_hearing() -> None:
    taking = Taking()
    gone, stays = taking.bring(1), taking.bring(2)
    await turn_the_loop()
    gone.cancel()
    taking.may.set()
    await stays
    with pytest.raises(asyncio.CancelledError):
        await gone

    assert taking.taken == [[1, 2]]


async def test_a_commit_that_takes_long_holds_up_nobody_who_came_later() -> None:
    """A command about thousands of people computes for minutes."""
    taking = Taking(patience=0.0)
    long = taking.bring(1)
    await turn_the_loop()
    await taking.bring(2)
    waits = not long.done()
    taking.may.set()
    await long

    assert (waits, taking.taken) == (True, [[1], [2]])
