"""Logs, crash reports and libraries' own lines: kinds, places and ids; no token and nothing anybody wrote."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.entry.logs import TOKEN


ROOT = Path(__file__).parents[2]
CANARY = "Heron-and-lighthouse"
TELEGRAM = "123456789:AAHeronheronheronheronheron_heron-her"

LINES = f"""
import asyncio, logging, sys
import structlog
from starlette.routing import Route
from adapters.web import serving
from bot.entry.logs import set_up_logs
set_up_logs()
log = structlog.get_logger()
def inner(words):
    raise KeyError(words)
def outer():
    try:
        inner({CANARY!r})
    except KeyError as error:
        raise ValueError({CANARY!r}) from error
try:
    outer()
except ValueError as error:
    log.exception("decision_failed", event_id="u7")
    log.error("with_the_error", exc_info=error)
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application %s", {CANARY!r})
log.error("address", why="POST https://api.telegram.org/bot{TELEGRAM}/sendMessage failed")
logging.getLogger("httpx").error("HTTP Request: POST https://api.telegram.org/bot{TELEGRAM}/getMe")
logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot{TELEGRAM}/getMe")
async def broken():
    raise RuntimeError({CANARY!r})
async def failing(_):
    raise RuntimeError({CANARY!r})
async def reading(request):
    await request.body()
async def main():
    task = asyncio.create_task(broken())
    await asyncio.sleep(0)
    del task
    async with serving("127.0.0.1", 0, [Route("/failing", failing), Route("/reading", reading)]) as port:
        await ask(port, b"GET /failing HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n")
        begun = b"GET /reading HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9\\r\\n\\r\\n{CANARY[:3]}"
        await ask(port, begun, hang=False)
        await asyncio.sleep(0.3)
async def ask(port, words, hang=True):
    answer, way = await asyncio.open_connection("127.0.0.1", port)
    way.write(words)
    await way.drain()
    if hang:
        await answer.read()
    way.close()
asyncio.run(main())
outer()
"""


@pytest.fixture(scope="module")
def told() -> tuple[int, str]:
    """Give the exit code and the log of a process to which everything happens."""
    done = subprocess.run(
        [sys.executable, "-c", LINES], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_every_line_is_json_and_says_where(told: tuple[int, str]) -> None:
    code, text = told
    lines = [json.loads(line) for line in text.splitlines()]

    assert code == 1
    assert [line["event"] for line in lines] == [
        "decision_failed", "with_the_error", "library", "address", "library", "library", "library", "crashed",
    ]  # fmt: skip
    first = lines[0]
    assert first["event_id"] == "u7"
    kinds = [words for words in first["traceback"] if not words.startswith("  ")]
    assert kinds == ["Traceback", "ValueError", "KeyError"]
    assert any(words.endswith(" inner") for words in first["traceback"])


def test_no_line_holds_words_or_tokens(told: tuple[int, str]) -> None:
    _, text = told

    assert CANARY not in text
    assert "AAHeron" not in text


@pytest.mark.parametrize(
    "token",
    [
        TELEGRAM,
        "xoxb-1234567890-abcdefgh",
        "xoxp-1234567890-abcdefgh",
        "xoxe.xoxp-1-Mi0yLTEyMzQ1Njc4",
        "xapp-1-A0123-456-abcdef",
        "postgresql://antipode:Heron-and-lighthouse@database/antipode",
    ],
)
def test_every_kind_of_token_is_made_unreadable(token: str) -> None:
    found = TOKEN.sub("[token]", f"before {token} after")

    assert "[token]" in found
    assert "eron" not in found.replace("before", "")
    assert "abcdef" not in found
