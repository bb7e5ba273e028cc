"""The library's errors are told as what really happened, for that decides what is done next."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram.errors import says, translate
from bot.ports import CannotReach, ChatError, MovedTo, NotSent, Rejected, RetryLater, Uncertain


def caused(error: Any, cause: Exception) -> Any:
    error.__cause__ = cause
    return error


def told(error: ChatError) -> tuple[type[ChatError], Any]:
    """Give what an error says: its class, and what is to be known about it."""
    for name in ("after", "why", "chat"):
        if hasattr(error, name):
            return type(error), getattr(error, name)
    return type(error), None


@pytest.mark.parametrize(
    ("error", "fact", "value"),
    [
        (RetryAfter(37), RetryLater, timedelta(seconds=37)),
        (RetryAfter(timedelta(hours=3)), RetryLater, timedelta(hours=3)),
        (ChatMigrated(-1002300000001), MovedTo, "-1002300000001"),
        (Forbidden("Forbidden: bot was blocked by the user"), CannotReach, "blocked"),
        (Forbidden("Forbidden: user is deactivated"), CannotReach, "deactivated"),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), CannotReach, "not-started"),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), CannotReach, "removed"),
        (Forbidden("Forbidden: bot is not a member of the group chat"), CannotReach, "removed"),
        (Forbidden("Forbidden: the group chat was deleted"), CannotReach, "deleted"),
        (Forbidden("Forbidden: something new"), CannotReach, "forbidden"),
        (BadRequest("Bad Request: chat not found"), CannotReach, "not-found"),
        (BadRequest("Have no write access to the chat"), CannotReach, "muted"),
        (BadRequest("Not enough rights to send text messages to the chat"), CannotReach, "muted"),
        (BadRequest("TOPIC_CLOSED"), CannotReach, "muted"),
        (BadRequest("can't parse entities: …"), Rejected, "can't parse entities: …"),
        (BadRequest("BUTTON_DATA_INVALID"), Rejected, "BUTTON_DATA_INVALID"),
        (InvalidToken("Unauthorized"), RetryLater, timedelta(minutes=1)),
        (Conflict("terminated by other getUpdates request"), NotSent, None),
        (caused(TimedOut(), aiohttp.ConnectionTimeoutError()), NotSent, None),
        (caused(NetworkError(""), aiohttp.InvalidURL("http://")), NotSent, None),
        (caused(NetworkError(""), caused(aiohttp.ClientConnectionError(), NotSent(""))), NotSent, None),
        (caused(TimedOut(), aiohttp.SocketTimeoutError()), Uncertain, None),
        (caused(NetworkError(""), aiohttp.ServerDisconnectedError()), Uncertain, None),
        (caused(NetworkError(""), aiohttp.ClientOSError()), Uncertain, None),
        (caused(NetworkError(""), aiohttp.ClientPayloadError()), Uncertain, None),
        (NetworkError("Bad Gateway (502)"), Uncertain, None),
        (NetworkError("Internal Server Error (500)"), Uncertain, None),
        (TelegramError("Invalid server response"), Uncertain, None),
    ],
)
def test_each_error_is_told_as_the_fact_it_is(
    error: TelegramError, fact: type[ChatError], value: Any
) -> None:
    assert told(translate(error)) == (fact, value)


def test_a_wrong_token_stops_everything_and_loses_nothing() -> None:
    error = translate(InvalidToken("Not Found"))

    assert isinstance(error, RetryLater)
    assert error.everything


def test_words_of_an_error_are_found_in_any_case() -> None:
    assert says(BadRequest("USER_ALREADY_PARTICIPANT"), "user_already_participant")
    assert not says(BadRequest("chat not found"), "user not found", "message")
