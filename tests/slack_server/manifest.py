"""The app as its manifest describes it: scopes, events, commands, shortcuts, what its home shows."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.slack_server.errors import Json


# Which of these scopes an event needs (any one of them); an event that is not here is unknown to the server.
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "message.groups": ("groups:history",),
    "message.channels": ("channels:history",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "member_joined_channel": ("channels:read", "groups:read", "mpim:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
    "channel_id_changed": (),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_left": ("groups:read",),
    "group_deleted": ("groups:read",),
    "team_rename": ("team:read",),
}

DEFAULT: Json = {
    "display_information": {"name": "Antipode"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Antipode", "always_online": True},
        "shortcuts": [
            {"name": "Antipode", "type": "global", "callback_id": "antipode", "description": "Open"}
        ],
        "slash_commands": [{"command": "/antipode", "description": "Antipode", "should_escape": True}],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "chat:write",
                "commands",
                "groups:read",
                "groups:write",
                "im:history",
                "im:write",
                "mpim:read",
                "mpim:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_id_changed",
                "channel_shared",
                "group_archive",
                "group_left",
                "member_joined_channel",
                "member_left_channel",
                "message.im",
                "team_join",
                "tokens_revoked",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@dataclass(frozen=True)
class Manifest:
    """One app manifest, checked for what Slack refuses on creation."""

    raw: Json

    @classmethod
    def read(cls, source: Json | str | Path | None) -> Manifest:
        """Gives a manifest from a dict or a JSON file; without one, the server's own."""
        raw = json.loads(Path(source).read_text("utf-8")) if isinstance(source, str | Path) else source
        manifest = cls(copy.deepcopy(raw or DEFAULT))
        manifest.check()
        return manifest

    def check(self) -> None:
        """Raises ValueError for an event the server does not know or that lacks its scope."""
        for event in self.events:
            if event not in EVENT_SCOPES:
                raise ValueError(f"the manifest subscribes to {event!r}, which this server does not know")
            if EVENT_SCOPES[event] and not self.scopes & set(EVENT_SCOPES[event]):
                raise ValueError(f"{event} needs a scope of {EVENT_SCOPES[event]}")
        if self.commands and "commands" not in self.scopes:
            raise ValueError("slash commands need the scope commands")

    @property
    def settings(self) -> Json:
        """Gives the settings part itself."""
        found: Json = self.raw.setdefault("settings", {})
        return found

    @property
    def rotates_tokens(self) -> bool:
        """Tells whether tokens expire after twelve hours."""
        return bool(self._at("settings", "token_rotation_enabled"))

    def _at(self, *path: str) -> Any:
        found: Any = self.raw
        for part in path:
            found = found.get(part, {}) if isinstance(found, dict) else {}
        return found

    @property
    def name(self) -> str:
        """Gives the name of the bot as people see it."""
        shown = self._at("features", "bot_user", "display_name")
        return str(shown or self._at("display_information", "name") or "Antipode")

    @property
    def scopes(self) -> frozenset[str]:
        """Gives the scopes of the bot token."""
        return frozenset(self._at("oauth_config", "scopes", "bot") or ())

    @property
    def events(self) -> frozenset[str]:
        """Gives the events the app subscribes to."""
        return frozenset(self._at("settings", "event_subscriptions", "bot_events") or ())

    @property
    def commands(self) -> dict[str, Json]:
        """Gives the slash commands by their names."""
        return {c["command"]: c for c in self._at("features", "slash_commands") or ()}

    @property
    def shortcuts(self) -> list[Json]:
        """Gives the global and message shortcuts."""
        return list(self._at("features", "shortcuts") or ())

    @property
    def redirect_urls(self) -> list[str]:
        """Gives where OAuth may send people back to."""
        return list(self._at("oauth_config", "redirect_urls") or ())

    @property
    def has_home(self) -> bool:
        """Tells whether the app has a home tab."""
        return bool(self._at("features", "app_home", "home_tab_enabled"))

    @property
    def has_messages(self) -> bool:
        """Tells whether the app's messages tab is on, so that the bot can write to people."""
        return bool(self._at("features", "app_home", "messages_tab_enabled"))

    @property
    def may_be_written_to(self) -> bool:
        """Tells whether people can write in the messages tab (it is read-only by default)."""
        read_only = self._at("features", "app_home", "messages_tab_read_only_enabled")
        return self.has_messages and read_only is False

    @property
    def socket_mode(self) -> bool:
        """Tells whether the app may connect by WebSocket."""
        return bool(self._at("settings", "socket_mode_enabled"))

    @property
    def interactive(self) -> bool:
        """Tells whether buttons, menus, modals and shortcuts reach the app."""
        return bool(self._at("settings", "interactivity", "is_enabled"))
