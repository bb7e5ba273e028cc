"""Answers that are no answers: refusals, 5xx, resets, silence."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.slack_server.errors import Refused, too_many
from tests.slack_server.faults import Fault
from tests.slack_server.resets import reset


EARLY = frozenset({Fault.RESET_BEFORE, Fault.HANG, Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.TOO_MANY})


async def instead(request: web.Request, fault: Fault, retry_after: int) -> web.StreamResponse:
    """Gives what comes back for a call that is not carried out."""
    if fault is Fault.RESET_BEFORE:
        return _cut(request)
    if fault is Fault.HANG:
        await asyncio.Event().wait()
    if fault is Fault.UNAVAILABLE:
        return web.Response(status=503, text="<html>503</html>", content_type="text/html")
    return refusal(
        too_many(retry_after) if fault is Fault.TOO_MANY else Refused("internal_error", status=500)
    )


async def afterwards(
    request: web.Request, fault: Fault | None, answer: web.StreamResponse
) -> web.StreamResponse:
    """Gives the answer to a call that took effect, or what a fault makes of it."""
    if fault is Fault.RESET_AFTER:
        return _cut(request)
    if fault is Fault.HANG_AFTER:
        await asyncio.Event().wait()
    if fault is Fault.FATAL_AFTER:
        return refusal(Refused("fatal_error", status=500))
    if fault is Fault.GARBAGE_AFTER:
        return web.Response(body=b'{"ok":true,"resu', content_type="application/json")
    return answer


def refusal(refused: Refused) -> web.Response:
    """Gives `ok: false` with its status and, for a 429, the seconds to wait."""
    body = refused.body()
    seconds = body.pop("retry_after", None)
    headers = {"Retry-After": str(seconds)} if seconds else {}
    return web.json_response(body, status=refused.status, headers=headers)


def _cut(request: web.Request) -> web.Response:
    reset(request)
    return web.Response()
