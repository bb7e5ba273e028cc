"""Conversations and the messages in them, as Slack shows them. State only; deeds are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.slack_server.accounts import Account
from tests.slack_server.errors import Json
from tests.slack_server.words import words_of


if TYPE_CHECKING:
    from tests.slack_server.teams import Team

Kind = Literal["im", "mpim", "private", "public"]
READ_SCOPE: dict[Kind, str] = {
    "im": "im:read",
    "mpim": "mpim:read",
    "private": "groups:read",
    "public": "channels:read",
}


@dataclass(eq=False)
class Post:
    """One message in a chat, from a person or from the bot."""

    chat: Chat
    author: Account | None
    ts: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    only_for: Account | None = None
    edited: bool = False
    deleted: bool = False
    pinned: bool = False
    subtype: str = ""
    stamp: int = 0
    app_id: str = ""
    team: str = ""
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Gives what people read: the blocks, or the text when there are none."""
        return words_of(self.blocks) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        """Gives the labels of its buttons and the options of its menus."""
        return [label for _, _, label, _ in controls_of(self.blocks)]

    @property
    def name(self) -> str:
        """Gives whose it is."""
        return self.author.name if self.author else "Slack"

    def json(self, *, metadata: bool = True) -> Json:
        """Gives the message as events, payloads and answers show it (histories: metadata on demand)."""
        shown: Json = {"type": "message", "text": self.text, "ts": self.ts, "team": self.team}
        if self.author:
            shown["user"] = self.author.id
        if self.author and self.author.is_bot:
            shown |= {"bot_id": self.author.bot_id, "app_id": self.app_id}
        shown |= {"blocks": self.blocks} if self.blocks else {}
        shown |= {"thread_ts": self.thread_ts} if self.thread_ts else {}
        shown |= {"metadata": self.metadata} if self.metadata and metadata else {}
        shown |= {"subtype": self.subtype} if self.subtype else {}
        shown |= {"files": self.files} if self.files else {}
        return shown | ({"edited": {"user": shown.get("user"), "ts": self.ts}} if self.edited else {})

    def __str__(self) -> str:
        return " ".join([f"{self.name}: {self.words}", *(f"[{label}]" for label in self.buttons)])


def controls_of(blocks: list[Json]) -> list[tuple[Json, Json, str, Json | None]]:
    """Gives (block, element, label, option) of everything one can press or pick."""
    found: list[tuple[Json, Json, str, Json | None]] = []
    for block in blocks:
        parts = [*block.get("elements", ()), block.get("accessory") or {}, block.get("element") or {}]
        for element in (part for part in parts if isinstance(part, dict)):
            if element.get("type") in {"button", "workflow_button"}:
                found.append((block, element, element["text"]["text"], None))
            groups = [group["options"] for group in element.get("option_groups", ())]
            for options in (element.get("options", ()), *groups):
                found += [(block, element, option["text"]["text"], option) for option in options]
    return found


@dataclass(eq=False, repr=False)
class Chat:
    """A DM, group DM or channel."""

    id: str
    team: Team
    kind: Kind
    members: list[Account]
    name: str = ""
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    archived: bool = False
    shared_with: list[str] = field(default_factory=list)
    pending_shared: bool = False
    posts: list[Post] = field(default_factory=list)
    acted: dict[str, int] = field(default_factory=dict)

    @property
    def read_scope(self) -> str:
        """Gives the scope to look at a chat of this kind."""
        return READ_SCOPE[self.kind]

    @property
    def others(self) -> list[Account]:
        """Gives the human members."""
        return [member for member in self.members if not member.is_bot]

    def find(self, ts: str) -> Post | None:
        """Gives a message that everybody can see and that was not deleted."""
        return next(
            (p for p in reversed(self.posts) if p.ts == ts and not p.deleted and p.only_for is None), None
        )

    def json(self, viewer: Account) -> Json:
        """Gives the conversation object; the flags, not the id, tell its kind."""
        shown: Json = {"id": self.id, "created": self.created, "is_org_shared": False, "updated": 0}
        if self.kind == "im":
            other = next((m for m in self.members if m is not viewer), viewer)
            return shown | {
                "is_im": True,
                "is_archived": self.archived,
                "user": other.id,
                "is_user_deleted": other.deleted,
                "is_open": True,
                "priority": 0,
                "context_team_id": self.team.id,
            }
        return shown | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": True,
            "is_group": False,
            "is_im": False,
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "public",
            "is_archived": self.archived,
            "is_general": False,
            "is_shared": bool(self.shared_with),
            "is_ext_shared": bool(self.shared_with),
            "is_pending_ext_shared": self.pending_shared,
            "pending_shared": [],
            "shared_team_ids": [self.team.id, *self.shared_with],
            "context_team_id": self.team.id,
            "is_member": viewer in self.members,
            "creator": self.creator,
            "topic": {"value": self.topic, "creator": self.creator, "last_set": self.created},
            "purpose": {"value": self.purpose, "creator": self.creator, "last_set": self.created},
        }
