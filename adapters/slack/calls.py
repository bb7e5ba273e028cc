"""Calling the Web API: one session for all, a client for each token, every error told as a fact."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.leaving import asking
from adapters.proxy import proxy_for
from adapters.slack.errors import INSTALL_WAIT, translate
from bot.ports import CannotReach, RetryLater


Tokens: TypeAlias = Callable[[str], str]
"""Gives the bot token of a workspace ("T…"); raises CannotReach where the app is not installed."""

API = "https://slack.com/api/"
#: Seconds. An answer that takes longer leaves us unsure whether the message arrived, so we are patient.
TIMEOUT = 20.0
CONNECT = 10.0
#: What the library raises.
RAISED = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)


class Unreadable(SlackClientError):
    """The answer is no object: the library stumbles over it with an AttributeError."""


def one_token(token: str) -> Tokens:
    """Give the tokens of an app that is installed in one workspace only."""
    return lambda _team: token


class SlackCalls:
    """The Web API of every workspace the app is in. Raises only ChatErrors; `close` at the end."""

    def __init__(self, tokens: Tokens, api_url: str = API, *, timeout: float = TIMEOUT) -> None:
        """Take the workspaces' tokens and the server's address (Slack's own, or a test's)."""
        self.tokens = tokens
        self.api_url = api_url if api_url.endswith("/") else f"{api_url}/"
        self.timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections; opened at the first use, since they belong to the running loop."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=self.timeout, connect=CONNECT)
            self._session = aiohttp.ClientSession(timeout=timeout, trace_configs=[asking()])
            self._clients.clear()
        return self._session

    async def call(self, team: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method of the library's client in a workspace; raises one of the ChatErrors."""
        try:
            return await self.ask(team, method, **arguments)
        except RAISED as error:
            raise translate(error) from error

    async def ask(self, team: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method, and let the library's own errors through; RetryLater where no token is."""
        function = getattr(self._client(team), method)
        try:
            response = await function(**arguments)
        except AttributeError as error:
            raise Unreadable(repr(error)) from error
        data: Mapping[str, Any] = response.data
        return data

    async def upload(self, url: str, content: bytes) -> None:
        """Put a file where Slack wants it; raises one of the ChatErrors."""
        try:
            async with self.session.post(url, data=content, proxy=proxy_for(url)) as response:
                response.raise_for_status()
        except RAISED as error:
            raise translate(error) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _client(self, team: str) -> AsyncWebClient:
        try:
            token = self.tokens(team)
        except CannotReach as error:
            # The people are where they were: what is for them waits until the app is installed again.
            raise RetryLater(INSTALL_WAIT, everything=True) from error
        session = self.session
        if token not in self._clients:
            # No retry handlers: the default ones send a message again when its answer was lost.
            client = AsyncWebClient(
                token, base_url=self.api_url, session=session, timeout=int(self.timeout), retry_handlers=[]
            )
            # The library looks it up by itself, but heeds no NO_PROXY and no other kind of proxy.
            client.proxy = proxy_for(self.api_url)
            self._clients[token] = client
        return self._clients[token]
