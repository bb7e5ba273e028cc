"""Stopping between two steps, not in the middle of one: somebody must know how what it began has ended."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar


Result = TypeVar("Result")


async def whole(step: Coroutine[Any, Any, Result], grace: float) -> Result:
    """Do a step; whoever is cancelled meanwhile still waits for its end, `grace` seconds at most."""
    task = asyncio.create_task(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,), timeout=grace)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
