"""Calls on a way that is in trouble: what hangs comes to an end, and is told as what happened."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from telegram.error import NetworkError, TimedOut

from adapters.leaving import not_sent
from adapters.telegram import requesting
from adapters.telegram.requesting import Requests


pytestmark = pytest.mark.wire

#: More than the buffers of both sides hold.
MUCH = b"x" * 20_000_000


@pytest.fixture
async def deaf() -> AsyncIterator[str]:
    """Give the address of a server that takes connections and reads nothing."""
    over = asyncio.Event()

    async def hear(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with await asyncio.start_server(hear, "127.0.0.1", 0, limit=1024) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        over.set()


async def test_a_writing_that_hangs_comes_to_an_end_and_may_have_arrived(
    deaf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requesting, "CONNECT", 0.1)
    requests = Requests(read_timeout=0.1)

    with pytest.raises(TimedOut) as caught:
        await requests.ask("POST", deaf, 0.1, data=BytesIO(MUCH))
    await requests.shutdown()

    assert not_sent(caught.value) is None


async def test_after_the_end_nothing_is_called() -> None:
    requests = Requests(read_timeout=1.0)
    await requests.initialize()
    await requests.shutdown()

    with pytest.raises(NetworkError) as caught:
        await requests.ask("POST", "http://127.0.0.1:9/", 1.0)

    assert not_sent(caught.value) is not None


async def test_an_end_may_be_followed_by_another_beginning(deaf: str) -> None:
    requests = Requests(read_timeout=0.1)
    await requests.shutdown()
    await requests.initialize()

    with pytest.raises(TimedOut):
        await requests.ask("POST", deaf, 0.1)
    await requests.shutdown()
