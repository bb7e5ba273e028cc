"""Receiving by webhook in the real process: signed or refused, answered once, never stuck."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.telegram_server import Person, TelegramServer
from tests.wire.process import BotProcess
from tests.wire.scene import Scene


pytestmark = pytest.mark.wire

SECRET = "a-secret-of-tests-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hook(Scene):
    """A bot behind a webhook; the test is Telegram."""

    def post(self, update: Any, secret: str | None = SECRET) -> int:
        """Deliver an update and give the status."""
        headers = {HEADER: secret} if secret is not None else {}
        content = update if isinstance(update, bytes) else None
        body = None if content is not None else update
        answer = httpx.post(
            f"http://127.0.0.1:{self.bot.health_port}/telegram",
            json=body,
            content=content,
            headers=headers,
            timeout=30,
            trust_env=False,
        )
        return answer.status_code

    def newest(self) -> dict[str, Any]:
        """Give the update of what somebody did last, as the platform would deliver it."""
        return dict(self.server.updates.queue.pop().body)

    def told(self, person: Person) -> list[str]:
        """Give what the person was told, when nothing waits any more."""
        self.server.wait_for(lambda: not self.bot.waits, 30, "the outbox to be empty")
        return [post.text for post in person.chat.posts if post.author.is_bot]


@pytest.fixture(scope="session")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hook]:
    with TelegramServer().in_thread() as server:
        settings = {
            "TELEGRAM_MODE": "webhook",
            "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        bot = BotProcess(server, tmp_path_factory.mktemp("bot"), **settings)
        try:
            bot.start()
            bot.wait_until_running()
            dora = server.user("Dora")
            yield Hook(server, bot, dora, server.group("Directors", dora))
            assert server.violations == []
        finally:
            bot.stop()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x"])
def test_who_does_not_know_the_secret_is_refused_and_nothing_is_kept(hook: Hook, secret: str | None) -> None:
    ana = hook.server.user("Ana")
    ana.say("/start")
    before = hook.rows("SELECT count(*) FROM inbox"), hook.rows("SELECT count(*) FROM person")

    status = hook.post(hook.newest(), secret)

    assert status == 403
    assert (hook.rows("SELECT count(*) FROM inbox"), hook.rows("SELECT count(*) FROM person")) == before
    assert hook.told(ana) == []


def test_an_update_that_comes_again_is_answered_once(hook: Hook) -> None:
    ben = hook.server.user("Ben")
    ben.say("/start")
    update = hook.newest()

    statuses = [hook.post(update) for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert len(hook.told(ben)) == 1


@pytest.mark.parametrize(
    ("broken", "letter"),
    [
        (b"this is no JSON", "u?"),
        (5, "u?"),
        ({"update_id": 7, "message": {"chat": 5, "text": "a secret of somebody"}}, "u7"),
        ({"update_id": 8, "callback_query": "x"}, "u8"),
    ],
    ids=["no JSON", "a number", "no message", "no tap"],
)
def test_what_cannot_be_read_is_put_aside_and_what_comes_next_is_answered(
    hook: Hook, broken: Any, letter: str
) -> None:
    cho = hook.server.user("Cho")
    cho.say("/start")

    statuses = [hook.post(broken), hook.post(hook.newest())]

    assert statuses == [200, 200]
    assert hook.rows("SELECT DISTINCT event FROM dead_letter WHERE event = ?", letter) == [(letter,)]
    assert len(hook.told(cho)) == 1
    assert hook.bot.files_hold("a secret of somebody") == []
