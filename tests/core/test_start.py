"""What a start says when Telegram does not let it happen."""

from datetime import timedelta

import pytest

from bot.entry.telegram import unusable
from bot.ports import CannotReach, ChatError, NotSent, Rejected, RetryLater, Uncertain


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotSent("httpx.ConnectError: All connection attempts failed"), "Telegram cannot be reached."),
        (Uncertain("httpx.ReadError: "), "Telegram cannot be reached."),
        (RetryLater(timedelta(minutes=1), everything=True), "Telegram does not know TELEGRAM_BOT_TOKEN."),
        (Rejected("Bad webhook"), "Telegram refused the start: Bad webhook."),
        (CannotReach("removed"), "Telegram refused the start: removed."),
    ],
)
def test_a_start_that_fails_says_why_in_plain_words(error: ChatError, told: str) -> None:
    assert unusable(error) == f"{told} Run `antipode check`."


def test_a_start_that_must_wait_says_how_long() -> None:
    assert unusable(RetryLater(timedelta(seconds=30))) == "Telegram asks to wait 30 s. Then start again."
