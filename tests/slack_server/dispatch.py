"""The table of methods, and one call from its raw arguments to its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.slack_server import apps, channels_api, chatting, conversations, files, reading, users, viewing
from tests.slack_server.errors import Json
from tests.slack_server.faults import Fault
from tests.slack_server.teams import Install
from tests.slack_server.world import World


Method = Callable[[World, Install, Json], Json]

METHODS: dict[str, Method] = {
    "api.test": apps.api_test,
    "auth.test": apps.auth_test,
    "auth.revoke": apps.revoke,
    "apps.uninstall": apps.uninstall,
    "bots.info": apps.bots_info,
    "team.info": apps.team_info,
    "chat.postMessage": chatting.post_message,
    "chat.postEphemeral": chatting.post_ephemeral,
    "chat.update": chatting.update,
    "chat.delete": chatting.delete,
    "chat.getPermalink": chatting.permalink,
    "conversations.open": conversations.open_chat,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.close": conversations.close,
    "conversations.leave": conversations.leave,
    "conversations.join": channels_api.join,
    "conversations.history": reading.history,
    "conversations.replies": reading.replies,
    "conversations.list": channels_api.list_all,
    "users.conversations": channels_api.list_all,
    "conversations.create": channels_api.create,
    "conversations.invite": channels_api.invite,
    "conversations.kick": channels_api.kick,
    "conversations.archive": channels_api.archive,
    "conversations.unarchive": channels_api.unarchive,
    "conversations.rename": channels_api.rename,
    "conversations.setTopic": channels_api.set_topic,
    "conversations.setPurpose": channels_api.set_purpose,
    "files.getUploadURLExternal": files.get_url,
    "files.completeUploadExternal": files.complete,
    "pins.add": reading.pin,
    "reactions.add": reading.react,
    "reactions.remove": reading.unreact,
    "users.info": users.info,
    "users.list": users.list_all,
    "users.lookupByEmail": users.by_email,
    "users.profile.get": users.profile,
    "views.open": viewing.open_modal,
    "views.push": viewing.push,
    "views.update": viewing.update,
    "views.publish": viewing.publish,
}


@dataclass(eq=False)
class Call:
    """One call of the app, as the server saw it, and what came of it."""

    method: str
    params: Json
    at: float
    team: str = ""
    error: str = ""
    fault: Fault | None = None
    done: bool = False
    #: Which process called, if it says so in a header.
    by: str = ""
    result: Any = field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        """Tells whether it took effect (its answer may still have been lost by a fault)."""
        return self.done and not self.error


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that no correct app does."""

    method: str
    params: Json
    words: str
