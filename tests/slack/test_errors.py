"""Slack's errors become the few facts the shell knows; none is left that the shell would stumble over."""

from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.calls import Unreadable
from adapters.slack.errors import INSTALL_WAIT, LIMIT_WAIT, code, translate
from bot.ports import CannotReach, ChatError, NotSent, Rejected, RetryLater, Uncertain


def refused() -> aiohttp.ClientConnectorError:
    """Give the library's error for a connection that nobody took."""
    to = ConnectionKey("slack.com", 443, True, True, None, None, None)
    return aiohttp.ClientConnectorError(to, OSError("refused"))


def answered(error: str = "", status: int = 200, headers: dict[str, str] | None = None, **more: Any) -> Any:
    """Give the library's error for an answer of Slack's."""
    data: Any = {"ok": False, "error": error, **more} if error else more.get("text", {})
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data=data,
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("The request failed.", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        ("user_not_found", CannotReach("not-found")),
        ("user_disabled", CannotReach("deactivated")),
        ("user_not_visible", CannotReach("not-visible")),
        ("cannot_dm_bot", CannotReach("bot")),
        ("invalid_user_combination", CannotReach("not-visible")),
        ("channel_not_found", CannotReach("not-found")),
        ("is_archived", CannotReach("deleted")),
        ("not_in_channel", CannotReach("removed")),
        ("restricted_action", CannotReach("muted")),
        ("account_inactive", RetryLater(INSTALL_WAIT, everything=True)),
        ("token_revoked", RetryLater(INSTALL_WAIT, everything=True)),
        ("org_login_required", RetryLater(INSTALL_WAIT, everything=True)),
        ("message_limit_exceeded", RetryLater(LIMIT_WAIT)),
        ("service_unavailable", NotSent("service_unavailable")),
        ("request_timeout", NotSent("request_timeout")),
        ("internal_error", Uncertain("internal_error")),
        ("fatal_error", Uncertain("fatal_error")),
        ("invalid_blocks", Rejected("invalid_blocks")),
        ("no_text", Rejected("no_text")),
        ("messages_tab_disabled", Rejected("messages_tab_disabled")),
        ("never_heard_of", Rejected("never_heard_of")),
    ],
)
def test_each_word_of_slacks_is_a_fact(error: str, fact: ChatError) -> None:
    found = translate(answered(error))

    assert (type(found), str(found), vars(found)) == (type(fact), str(fact), vars(fact))


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("", 30), ("soon", 30)])
def test_a_limit_says_how_long_to_wait(header: str, seconds: float) -> None:
    found = translate(answered("ratelimited", 429, {"Retry-After": header}))

    assert isinstance(found, RetryLater)
    assert (found.after.total_seconds(), found.everything) == (seconds, False)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_fails_leaves_it_unsure_whatever_it_says(status: int) -> None:
    assert isinstance(translate(answered(status=status, text="<html>Bad gateway</html>")), Uncertain)


def test_a_scope_that_is_missing_and_a_block_that_is_wrong_are_named() -> None:
    scope = translate(answered("missing_scope", needed="pins:write"))
    block = translate(answered("invalid_blocks", response_metadata={"messages": ["[ERROR] too long"]}))

    assert [str(scope), str(block)] == ["missing_scope: pins:write", "invalid_blocks: [ERROR] too long"]


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(),
        aiohttp.ClientPayloadError(),
        TimeoutError(),
        ConnectionResetError(),
        Unreadable("'str' object has no attribute 'get'"),
        SlackClientError("something else"),
    ],
)
def test_a_broken_connection_leaves_it_unsure(error: Exception) -> None:
    assert isinstance(translate(error), Uncertain)


@pytest.mark.parametrize(
    "error", [aiohttp.ConnectionTimeoutError(), aiohttp.InvalidURL("http://"), refused()]
)
def test_without_a_connection_nothing_left_this_machine(error: Exception) -> None:
    assert isinstance(translate(error), NotSent)


def test_a_defect_of_ours_stays_what_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        translate(ZeroDivisionError())


def test_an_answer_of_another_kind_has_no_word() -> None:
    assert code(answered(status=502, text="<html>")) == ""
