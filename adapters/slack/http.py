"""Receiving by signed requests on the one web server: Bolt checks the signature, the inbox knows replays."""

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.web import body_of


log = structlog.get_logger()

PATHS = ("/slack/events", "/slack/commands", "/slack/interactivity")
STAMP = "x-slack-request-timestamp"
#: Slack's payloads are smaller (a form has 250 KB at the most); more is not from Slack.
LARGEST = 1_000_000


def http_routes(app: AsyncApp) -> list[BaseRoute]:
    """Give the routes at which Slack delivers events, commands and interactions."""

    async def receive(request: Request) -> Response:
        if not request.headers.get(STAMP, "0").isdecimal():  # Bolt's verifier would raise
            return Response(status_code=401)
        body = await body_of(request, LARGEST)
        if body is None:
            return Response(status_code=413)
        try:
            asked = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError):  # no UTF-8, no JSON, no object: not from Slack
            return Response(status_code=400)
        answer = await app.async_dispatch(asked)
        if answer.status >= 500:
            log.error("slack_not_handled", status=answer.status)
        return to_starlette_response(answer)

    return [Route(path, receive, methods=["POST"]) for path in PATHS]
