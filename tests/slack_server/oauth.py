"""OAuth: the page where a workspace allows the app, and the code it gets exchanged for a token."""

from __future__ import annotations

from aiohttp import web

from tests.slack_server.errors import Json, Refused
from tests.slack_server.world import World


def access(world: World, p: Json, request: web.Request) -> Json:
    """Carries out oauth.v2.access."""
    del world, p, request
    raise Refused("invalid_code")
