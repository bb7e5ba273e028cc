"""Stopping a task that knows itself how to end: it is given time for it, and only then cancelled."""

import asyncio
from typing import Any

import structlog


log = structlog.get_logger()


async def ended(task: asyncio.Task[Any], patience: float) -> None:
    """Wait `patience` seconds for a task that was told to end; one that has not by then is cancelled."""
    try:
        _, late = await asyncio.wait((task,), timeout=patience)
    finally:
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    if late:
        log.warning("stopped_in_the_middle")
    elif not task.cancelled() and (defect := task.exception()):
        log.error("stopped_by_a_defect", exc_info=defect)
