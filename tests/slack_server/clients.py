"""The real client library, pointed at the server."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server.server import SlackServer


def library(server: SlackServer, token: str = "") -> AsyncWebClient:
    """Gives slack_sdk's client with the bot token of the first workspace (or another token)."""
    return AsyncWebClient(token or server.bot_token, base_url=server.base_url)
