"""Socket Mode: WebSockets that greet, carry envelopes, are refreshed, cut off, or fall silent."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack_server.deliveries import FULFILLED_WITHIN, Delivery, Outcome
from tests.slack_server.errors import Json
from tests.slack_server.resets import reset


MOST_CONNECTIONS = 10
FIELDS_OF: dict[str, bool] = {"events_api": False, "slash_commands": True, "interactive": True}


@dataclass(eq=False)
class Link:
    """One open WebSocket."""

    socket: web.WebSocketResponse
    request: web.Request
    number: int
    silent: bool = False  # nothing goes out any more, not even pongs
    deaf: bool = False  # envelopes get lost, pongs go on: the stall a client cannot see
    leaving: bool = False
    pending: dict[str, asyncio.Future[Any]] = field(default_factory=dict)


@dataclass
class Sockets:
    """All Socket Mode connections of the app."""

    app_id: str
    changed: Callable[[], None]
    complain: Callable[[str, Json, str], None]
    links: list[Link] = field(default_factory=list)
    opened: int = 0
    pings: int = 0
    _tickets: set[str] = field(default_factory=set)
    _turn: Any = field(default_factory=itertools.count)

    def ticket(self) -> str:
        """Gives the right to connect once."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serves one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, max_msg_size=2**22)
        await socket.prepare(request)
        if len(self.links) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.opened += 1
        link = Link(socket, request, self.opened)
        self.links.append(link)
        try:
            await self._serve(link)
        finally:
            self.links.remove(link)
            self._give_up(link)
            self.changed()
        return socket

    async def _serve(self, link: Link) -> None:
        await link.socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.links),
                "debug_info": {
                    "host": "loopback",
                    "build_number": 1,
                    "approximate_connection_time": 18060,
                },
                "connection_info": {"app_id": self.app_id},
            }
        )
        self.changed()
        async for message in link.socket:
            if link.silent:
                continue
            if message.type is WSMsgType.PING:
                self.pings += 1
                await link.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT and not link.deaf:
                self._take(link, message.data)

    def _take(self, link: Link, text: str) -> None:
        try:
            answer = json.loads(text)
            waiting = link.pending.get(answer["envelope_id"])
        except (ValueError, KeyError, TypeError):
            self.complain("socket", {"text": text}, "what the app sends is an acknowledgement of an envelope")
            return
        if waiting is None:
            return  # too late, or on another connection than the one it came by
        if not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Sends one envelope on any connection and waits for its acknowledgement."""
        alive = [link for link in self.links if not link.socket.closed]
        ready = [link for link in alive if not link.leaving] or alive
        if not ready:
            return Outcome("connection_failed")
        link = ready[next(self._turn) % len(ready)]
        envelope = {
            "envelope_id": f"{secrets.token_hex(4)}-{secrets.token_hex(6)}",
            "type": delivery.kind,
            "payload": delivery.body,
            "accepts_response_payload": FIELDS_OF[delivery.kind],
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        answer = asyncio.get_running_loop().create_future()
        link.pending[envelope["envelope_id"]] = answer
        try:
            if not (link.silent or link.deaf):
                await link.socket.send_json(envelope)
            async with asyncio.timeout(FULFILLED_WITHIN):
                return Outcome(reply=await answer)
        except TimeoutError:
            return Outcome("timeout")
        except ConnectionError:
            return Outcome("connection_failed")
        finally:
            link.pending.pop(envelope["envelope_id"], None)

    @staticmethod
    def _give_up(link: Link) -> None:
        for waiting in link.pending.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the connection ended"))

    async def tell_to_leave(
        self, reason: str, links: list[Link] | None = None, *, close: bool = True
    ) -> None:
        """Sends connections (all, or these) a disconnect message; envelopes go to others, if there are any.

        With `close=False` they go on taking their turn.
        """
        for link in list(self.links) if links is None else links:
            link.leaving = link.leaving or close
            with contextlib.suppress(ConnectionError):
                farewell = {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
                await link.socket.send_json(farewell)

    @staticmethod
    async def close(links: list[Link]) -> None:
        """Closes connections politely, without waiting for the other side to answer."""
        for link in links:
            with contextlib.suppress(ConnectionError):
                await link.socket.close(drain=False)

    def cut(self) -> int:
        """Resets every connection and gives how many there were."""
        links = list(self.links)
        for link in links:
            reset(link.request)
        return len(links)
