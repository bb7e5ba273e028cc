"""What is written in each chat of the page, in memory: the page is for playing, nothing on it is kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.messages import Message


@dataclass
class Post:
    """One message as the page shows it."""

    number: int
    #: "bot", or the account that wrote it.
    by: str
    name: str
    html: str
    at: datetime
    rows: tuple[tuple[dict[str, str], ...], ...] = ()
    #: What was chosen, once the buttons are gone.
    chosen: str = ""
    file: str = ""
    file_name: str = ""
    pinned: bool = False
    #: What the bot sent, for who has it answered: the message and its key.
    message: Message | None = None
    key: str = ""


@dataclass
class Board:
    """One chat: somebody's private chat, a pair's room, or the directors' channel."""

    id: str
    kind: str  # "private", "room" or "directors"
    title: str
    members: tuple[str, ...] = ()
    posts: list[Post] = field(default_factory=list)


class Boards:
    """All chats of the page, and who waits for something new in them."""

    def __init__(self) -> None:
        """Begin with no chat."""
        self._boards: dict[str, Board] = {}
        self._files: dict[str, tuple[str, str, bytes]] = {}
        self._number = 0
        self._changed: dict[str, int] = {}
        self._news = asyncio.Condition()
        self._version = 0
        self._closed = False

    def open(self, chat: str, kind: str, title: str, members: Sequence[str] = ()) -> Board:
        """Give the chat, made if it is new."""
        return self._boards.setdefault(chat, Board(chat, kind, title, tuple(members)))

    def get(self, chat: str) -> Board | None:
        """Give the chat, None when there is none of this id."""
        return self._boards.get(chat)

    def all(self) -> list[Board]:
        """Give every chat in the order they were made."""
        return list(self._boards.values())

    async def put(self, chat: str, post: Post) -> Post:
        """Add a message and tell who waits."""
        self._number += 1
        post.number = self._number
        self._boards[chat].posts.append(post)
        await self.changed(chat)
        return post

    async def changed(self, chat: str) -> None:
        """Tell who waits that something in `chat` is new."""
        async with self._news:
            self._version += 1
            self._changed[chat] = self._version
            self._news.notify_all()

    async def news(self, since: int) -> tuple[int, list[str]] | None:
        """Wait until something is newer than `since`; gives the version and the chats that changed.

        None when the page is closed.
        """
        async with self._news:
            await self._news.wait_for(lambda: self._version > since or self._closed)
            if self._closed:
                return None
            return self._version, [chat for chat, version in self._changed.items() if version > since]

    async def close(self) -> None:
        """Send everybody home who waits for news."""
        async with self._news:
            self._closed = True
            self._news.notify_all()

    def find(self, chat: str, number: int) -> Post | None:
        """Give a message of a chat."""
        board = self._boards.get(chat)
        return next((post for post in board.posts if post.number == number), None) if board else None

    def keep_file(self, name: str, mime: str, content: bytes) -> str:
        """Keep a file; gives the id it is fetched by."""
        key = f"{len(self._files) + 1}"
        self._files[key] = (name, mime, content)
        return key

    def file(self, key: str) -> tuple[str, str, bytes] | None:
        """Give a kept file's name, type and content."""
        return self._files.get(key)
