"""The library's errors as the few facts the shell knows, each by what really happened.

The order matters: BadRequest is a NetworkError there, so a permanent refusal must be looked for first.
"""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from adapters.leaving import not_sent
from bot.ports import CannotReach, ChatError, MovedTo, NotSent, Rejected, RetryLater, Uncertain


#: What a refusal says (texts of Telegram's own server) and why the chat cannot be reached.
_FORBIDDEN = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("can't initiate conversation", "not-started"),
    ("group chat was deleted", "deleted"),
    ("was kicked", "removed"),
    ("is not a member", "removed"),
    ("have no rights to send", "muted"),
)
_BAD_REQUEST = (
    ("chat not found", "not-found"),
    ("user not found", "not-found"),
    ("peer_id_invalid", "not-found"),
    ("group is deactivated", "deleted"),
    ("have no write access", "muted"),
    ("not enough rights to send", "muted"),
    ("chat_write_forbidden", "muted"),
    ("topic_closed", "muted"),
    ("message thread not found", "muted"),
)
#: A wrong token is the operator's to mend; the messages wait meanwhile.
_TOKEN_WAIT = timedelta(minutes=1)


def translate(error: TelegramError) -> ChatError:
    """Give the fact that an error of the library stands for."""
    match error:
        case RetryAfter():
            return RetryLater(_span(error.retry_after))
        case ChatMigrated():
            return MovedTo(str(error.new_chat_id))
        case Forbidden():
            return CannotReach(_why(error, _FORBIDDEN) or "forbidden")
        case InvalidToken():
            return RetryLater(_TOKEN_WAIT, everything=True)
        case BadRequest():
            why = _why(error, _BAD_REQUEST)
            return CannotReach(why) if why else Rejected(error.message)
        case Conflict():
            return NotSent(error.message)
    # A time-out while reading, a broken connection, a 5xx, an answer that is no JSON: it may have arrived.
    return not_sent(error) or Uncertain(error.message)


def says(error: TelegramError, *texts: str) -> bool:
    """Tell whether the error's words contain one of these, in any case."""
    message = error.message.lower()
    return any(text.lower() in message for text in texts)


def _why(error: TelegramError, table: tuple[tuple[str, str], ...]) -> str:
    return next((why for text, why in table if says(error, text)), "")


def _span(retry_after: int | timedelta) -> timedelta:
    return retry_after if isinstance(retry_after, timedelta) else timedelta(seconds=retry_after)
