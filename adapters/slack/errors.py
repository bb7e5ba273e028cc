"""Slack's errors as the few facts the shell knows, each by what really happened.

The words are those of Slack's reference; its methods answer 200 with `ok: false` for nearly everything.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.leaving import not_sent
from bot.ports import CannotReach, ChatError, NotSent, Rejected, RetryLater, Uncertain


#: Why a person or chat cannot be reached.
PERSON: Mapping[str, str] = MappingProxyType(
    {
        "user_not_found": "not-found",
        "users_not_found": "not-found",
        "user_disabled": "deactivated",
        "user_not_visible": "not-visible",
        "cannot_dm_bot": "bot",
        "cannot_message_user": "not-visible",
        "invalid_user_combination": "not-visible",
        "user_is_restricted": "guest",
        "user_is_ultra_restricted": "guest",
        "ura_max_channels": "guest",
        "cant_invite": "not-visible",
    }
)
CHAT: Mapping[str, str] = MappingProxyType(
    {
        "channel_not_found": "not-found",
        "is_archived": "deleted",
        "not_in_channel": "removed",
        "is_inactive": "deleted",
        "restricted_action": "muted",
        "restricted_action_read_only_channel": "muted",
        "restricted_action_thread_only_channel": "muted",
        "posting_to_channel_denied": "muted",
    }
)
#: The installation is gone, or its token is not ours to use: the workspace waits, the others go on.
INSTALL = frozenset(
    {
        "account_inactive",
        "token_revoked",
        "token_expired",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "ekm_access_denied",
        "team_access_not_granted",
        "access_denied",
        "accesslimited",
        "two_factor_setup_required",
        "team_not_found",
    }
)
#: Nothing was done: it may be sent again without a doubt.
_NOT_DONE = frozenset(
    {"service_unavailable", "request_timeout", "team_added_to_org", "external_channel_migrating"}
)
#: "It is possible some aspect of the operation succeeded before the error was raised."
_PERHAPS_DONE = frozenset({"internal_error", "fatal_error"})
_TOO_MANY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

#: How long a workspace waits for its installation to be mended; and for a limit that names no span.
INSTALL_WAIT = timedelta(minutes=5)
LIMIT_WAIT = timedelta(seconds=30)


def translate(error: Exception) -> ChatError:
    """Give the fact that an error of the library stands for."""
    match error:
        case SlackApiError():
            return _answered(error)
        case SlackClientError() | aiohttp.ClientError() | asyncio.TimeoutError() | OSError():
            # A time-out while reading, a broken connection, an answer that is no JSON: it may have arrived.
            return not_sent(error) or Uncertain(repr(error))
    raise error


def code(error: SlackApiError) -> str:
    """Give Slack's word for what went wrong; "" where it gave none."""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error", "")) if isinstance(answer, Mapping) else ""


def _answered(error: SlackApiError) -> ChatError:
    response, word = error.response, code(error)
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    if status == 429 or word in _TOO_MANY:
        return RetryLater(_wait(response))
    if word in INSTALL:
        return RetryLater(INSTALL_WAIT, everything=True)
    why = PERSON.get(word) or CHAT.get(word)
    if why:
        return CannotReach(why)
    if word in _NOT_DONE:
        return NotSent(word)
    if word in _PERHAPS_DONE or not word:
        return Uncertain(word or f"HTTP {status}")
    return Rejected(_words(word, response))


def _wait(response: Any) -> timedelta:
    after = str(response.headers.get("Retry-After", ""))
    return timedelta(seconds=float(after)) if after.isdigit() else LIMIT_WAIT


def _words(word: str, response: Any) -> str:
    """Give the word with what Slack says about it: the scope that is missing, the block that is wrong."""
    more = [response.get("needed"), *((response.get("response_metadata") or {}).get("messages") or ())]
    said = "; ".join(str(each) for each in more if each)
    return f"{word}: {said}" if said else word
