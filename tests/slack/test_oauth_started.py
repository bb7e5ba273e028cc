"""A start with OAuth: what was installed is in the database, sealed, and needs the key."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from adapters.clock import SystemClock
from bot.app import Bot
from bot.entry.side import Around, NotStarted, Side
from bot.entry.slack import slack_side, slack_workspaces
from bot.ports import Installation
from bot.settings import Settings, load_settings
from storage import StoreImplementation
from storage.installations import Installations
from tests.conversations.stage import program
from tests.fresh import fresh_store
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire
KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def settings(server: SlackServer, key: str) -> Settings:
    given = {
        "SLACK_CLIENT_ID": server.client_id,
        "SLACK_CLIENT_SECRET": server.client_secret,
        "SLACK_SIGNING_SECRET": server.signing_secret,
        "SLACK_API_URL": server.base_url,
        "ANTIPODE_ENCRYPTION_KEY": key,
    }
    return load_settings(given, Path("/nowhere/.env"))


async def started(server: SlackServer, store: StoreImplementation, key: str) -> tuple[Side, list[str]]:
    """Start Slack's side; gives the workspaces it found."""
    async with AsyncExitStack() as stack:
        around = Around(settings(server, key), store, Bot(store, program(), SystemClock()), stack)
        workspaces = await slack_workspaces(around.settings, stack)
        side = await slack_side(workspaces, around)
        return side, [each.team for each in workspaces.all()]


async def test_a_first_start_has_no_workspace_and_the_pages_to_install_one() -> None:
    async with SlackServer() as server, fresh_store() as store:
        side, teams = await started(server, store, KEY)

    assert teams == []
    assert {getattr(route, "path", "") for route in side.receiving.routes} == {
        "/slack/install",
        "/slack/oauth_redirect",
        "/slack/events",
        "/slack/commands",
        "/slack/interactivity",
    }


async def test_what_was_installed_is_found_with_an_old_key_behind_a_new_one() -> None:
    async with SlackServer() as server, fresh_store() as store:
        sealed = Fernet(KEY).encrypt(server.bot_token.encode()).decode()
        now = SystemClock().now()
        one = Installation("slack", server.team.id, "Librarians", "U1", "B1", "chat:write", sealed, now)
        await Installations(store.database, "slack").keep(one)

        _, first = await started(server, store, f"{OTHER},{KEY}")
        _, second = await started(server, store, OTHER)
        with pytest.raises(NotStarted, match="ANTIPODE_ENCRYPTION_KEY"):
            await started(server, store, KEY)

    assert first == second == [server.team.id]
