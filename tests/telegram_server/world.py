"""What exists on the platform: chats, messages, button presses. State only; deeds are elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from tests.strict.clock import Clock
from tests.telegram_server.accounts import Account, Link, Member
from tests.telegram_server.errors import Json
from tests.telegram_server.limits import Pacer
from tests.telegram_server.updates import Updates


Kind = Literal["private", "group", "supergroup"]

# Ids are larger than 32 bits, as real ones are, so that a narrow column shows itself.
BOT_ID = 7_000_000_001
FIRST_USER = 5_000_000_001
FIRST_GROUP = -4_300_000_001
FIRST_SUPERGROUP = -1_002_300_000_001
FIRST_UPDATE = 880_000_001


@dataclass(eq=False)
class Post:
    """One message, from a person, the bot or the service."""

    chat: Chat
    author: Account
    data: Json
    keyboard: Json | None = None
    deleted: bool = False
    seen: bool = False
    stamp: int = 0

    @property
    def id(self) -> int:
        """Gives the message id, unique in its chat only."""
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """Gives the text or caption, without its formatting."""
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def inline(self) -> list[list[Json]]:
        """Gives the rows of inline buttons."""
        rows: list[list[Json]] = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """Gives the labels of all its buttons, inline ones and those of a reply keyboard."""
        rows = self.inline + (self.keyboard or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def entities(self) -> list[Json]:
        """Gives the entities of its text or caption."""
        found: list[Json] = self.data.get("entities") or self.data.get("caption_entities") or []
        return found

    @property
    def is_service(self) -> bool:
        """Tells a notice ("Ana joined") from what somebody wrote."""
        return any(name in self.data for name in SERVICE)

    def __str__(self) -> str:
        notice = next((name for name in (*SERVICE, *CONTENT) if name in self.data), "")
        words = " ".join(part for part in (f"({notice})" if notice else "", self.text) if part)
        return " ".join(
            [f"{self.data['from']['first_name']}: {words}", *(f"[{label}]" for label in self.buttons)]
        )


SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "chat_shared",
)
CONTENT = ("photo", "document", "sticker", "voice", "contact")


@dataclass(eq=False)
class Chat:
    """A private chat with the bot, a basic group or a supergroup."""

    id: int
    kind: Kind
    title: str = ""
    person: Account | None = None
    username: str = ""
    description: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    keyboards: dict[int, Post] = field(default_factory=dict)
    pinned: list[Post] = field(default_factory=list)
    migrated_to: int | None = None
    deleted: bool = False
    last_id: int = 0
    last_bot_post: bool = False
    acted: int = 0

    @property
    def private(self) -> bool:
        """Tells whether this is a person's chat with the bot."""
        return self.kind == "private"

    def json(self) -> Json:
        """Gives the Chat."""
        if self.person:
            account = {
                k: v for k, v in self.person.json().items() if k in {"first_name", "last_name", "username"}
            }
            return {"id": self.id, "type": "private"} | account
        chat: Json = {"id": self.id, "title": self.title, "type": self.kind}
        return chat | ({"username": self.username} if self.username else {})

    def member(self, account: Account) -> Member:
        """Gives what this account is here (`left` if it never was)."""
        return self.members.get(account.id) or Member(account)

    def people(self) -> list[Account]:
        """Gives the human beings who are here now."""
        if self.person:
            return [self.person]
        return [m.account for m in self.members.values() if m.inside and not m.account.is_bot]

    def find(self, message_id: int) -> Post | None:
        """Gives a message that was not deleted."""
        return next((p for p in reversed(self.posts) if p.id == message_id and not p.deleted), None)


@dataclass(eq=False)
class Query:
    """A press on an inline button that waits for the bot's answer."""

    id: str
    person: Account
    post: Post
    data: str
    at: float
    answer: Json | None = None


@dataclass
class World:
    """Everything the servers know."""

    clock: Clock
    updates: Updates
    bot: Account
    privacy: bool = True
    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    settings: Json = field(default_factory=dict)
    pacer: Pacer = field(default_factory=Pacer)
    accepted: Counter[tuple[int, str]] = field(default_factory=Counter)
    groups: Counter[Kind] = field(default_factory=Counter)
    last_id: int = 0
    stamps: int = 0

    def stamp(self) -> int:
        """Counts what happens, so that "since then" has a meaning."""
        self.stamps += 1
        return self.stamps

    def new_message_id(self, chat: Chat) -> int:
        """Counts per supergroup; private chats and basic groups share the account's one sequence."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self.last_id += 1
        return self.last_id

    def private_chat(self, account: Account) -> Chat:
        """Gives the person's chat with the bot."""
        if account.id not in self.chats:
            self.chats[account.id] = Chat(account.id, "private", person=account)
        return self.chats[account.id]

    def new_group(self, title: str, kind: Kind) -> Chat:
        """Gives a new, empty group."""
        first = FIRST_SUPERGROUP if kind == "supergroup" else FIRST_GROUP
        chat = Chat(first - self.groups[kind], kind, title)
        self.groups[kind] += 1
        self.chats[chat.id] = chat
        return chat

    def bot_in(self, chat: Chat) -> Member:
        """Gives what the bot is there."""
        return chat.member(self.bot)
