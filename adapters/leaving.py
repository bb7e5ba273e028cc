"""Asks once more, before the bytes of a call leave, whether it is still this process that sends.

A library waits for a connection, or makes one, between its call and the first byte. A process that is stopped
there for longer than its lease would send, when it wakes, what another has sent meanwhile. So both platforms'
sessions ask by aiohttp's hooks, which it calls right before it writes (docs/decisions/0015).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import aiohttp

from bot.ports import NotSent


#: No connection was there, or none was asked for.
_NEVER_LEFT = (
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)

_ours: ContextVar[Callable[[], bool] | None] = ContextVar("ours", default=None)


@contextmanager
def only_while(ours: Callable[[], bool]) -> Iterator[None]:
    """Let calls leave only while this is true: those of the block, and of the tasks that it starts."""
    token = _ours.set(ours)
    try:
        yield
    finally:
        _ours.reset(token)


def not_sent(error: BaseException | None) -> NotSent | None:
    """Give the fact that nothing left this machine, where that is what an error, or its cause, says."""
    match error:
        case None | NotSent():
            return error
        case _ if isinstance(error, _NEVER_LEFT):
            return NotSent(type(error).__name__)
    return not_sent(error.__cause__)


def asking() -> aiohttp.TraceConfig:
    """Give what to open a session of aiohttp with: it tells of a call's head and body before they leave.

    Neither platform sends us elsewhere; who follows would say of a second call what is not true of the first.
    """
    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(_ask)
    config.on_request_chunk_sent.append(_ask)
    config.on_request_redirect.append(_refuse)
    return config


async def _ask(_session: object, _context: object, _about: object) -> None:
    ours = _ours.get()
    if ours is not None and not ours():
        raise NotSent("the lease is over")


async def _refuse(_session: object, _context: object, _about: object) -> None:
    raise aiohttp.ClientConnectionError("sent elsewhere")
