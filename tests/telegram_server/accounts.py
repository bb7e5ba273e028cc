"""Who exists on the platform: accounts, what they are in a group, and invite links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.telegram_server.errors import Json


Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

IN_CHAT: tuple[Status, ...] = ("creator", "administrator", "member", "restricted")

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)

# A basic group knows only "administrator or not"; TDLib reads it as these rights.
BASIC_GROUP_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
)


@dataclass(eq=False)
class Account:
    """A person or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str = ""
    username: str = ""
    language: str = ""
    phone: str = ""
    started: bool = False
    known: bool = False
    blocked: bool = False
    deactivated: bool = False
    contactable_until: float = 0.0
    in_too_many_chats: bool = False
    hides_forwards: bool = False

    def json(self) -> Json:
        """Gives the User."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language,
        }
        return user | {name: value for name, value in optional.items() if value}


@dataclass(eq=False)
class Member:
    """What somebody is in a group."""

    account: Account
    status: Status = "left"
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    may_write: bool = True
    title: str = ""
    link: Link | None = None

    @property
    def inside(self) -> bool:
        """Tells whether the person is in the group now."""
        return self.status in IN_CHAT

    def can(self, right: str) -> bool:
        """Tells whether the person may do this there."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


@dataclass(eq=False)
class Link:
    """An invite link."""

    url: str
    creator: Account
    name: str = ""
    expires: float | None = None
    member_limit: int | None = None
    asks: bool = False
    primary: bool = False
    revoked: bool = False
    joined: set[int] = field(default_factory=set)
    asking: set[int] = field(default_factory=set)

    def json(self, viewer: Account) -> Json:
        """Gives the ChatInviteLink as this account may see it."""
        half = len(self.url) - 8
        link: Json = {
            "invite_link": self.url if viewer is self.creator else f"{self.url[:half]}...",
            "creator": self.creator.json(),
            "creates_join_request": self.asks,
            "is_primary": self.primary,
            "is_revoked": self.revoked,
        }
        optional = {
            "name": self.name,
            "expire_date": int(self.expires) if self.expires else None,
            "member_limit": self.member_limit,
            "pending_join_request_count": len(self.asking),
        }
        return link | {name: value for name, value in optional.items() if value}
