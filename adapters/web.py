"""The one web server: health for whoever watches the machine, and the routes that adapters bring."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route


#: Gives what is missing, each in a sentence, and facts besides.
Readiness = Callable[[], Awaitable[tuple[Mapping[str, str], Mapping[str, object]]]]


class PortTaken(OSError):
    """Another program listens on the web server's address; the message says which."""


def health_routes(readiness: Readiness) -> list[BaseRoute]:
    """Give /healthz (the process lives) and /readyz (503 with the reasons while something is not ready)."""

    async def alive(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> JSONResponse:
        missing, facts = await readiness()
        told = {"ready": not missing, "missing": dict(missing), **facts}
        return JSONResponse(told, status_code=503 if missing else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]


async def body_of(request: Request, largest: int) -> bytes | None:
    """Give the body of a request; None where it is longer, and no more of it is read or kept.

    Who signed it is known only afterwards: anybody could fill the memory.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            return None
        parts.append(part)
    return b"".join(parts)


@asynccontextmanager
async def serving(host: str, port: int, routes: Sequence[BaseRoute]) -> AsyncIterator[int]:
    """Serve the routes while the block runs; gives the port (useful with 0).

    Raises PortTaken when the address cannot be had. Signals stay with the caller.
    """
    listening = _listen(host, port)
    app = Starlette(routes=list(routes), exception_handlers={ClientDisconnect: _gone})
    # No logging of uvicorn's own: it would write past the formatter that keeps words and tokens out.
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn tells by this flag only
            await asyncio.sleep(0.01)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listening.close()


async def _gone(_: Request, __: Exception) -> Response:
    """Answer nobody: who asked went away in the middle, as a proxy does that is stopped."""
    return Response(status_code=400)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortTaken(f"{host}:{port} cannot be used: {error.strerror}.") from error
    return listening


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: stopping cleanly is the whole bot's matter."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield
