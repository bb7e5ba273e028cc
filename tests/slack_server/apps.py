"""auth.*, apps.*, bots.*, team.*: the app itself."""

from __future__ import annotations

from tests.slack_server import installing
from tests.slack_server.errors import Json, Refused
from tests.slack_server.teams import Install
from tests.slack_server.world import World


def api_test(world: World, install: Install, p: Json) -> Json:
    """Carries out api.test."""
    del world, install
    if p.get("error"):
        raise Refused(p["error"])
    return {"args": p}


def auth_test(world: World, install: Install, p: Json) -> Json:
    """Carries out auth.test."""
    del world, p
    team = install.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": team.bot.handle,
        "team_id": team.id,
        "user_id": team.bot.id,
        "bot_id": team.bot.bot_id,
        "is_enterprise_install": False,
    }


def bots_info(world: World, install: Install, p: Json) -> Json:
    """Carries out bots.info."""
    bot = install.team.bot
    if p.get("bot") not in {None, bot.bot_id}:
        raise Refused("bot_not_found")
    shown = {"id": bot.bot_id, "deleted": False, "name": bot.name, "user_id": bot.id, "app_id": world.app_id}
    return {"bot": shown | {"updated": 0, "icons": {}}}


def team_info(world: World, install: Install, p: Json) -> Json:
    """Carries out team.info."""
    del world, p
    team = install.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def revoke(world: World, install: Install, p: Json) -> Json:
    """Carries out auth.revoke."""
    if p.get("test"):
        return {"revoked": False}
    installing.revoke(world, install.team)
    return {"revoked": True}


def uninstall(world: World, install: Install, p: Json) -> Json:
    """Carries out apps.uninstall."""
    del p
    installing.uninstall(world, install.team)
    return {}
