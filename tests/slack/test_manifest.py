"""The manifest from which a director makes the app: what Slack takes, and no scope more than is used."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.installs import SCOPES
from adapters.slack.receive import _EVENTS
from bot.conversations.words import COMMANDS
from tests.slack_server.manifest import Manifest


ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = json.loads((ROOT / "slack-manifest.json").read_text("utf-8"))
#: The scopes each method of the Web API needs where the program calls it (docs.slack.dev/reference/methods).
METHODS: dict[str, set[str]] = {
    "apps_connections_open": set(),  # the app-level token's own connections:write
    "auth_test": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"im:history"},  # of the person's own chat with the bot, to carry a message
    "conversations_info": {"groups:read"},  # of the directors' private channel
    "conversations_members": {"groups:read"},
    "conversations_open": {"im:write", "mpim:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
#: Called only where each pair has a private channel, a setting that asks for one scope more.
CHANNEL_METHODS: dict[str, set[str]] = {
    "conversations_create": {"groups:write"},
    "conversations_invite": {"groups:write"},
    "conversations_leave": {"groups:write"},
    "conversations_setTopic": {"groups:write"},
    "users_conversations": {"groups:read"},
}
#: What each event needs (docs.slack.dev/reference/events); of several the least that is asked for anyway.
EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_id_changed": set(),
    "channel_shared": {"groups:read"},
    "channel_unshared": {"groups:read"},
    "group_archive": {"groups:read"},
    "member_joined_channel": {"groups:read", "mpim:read"},
    "member_left_channel": {"groups:read"},
    "message.im": {"im:history"},
    "team_join": {"users:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
_CALLED = re.compile(r"[\".]((?:apps|auth|bots|chat|conversations|files|pins|users|views)_\w+)[\"(]")


def at(*path: str) -> Any:
    """Give what stands at this place of the manifest."""
    found: Any = MANIFEST
    for part in path:
        found = found[part]
    return found


def test_the_strict_server_takes_it() -> None:
    """Every event has its scope."""
    assert Manifest.read(ROOT / "slack-manifest.json").socket_mode


def test_the_scopes_are_those_of_what_is_used_and_no_more() -> None:
    """A scope that nothing needs would ask a workspace's owners for too much trust."""
    needed = {"commands"}.union(*METHODS.values(), *EVENTS.values())

    assert set(at("oauth_config", "scopes", "bot")) == needed
    assert "user" not in at("oauth_config", "scopes")
    assert needed == SCOPES


def test_every_method_that_is_called_has_its_scopes_here() -> None:
    """So that a new call does not fail in a workspace only."""
    files = [file for file in (ROOT / "adapters" / "slack").glob("*.py") if file.name != "errors.py"]
    called = {name for file in files for name in _CALLED.findall(file.read_text("utf-8"))}

    assert called == METHODS.keys() | CHANNEL_METHODS.keys()


def test_what_pairs_write_is_not_asked_for() -> None:
    """Neither the event nor the scope: the bot cannot read it."""
    assert not {"mpim:history", "groups:history", "channels:history"} & set(
        at("oauth_config", "scopes", "bot")
    )
    assert not {"message.mpim", "message.groups", "message.channels"} & set(_subscribed())


def test_every_event_is_read() -> None:
    """What is subscribed and not read would be thirty thousand deliveries an hour for nothing."""
    assert set(_subscribed()) == EVENTS.keys()
    assert {name.partition(".")[0] for name in _subscribed()} <= _EVENTS.keys()


def test_people_can_write_in_the_messages_tab() -> None:
    """It is off and read-only where nothing is said."""
    assert at("features", "app_home") == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_views_in_which_slash_commands_fail_are_off() -> None:
    """Slash commands do not work in an assistant's thread."""
    assert not {"agent_view", "assistant_view"} & set(at("features"))
    assert (at("settings", "org_deploy_enabled"), at("settings", "token_rotation_enabled")) == (False, False)


def test_buttons_and_the_socket_are_on() -> None:
    """Without interactivity no button does anything; without the socket a public address is needed."""
    assert at("settings", "interactivity", "is_enabled") is True
    assert at("settings", "socket_mode_enabled") is True


def test_the_slash_command_tells_how_it_is_used() -> None:
    """Names come as ids, so that a person is found by any name; every word of the hint is a command."""
    (command,) = at("features", "slash_commands")

    assert (command["command"], command["should_escape"]) == ("/antipode", True)
    assert set(command["usage_hint"].split(" | ")) <= set(COMMANDS)


def test_shortcuts_are_commands() -> None:
    """Their last word is what is typed."""
    words = [each["callback_id"].rpartition(":")[2] for each in at("features", "shortcuts")]

    assert set(words) <= set(COMMANDS)
    assert {each["type"] for each in at("features", "shortcuts")} == {"global"}


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (("display_information", "name"), 35),
        (("display_information", "description"), 140),
        (("display_information", "long_description"), 4000),
        (("features", "bot_user", "display_name"), 80),
    ],
)
def test_words_fit(path: tuple[str, ...], most: int) -> None:
    """Within the limits of Slack's manifest schema; a long description has 175 characters at least."""
    assert 0 < len(at(*path)) <= most
    assert len(at("display_information", "long_description")) >= 175


def test_names_of_commands_and_shortcuts_fit() -> None:
    """32 and 24 characters; descriptions and hints have their own limits."""
    for command in at("features", "slash_commands"):
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in at("features", "shortcuts"):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert len(shortcut["description"]) <= 150


def _subscribed() -> list[str]:
    return list(at("settings", "event_subscriptions", "bot_events"))
