"""A canary in names, answers, handles and tokens: the whole program runs with faults, and it is not heard."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.telegram_server import TelegramServer
from tests.telegram_server.faults import Fault, Faults
from tests.wire.process import BotProcess
from tests.wire.scene import Scene


pytestmark = pytest.mark.wire

CANARY = "Heronlighthouse"
FAULTS = {Fault.SERVER_ERROR: 0.1, Fault.RESET_AFTER: 0.1, Fault.TOO_MANY: 0.1, Fault.GARBAGE_AFTER: 0.05}
UNREADABLE = {"update_id": 7, "message": {"chat": 5, "text": CANARY, "from": {"first_name": CANARY}}}


def live(scene: Scene) -> None:
    """Let people with the canary in everything take part while calls fail."""
    person = scene.applicant(CANARY)
    scene.answer(partial(person.say, "Brazil"), person)
    scene.server.faults = Faults(seed=3, chances=FAULTS, retry_after=1)
    scene.server.inject_raw(UNREADABLE)
    for words in (CANARY, f"{CANARY} {CANARY}", "/status", f"/{CANARY}", "/report", CANARY):
        person.say(words)
    for line in (f"people {CANARY}", f"person {CANARY}", f"say {CANARY}", "health", CANARY):
        scene.dora.say(f"/{line}", to=scene.directors)
    blocked = scene.server.user(f"{CANARY}Two", username=f"{CANARY}_two".lower())
    blocked.say("/start")
    scene.settle()
    scene.server.faults = Faults()
    scene.settle()


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Everything that operators can hear, by where they hear it."""
    with TelegramServer().in_thread() as server:
        bot = BotProcess(server, tmp_path_factory.mktemp("bot"))
        try:
            live(Scene.open(server, bot))
            ask = partial(httpx.get, timeout=10, trust_env=False)
            found = {
                path: ask(f"http://127.0.0.1:{bot.health_port}{path}").text
                for path in ("/metrics", "/readyz", "/healthz", f"/{CANARY}")
            }
            found |= commands(bot.database)
        finally:
            bot.stop()
        yield found | {"log": bot.said(), "token": server.token}


def commands(database: Path) -> dict[str, str]:
    """Give what the operators' commands print beside the running bot."""
    typed = (
        ("outbox", "list", "--state", "given-up"),
        ("outbox", "list"),
        ("outbox", "show", "1"),
        ("deadletters", "list"),
        ("deadletters", "show", "1"),
    )
    settings = {"ANTIPODE_DATABASE_URL": f"sqlite:///{database}"}
    return {" ".join(words): CliRunner().invoke(app, words, env=settings).output for words in typed}


@pytest.mark.long(13)
def test_the_canary_is_heard_nowhere(heard: dict[str, str]) -> None:
    assert [where for where, told in heard.items() if CANARY.lower() in told.lower()] == []


def test_neither_is_the_token(heard: dict[str, str]) -> None:
    token = heard["token"]
    parts = (token, token.partition(":")[2])

    assert [
        where for where, told in heard.items() if where != "token" and any(part in told for part in parts)
    ] == []


def test_things_did_go_wrong(heard: dict[str, str]) -> None:
    """Else the silence would prove nothing."""
    assert 'antipode_deliveries_retried_total{platform="telegram"' in heard["/metrics"]
    assert "antipode_dead_letters 1.0" in heard["/metrics"]
    assert "platform_asks_to_wait" in heard["log"]
    assert "update_not_read" in heard["log"]
    assert heard["deadletters list"].splitlines()[1].split()[:2] == ["1", "telegram"]
