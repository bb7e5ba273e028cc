"""A small real Bolt app, connected by socket or by signed HTTP, for the tests of the stand-in for Slack."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import SlackServer, library


Json = dict[str, Any]
QUIET = logging.getLogger("tests.slack_server_tests.quiet")
QUIET.setLevel(logging.CRITICAL + 1)


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, value: str = "x") -> Json:
    return {"type": "button", "text": plain(label), "action_id": f"do-{value}", "value": value}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(label: str, block_id: str = "name", **element: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "in", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def modal(*blocks: Json, title: str = "Apply", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "apply",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def bolt(server: SlackServer) -> AsyncApp:
    """Gives an app without a listener yet."""
    return AsyncApp(client=library(server), signing_secret=server.signing_secret, logger=QUIET)


@asynccontextmanager
async def by_socket(app: AsyncApp, server: SlackServer) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connects an app by Socket Mode."""
    web_client = AsyncWebClient(base_url=server.base_url, logger=QUIET)
    handler = AsyncSocketModeHandler(
        app, server.app_token, web_client=web_client, logger=QUIET, ping_interval=0.2
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await server.until(lambda: server.sockets.links)
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(app: AsyncApp, server: SlackServer) -> AsyncIterator[str]:
    """Serves an app on a port of its own and points the deliveries there."""

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    for path in ("events", "commands", "interactivity"):
        site.router.add_post(f"/slack/{path}", handle)
    runner = web.AppRunner(site, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    server.delivers_to(base)
    try:
        yield base
    finally:
        await runner.cleanup()
