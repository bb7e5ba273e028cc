"""A small HTTP/1.1 server on asyncio: requests in, answers out, and connections that break when told to."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Cut(Exception):
    """Resets the connection instead of answering."""


Handler = Callable[[Request], Awaitable[Answer]]


class HttpServer:
    """Listens on loopback and hands each request to one handler."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None

    async def start(self, port: int) -> int:
        """Opens the port (0 for any) and gives its number."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connect, "127.0.0.1", port)
        number: int = self._server.sockets[0].getsockname()[1]
        return number

    async def stop(self) -> None:
        """Closes the port and every connection, answered or not."""
        if self._server is None:
            return
        self._server.close()
        await asyncio.gather(*(connection.end() for connection in list(self._connections)))
        await self._server.wait_closed()
        self._server = None

    def _connect(self) -> asyncio.Protocol:
        return _Connection(self._handler, self._connections)


class _Connection(asyncio.Protocol):
    """One client's connection: answers its requests one after the other."""

    def __init__(self, handler: Handler, all_connections: set[_Connection]) -> None:
        self._handler = handler
        self._all = all_connections
        self._buffer = b""
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None
        self._lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._all.add(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        # A call that came before its client died has had its first step by now: only waiting ends.
        del exc
        self._all.discard(self)
        if self._task:
            self._task.cancel()
        if not self._lost.done():
            self._lost.set_result(None)

    async def end(self) -> None:
        assert self._transport
        self._transport.abort()
        await self._lost
        if self._task:
            await asyncio.gather(self._task, return_exceptions=True)

    def _next(self) -> None:
        if self._task:
            return
        request, self._buffer = read_request(self._buffer)
        if request:
            self._task = asyncio.get_running_loop().create_task(self._answer(request))

    async def _answer(self, request: Request) -> None:
        assert self._transport
        try:
            answer = await self._handler(request)
        except Cut:
            self._reset()
            return
        self._task = None
        if self._transport.is_closing():
            return
        self._transport.write(write_answer(answer))
        self._next()

    def _reset(self) -> None:
        """Sends a TCP reset rather than a polite end."""
        assert self._transport
        sock: socket.socket = self._transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()


def read_request(data: bytes) -> tuple[Request | None, bytes]:
    """Gives the first complete request, if there is one, and the rest."""
    head, found, rest = data.partition(b"\r\n\r\n")
    if not found:
        return None, data
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body, rest, complete = _unchunk(rest)
    else:
        length = int(headers.get("content-length", "0"))
        body, rest, complete = rest[:length], rest[length:], len(rest) >= length
    if not complete:
        return None, data
    method, target, _ = first.split(" ", 2)
    path, _, query = target.partition("?")
    return Request(method, path, query, headers, body), rest


def _unchunk(data: bytes) -> tuple[bytes, bytes, bool]:
    body = b""
    while True:
        size_line, found, data = data.partition(b"\r\n")
        size = int(size_line or b"0", 16) if found else 0
        if not found or len(data) < size + 2:
            return b"", b"", False
        if size == 0:
            return body, data[2:], True
        body, data = body + data[:size], data[size + 2 :]


def write_answer(answer: Answer) -> bytes:
    """Gives the bytes of an answer."""
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Content-Type: {answer.content_type}",
        f"Content-Length: {len(answer.body)}",
        "Connection: keep-alive",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + answer.body
