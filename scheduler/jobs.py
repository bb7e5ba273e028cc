"""The table of jobs: what runs how often. APScheduler says "look now"; what is due lives in the tables.

An in-memory job store, no misfire limit, coalesced, one instance: after a stop of three days a job runs
once, and the looks themselves find everything that was missed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


Work: TypeAlias = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done every so often."""

    name: str
    every: timedelta
    work: Work


def scheduler_of(jobs: Sequence[Job]) -> AsyncIOScheduler:
    """Give a scheduler with these jobs, not yet started."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for job in jobs:
        put(scheduler, job)
    return scheduler


def put(scheduler: AsyncIOScheduler, job: Job, *, first: datetime | None = None) -> None:
    """Put the job in, or in anew: its next run is at `first`, or counts from the wall clock as it is now."""
    when = {"next_run_time": first} if first else {}
    trigger = IntervalTrigger(seconds=job.every.total_seconds(), timezone="UTC")

    # APScheduler awaits coroutine functions only; a lambda it would call in a thread, and not await.
    async def run() -> None:
        # Only the end of the program cancels it: what it was about is rolled back and found again.
        with suppress(asyncio.CancelledError):
            await job.work()

    scheduler.add_job(run, trigger, id=job.name, name=job.name, replace_existing=True, **when)
