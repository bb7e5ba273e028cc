"""Calls of the Web API that are answered by something else than Slack."""

import asyncio

import pytest

from adapters import leaving
from adapters.slack.calls import SlackCalls, one_token
from bot.ports import Uncertain


pytestmark = pytest.mark.wire


@pytest.mark.parametrize("to", ["/again", "http://127.0.0.1:9/", "http://[bad"])
async def test_who_is_sent_elsewhere_does_not_follow_and_is_unsure(to: str) -> None:
    """What was sent may have arrived; said of the second call, "not sent" would be wrong of the first."""
    came: list[bytes] = []

    async def sends_elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(f"HTTP/1.1 307 Away\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())
        writer.close()

    async with await asyncio.start_server(sends_elsewhere, "127.0.0.1", 0) as server:
        calls = SlackCalls(one_token("xoxb-1"), f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/")
        with pytest.raises(Uncertain), leaving.only_while(lambda: not came):
            await calls.call("T1", "chat_postMessage", channel="C1", text="Hello")
        await calls.close()

    assert len(came) == 1
