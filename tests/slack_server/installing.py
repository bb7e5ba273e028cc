"""How workspaces, people and installs come into the world, and how an install ends."""

from __future__ import annotations

from typing import Any

from tests.slack_server.accounts import Account
from tests.slack_server.people import Person
from tests.slack_server.posts import tell_of_user
from tests.slack_server.stage import Stage
from tests.slack_server.teams import Install, Team
from tests.slack_server.world import World


def new_team(world: World, name: str, *, installed: bool) -> Team:
    """Makes a workspace with the app's bot user (which has no token until it is installed)."""
    team_id = world.new_id("T")
    bot = Account(world.new_id("U"), team_id, world.manifest.name, is_bot=True, bot_id=world.new_id("B"))
    slackbot = Account("USLACKBOT", team_id, "Slackbot", is_bot=False)
    team = Team(team_id, name, name.lower().replace(" ", "-"), bot, {bot.id: bot, slackbot.id: slackbot})
    world.teams[team_id] = team
    world.accounts[bot.id] = bot
    if installed:
        install(world, team)
    return team


def install(world: World, team: Team) -> Install:
    """Installs the app: a new bot token with the manifest's scopes."""
    token = f"xoxb-{team.id}-{world.stamp()}-tests-only"
    team.install = world.installs[token] = Install(team, token, world.manifest.scopes)
    return team.install


def new_person(stage: Stage, team: Team, name: str, *, joins: bool, profile: dict[str, Any]) -> Person:
    """Makes a member of a workspace, who was there before or joins now."""
    world = stage.world
    home = world.new_id("T") if profile.get("stranger") else team.id
    account = Account(world.new_id("U"), home, name, **profile)
    world.accounts[account.id] = team.accounts[account.id] = account
    if account.is_bot:
        account.bot_id = world.new_id("B")
    if joins:
        tell_of_user(world, team, account, "team_join")
    return Person(stage, account, team)


def uninstall(world: World, team: Team) -> None:
    """Removes the app; the last it hears is that."""
    assert team.install, "the app is not installed there"
    at = world.new_ts()
    world.tell(team, "app_uninstalled", {"type": "app_uninstalled", "event_ts": at})
    _tell_of_tokens(world, team)
    team.install.dead = "account_inactive"


def revoke(world: World, team: Team, *, tell: bool = True) -> None:
    """Revokes the bot token."""
    assert team.install, "the app is not installed there"
    if tell:
        _tell_of_tokens(world, team)
    team.install.dead = "token_revoked"


def _tell_of_tokens(world: World, team: Team) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot.id]}}
    world.tell(team, "tokens_revoked", event | {"event_ts": world.new_ts()})
