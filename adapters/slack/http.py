"""Receiving by signed requests on the one web server: Bolt checks the signature, the inbox knows replays."""

import re
from collections.abc import Mapping

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.slack.app import dispatched
from adapters.web import body_of


PATHS = ("/slack/events", "/slack/commands", "/slack/interactivity")
STAMP = "x-slack-request-timestamp"
SIGNATURE = "x-slack-signature"
#: Slack's payloads are smaller (a form has 250 KB at the most); more is not from Slack.
LARGEST = 1_000_000
#: No UTF-8, no JSON, no object, too deep a one: what reading then raises.
_NOT_OF_SLACK = (ValueError, TypeError, AttributeError, RecursionError)


def http_routes(app: AsyncApp) -> list[BaseRoute]:
    """Give the routes at which Slack delivers events, commands and interactions."""

    async def receive(request: Request) -> Response:
        if _is_odd(request.headers):
            return Response(status_code=401)
        body = await body_of(request, LARGEST)
        if body is None:
            return Response(status_code=413)
        try:
            asked = to_async_bolt_request(request, body)
        except _NOT_OF_SLACK:
            return Response(status_code=400)
        return to_starlette_response(await dispatched(app, asked))

    return [Route(path, receive, methods=["POST"]) for path in PATHS]


def _is_odd(headers: Mapping[str, str]) -> bool:
    """Tell whether there is a signature that cannot be one: Bolt's verifier would raise, not refuse."""
    stamp, signature = headers.get(STAMP, "0"), headers.get(SIGNATURE, "")
    return not re.fullmatch(r"[0-9]{1,12}", stamp) or not signature.isascii()
