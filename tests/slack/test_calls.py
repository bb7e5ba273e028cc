"""Calls of the Web API that are answered by something else than Slack."""

import asyncio

import pytest

from adapters import leaving
from adapters.slack.calls import SlackCalls, one_token
from bot.ports import Uncertain
from tests.slack.running import slack


pytestmark = pytest.mark.wire


async def test_slack_is_reached_by_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it may be written there: without its scheme; the library alone would call nobody."""
    heads: list[bytes] = []

    async def passes_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        answer = b'{"ok": true, "ts": "1.2"}'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
        writer.write(head.encode() + answer)
        writer.close()

    async with await asyncio.start_server(passes_on, "127.0.0.1", 0) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        calls = SlackCalls(one_token("xoxb-1"), "http://slack.example/api/")
        told = await calls.call("T1", "chat_postMessage", channel="C1", text="Hello")
        await calls.close()

    assert told["ts"] == "1.2"
    assert heads[0].startswith(b"POST http://slack.example/api/chat.postMessage HTTP/1.1")


async def test_this_machine_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    async with slack() as server:
        calls = SlackCalls(one_token(server.bot_token), server.base_url)
        assert (await calls.call(server.team.id, "auth_test"))["ok"]
        await calls.close()


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
