"""The scheduler says look now; the heartbeat notices a clock that steps."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock
from scheduler.heartbeat import Heartbeat
from scheduler.jobs import Job, put, scheduler_of


class TwoClocks:
    """A wall clock that can be set, and steady seconds beside it."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.steady = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    async def sleep(self, span: timedelta) -> None:
        self.wall += span
        self.steady += span.total_seconds()


async def test_a_clock_that_runs_evenly_is_left_alone() -> None:
    clock = TwoClocks()
    steps: list[timedelta] = []
    heartbeat = Heartbeat(clock, lambda step: _note(steps, step))

    for _ in range(3):
        await heartbeat.beat()
        await clock.sleep(timedelta(seconds=1))

    assert steps == []


async def test_a_clock_set_back_by_an_hour_is_noticed_once() -> None:
    clock = TwoClocks()
    steps: list[timedelta] = []
    heartbeat = Heartbeat(clock, lambda step: _note(steps, step))
    await heartbeat.beat()

    clock.wall -= timedelta(hours=1)
    await heartbeat.beat()
    await heartbeat.beat()

    assert steps == [timedelta(hours=-1)]


async def test_a_job_that_the_end_cuts_off_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever runs the program reads of errors that are some."""
    began, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scheduler = scheduler_of([Job("look", timedelta(milliseconds=10), work)])
    scheduler.start()
    await began.wait()
    scheduler.shutdown(wait=False)
    await ended.wait()
    await asyncio.sleep(0)

    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == []


async def test_a_job_runs_when_its_time_has_come() -> None:
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    scheduler = scheduler_of([Job("look", timedelta(milliseconds=10), work)])
    scheduler.start()
    await asyncio.wait_for(ran.wait(), 5)
    scheduler.shutdown(wait=False)

    assert [job.misfire_grace_time for job in scheduler.get_jobs()] in ([], [None])


async def test_a_job_may_run_first_at_once() -> None:
    """A start is not over before the first look, which need not wait for the first interval."""
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    look = Job("look", timedelta(hours=1), work)
    scheduler = scheduler_of([look])
    scheduler.start()
    try:
        put(scheduler, look, first=SystemClock().now())
        await asyncio.wait_for(ran.wait(), 5)
    finally:
        scheduler.shutdown(wait=False)


async def test_work_that_is_only_found_to_be_awaitable_when_called_is_awaited() -> None:
    """APScheduler hands what is no coroutine function to a thread, and forgets what it gives back."""
    ran = asyncio.Event()

    async def tidy(keep: int) -> None:
        assert keep == 365
        ran.set()

    scheduler = scheduler_of([Job("tidy", timedelta(milliseconds=10), lambda: tidy(365))])
    scheduler.start()
    try:
        await asyncio.wait_for(ran.wait(), 5)
    finally:
        scheduler.shutdown(wait=False)


async def _note(steps: list[timedelta], step: timedelta) -> None:
    steps.append(step)
