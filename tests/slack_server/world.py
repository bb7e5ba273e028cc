"""Everything the servers know: workspaces, chats, views, tokens. State only; deeds are elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Post
from tests.slack_server.errors import Json, Refused
from tests.slack_server.limits import Pacer
from tests.slack_server.manifest import Manifest
from tests.slack_server.teams import Install, Team
from tests.strict.clock import Clock


@dataclass(eq=False)
class Trigger:
    """The right to open one modal within three seconds of somebody's deed."""

    person: Account
    team: Team
    at: float
    view: View | None = None
    used: bool = False


@dataclass(eq=False)
class View:
    """A modal somebody has open, or a person's App Home."""

    id: str
    team: Team
    person: Account
    raw: Json
    hash: str = ""
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    parent: View | None = None
    root: str = ""
    closed: bool = False

    @property
    def external_id(self) -> str:
        """Gives the id the app chose."""
        return str(self.raw.get("external_id") or "")


@dataclass(eq=False)
class Hook:
    """A response_url: where it answers to, and how often it was used."""

    chat: Chat
    person: Account
    at: float
    post: Post | None = None
    uses: int = 0


@dataclass(eq=False)
class Upload:
    """A file on its way: announced, then put, then shared."""

    id: str
    name: str
    length: int
    content: bytes | None = None
    shared: bool = False


@dataclass(repr=False)
class World:
    """Everything the servers know."""

    clock: Clock
    manifest: Manifest
    app_id: str
    teams: dict[str, Team] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    dms: dict[tuple[str, str], Chat] = field(default_factory=dict)
    mpims: dict[tuple[str, frozenset[str]], Chat] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    installs: dict[str, Install] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    pacer: Pacer = field(default_factory=Pacer)
    accepted: Counter[tuple[str, str]] = field(default_factory=Counter)
    tell: Callable[[Team, str, Json], None] = lambda team, name, event: None
    complain: Callable[[str, Json, str], None] = lambda method, params, words: None
    broadcasts_allowed: bool = False
    uploads: dict[str, Upload] = field(default_factory=dict)
    address: str = ""
    stamps: int = 0
    serial: int = 0
    last_ts: float = 0.0

    def stamp(self) -> int:
        """Counts what happens, so that "since then" has a meaning."""
        self.stamps += 1
        return self.stamps

    def new_id(self, prefix: str) -> str:
        """Gives an id like Slack's: a letter and ten more signs."""
        self.serial += 1
        return f"{prefix}0{_base36(self.serial * 7919 + 36**5):>09}"

    def new_ts(self) -> str:
        """Gives a message timestamp, never the same twice."""
        self.last_ts = max(self.clock.now(), self.last_ts + 0.000_01)
        return f"{self.last_ts:.6f}"

    def add(self, chat: Chat) -> Chat:
        """Keeps a new chat."""
        self.chats[chat.id] = chat
        return chat

    def dm(self, team: Team, person: Account) -> Chat:
        """Gives the person's direct messages with the bot."""
        key = (team.id, person.id)
        if key not in self.dms:
            members = [person, team.bot]
            self.dms[key] = self.add(Chat(self.new_id("D"), team, "im", members, created=self.clock.date()))
        return self.dms[key]

    def seen_by_bot(self, team: Team, chat_id: object) -> Chat:
        """Gives a chat the bot is in (or that is public); of every other one Slack knows nothing."""
        chat = self.chats.get(str(chat_id))
        if chat is None or (team.bot not in chat.members and chat.kind != "public"):
            raise Refused("channel_not_found")
        if chat.team is not team and team.id not in chat.shared_with:
            raise Refused("channel_not_found")
        return chat


def _base36(number: int) -> str:
    signs = ""
    while number:
        number, rest = divmod(number, 36)
        signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + signs
    return signs
