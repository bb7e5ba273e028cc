"""The facts about each Web API method: its tier, the scopes that open it, its arguments and their types.

Facts from https://docs.slack.dev/reference/methods. `name!` is required; `:bool`, `:int`, `:list` (a
comma list or JSON array) and `:json` (an object or array, or its JSON as a string) tell the type; no type
is a string.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.slack_server.errors import Json, broken


MESSAGE = "attachments:json blocks:json link_names:bool markdown_text metadata:json parse text"
LOOK = "cursor include_all_metadata:bool inclusive:bool latest limit:int oldest"
ANY_READ = "channels:read groups:read im:read mpim:read"
ANY_WRITE = "channels:manage groups:write im:write mpim:write"
ANY_HISTORY = "channels:history groups:history im:history mpim:history"
TOPIC = f"{ANY_WRITE} channels:write.topic groups:write.topic mpim:write.topic im:write.topic"

# method: (tier, scopes of which one is needed, arguments). Tier 5 is Slack's "special".
TABLE: dict[str, tuple[int, str, str]] = {
    "api.test": (4, "", "error foo"),
    "auth.test": (5, "", ""),
    "auth.revoke": (3, "", "test:bool"),
    "apps.connections.open": (3, "connections:write", ""),
    "apps.uninstall": (1, "", "client_id! client_secret!"),
    "bots.info": (3, "users:read", "bot"),
    "chat.delete": (3, "chat:write", "channel! ts! as_user:bool"),
    "chat.getPermalink": (5, "", "channel! message_ts!"),
    "chat.postEphemeral": (4, "chat:write", f"channel! user! {MESSAGE} thread_ts as_user:bool"),
    "chat.postMessage": (
        5,
        "chat:write",
        f"channel! {MESSAGE} thread_ts reply_broadcast:bool mrkdwn:bool unfurl_links:bool unfurl_media:bool",
    ),
    "chat.update": (3, "chat:write", f"channel! ts! {MESSAGE} as_user:bool reply_broadcast:bool"),
    "conversations.archive": (2, ANY_WRITE, "channel!"),
    "conversations.close": (2, ANY_WRITE, "channel!"),
    "conversations.create": (2, ANY_WRITE, "name! is_private:bool"),
    "conversations.history": (3, ANY_HISTORY, f"channel! {LOOK}"),
    "conversations.info": (3, ANY_READ, "channel! include_locale:bool include_num_members:bool"),
    "conversations.invite": (3, f"{ANY_WRITE} groups:write.invites", "channel! users!:list force:bool"),
    "conversations.join": (3, "channels:join", "channel!"),
    "conversations.kick": (3, "channels:manage groups:write", "channel! user!"),
    "conversations.leave": (3, ANY_WRITE, "channel!"),
    "conversations.list": (2, ANY_READ, "cursor exclude_archived:bool limit:int types"),
    "conversations.members": (4, ANY_READ, "channel! cursor limit:int"),
    "conversations.open": (3, ANY_WRITE, "channel return_im:bool users:list prevent_creation:bool"),
    "conversations.rename": (2, ANY_WRITE, "channel! name!"),
    "conversations.replies": (3, ANY_HISTORY, f"channel! ts! {LOOK}"),
    "conversations.setPurpose": (2, TOPIC, "channel! purpose!"),
    "conversations.setTopic": (2, TOPIC, "channel! topic!"),
    "conversations.unarchive": (2, ANY_WRITE, "channel!"),
    "files.completeUploadExternal": (
        4,
        "files:write",
        "files!:json channel_id channels:list initial_comment thread_ts blocks:json",
    ),
    "files.getUploadURLExternal": (4, "files:write", "filename! length!:int alt_txt snippet_type"),
    "oauth.v2.access": (5, "", "client_id client_secret code redirect_uri grant_type refresh_token"),
    "pins.add": (2, "pins:write", "channel! timestamp"),
    "reactions.add": (3, "reactions:write", "channel! name! timestamp!"),
    "reactions.remove": (2, "reactions:write", "name! channel timestamp"),
    "team.info": (3, "team:read", "domain team"),
    "users.conversations": (
        3,
        ANY_READ,
        "cursor exclude_archived:bool exclude_muted:bool limit:int types user",
    ),
    "users.info": (4, "users:read", "user! include_locale:bool"),
    "users.list": (2, "users:read", "cursor include_locale:bool limit:int"),
    "users.lookupByEmail": (3, "users:read.email", "email!"),
    "users.profile.get": (4, "users.profile:read", "user include_labels:bool"),
    "views.open": (4, "", "view!:json trigger_id interactivity_pointer"),
    "views.publish": (4, "", "user_id! view!:json hash"),
    "views.push": (4, "", "view!:json trigger_id interactivity_pointer"),
    "views.update": (4, "", "view!:json view_id external_id hash"),
}

# Every method reads these: the SDK sends the token, Bolt adds the workspace to every call.
EVERYWHERE = frozenset({"token", "team_id"})
TRUE, FALSE = frozenset({"1", "true", "True"}), frozenset({"0", "false", "False", ""})
MISSING = {"users.info": "user_not_found", "conversations.create": "invalid_name_required"}


@dataclass(frozen=True, slots=True)
class Spec:
    """One method."""

    name: str
    tier: int
    scopes: frozenset[str]
    arguments: dict[str, str]
    required: frozenset[str]

    @classmethod
    def of(cls, name: str) -> Spec:
        """Gives the facts about a method, or refuses one that does not exist (here)."""
        if name not in TABLE:
            raise broken("unknown_method", f"{name} is no method, or not one of this server's")
        tier, scopes, words = TABLE[name]
        parts = [(word.partition(":")[0], word.partition(":")[2] or "str") for word in words.split()]
        needed = frozenset(part.rstrip("!") for part, _ in parts if part.endswith("!"))
        return cls(name, tier, frozenset(scopes.split()), {p.rstrip("!"): t for p, t in parts}, needed)

    def read(self, raw: Json) -> Json:
        """Gives the arguments in their types; refuses what is unknown, missing or of a wrong type."""
        known = self.arguments.keys() | EVERYWHERE
        unknown = [] if self.name == "api.test" else [name for name in raw if name not in known]
        if unknown:
            raise broken(
                "invalid_arguments", *(f"{self.name} knows no argument {name!r}" for name in unknown)
            )
        read = {name: _typed(name, kind, raw[name]) for name, kind in self.arguments.items() if name in raw}
        read = {name: value for name, value in read.items() if value is not None}
        missing = [name for name in sorted(self.required) if read.get(name) in (None, "", [])]
        if missing:
            error = MISSING.get(self.name, "invalid_arguments")
            raise broken(error, *(f"missing required field: {name}" for name in missing))
        return read


def _typed(name: str, kind: str, value: object) -> object:
    if value is None:
        return None
    if kind == "str" and isinstance(value, str):
        return value
    if kind == "bool" and (isinstance(value, bool) or str(value) in TRUE | FALSE):
        return str(value) in TRUE
    if kind == "int" and not isinstance(value, bool) and str(value).lstrip("-").isdigit():
        return int(str(value))
    if kind == "list" and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind == "list" and isinstance(value, list):
        return value
    if kind == "json" and isinstance(value, dict | list):
        return value
    raise broken("invalid_arguments", f"{name} must be {kind}, not {value!r:.80}")
