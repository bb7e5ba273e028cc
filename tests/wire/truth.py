"""What should have come, from the database's plain facts, and what came, from the platform's chats."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from tests.telegram_server.world import Post


DAY_OF_CHECK_IN: Final = 4.0
#: Nobody is asked in the week they were introduced, unless so many days lie between.
SETTLING_IN: Final = 1.5
#: Around such moments (seconds) either outcome is right: two clocks, and messages on their way.
MARGIN: Final = 1.5


class Item(NamedTuple):
    """One message that is expected once: its kind, the chat (a person's account or a room's id), the week."""

    kind: str
    chat: str
    week: int
    #: The partners it names, as it names them.
    about: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What the database knows about one partnership at the end."""

    id: str
    room: str
    chat: str
    accounts: tuple[str, ...]
    names: tuple[str, ...]
    introduced: float
    ended: float

    def partners(self, account: str) -> str:
        """Give the others' names as the bot writes them."""
        *some, last = (name for one, name in zip(self.accounts, self.names, strict=True) if one != account)
        return f"{', '.join(some)} and {last}" if some else last


@dataclass(frozen=True, slots=True)
class Facts:
    """The round as it was: when it began, how long its weeks were, its partnerships."""

    began: float
    pace: float
    weeks: int
    pairs: tuple[Pair, ...]

    def due(self, week: int, day: float = 0.0) -> float:
        """Give the moment of a day of a week, in seconds."""
        return self.began + (week - 1) * self.pace + day * self.pace / 7

    def week(self, at: float) -> int:
        """Give the week of a moment."""
        return int((at - self.began) // self.pace) + 1


def read_facts(database: Path, pace: float) -> Facts:
    """Read the facts of the newest round that began."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as file:
        began, weeks = file.execute(
            "SELECT started_at, weeks FROM round WHERE started_at IS NOT NULL ORDER BY made DESC"
        ).fetchone()
        people = {row[0]: row[1:] for row in file.execute("SELECT id, account, name FROM person")}
        rows = file.execute(
            "SELECT id, room, chat, members, introduced_at, ended_at FROM partnership"
            " WHERE introduced_at IS NOT NULL ORDER BY number"
        ).fetchall()
    file.close()
    pairs = tuple(
        Pair(
            name,
            room,
            chat,
            tuple(people[member][0] for member in json.loads(members)),
            tuple(people[member][1] for member in json.loads(members)),
            _seconds(introduced),
            _seconds(ended),
        )
        for name, room, chat, members, introduced, ended in rows
    )
    return Facts(_seconds(began), pace, weeks, pairs)


def expected(facts: Facts, blocked: dict[str, float]) -> tuple[set[Item], set[Item]]:
    """Give what must have come once, and what may have come as well.

    `blocked` has the accounts that blocked the bot, with the moment: what was due in the week before it may
    have waited in a line that was never sent.
    """
    blocked = {account: at - facts.pace for account, at in blocked.items()}
    must: set[Item] = set()
    may: set[Item] = set()
    for pair in facts.pairs:
        chats = (pair.chat,) if pair.room == "group" else pair.accounts
        first = facts.week(pair.introduced)
        last = min(facts.weeks, facts.week(pair.ended))
        for chat in chats:
            until = min(pair.ended, blocked.get(chat, pair.ended))
            _sort(Item("introduction", chat, 0), pair.introduced, until, must, may)
            for week in range(first, last + 1):
                at = max(facts.due(week), pair.introduced)
                _sort(Item("prompt", chat, week), at, until, must, may)
        for account in pair.accounts:
            until = min(pair.ended, blocked.get(account, pair.ended))
            for week in range(first, last + 1):
                at = facts.due(week, DAY_OF_CHECK_IN)
                settled = pair.introduced + SETTLING_IN * facts.pace / 7
                if at < settled - MARGIN:
                    continue
                item = Item("check-in", account, week, pair.partners(account))
                (may if at < settled + MARGIN else must).add(item)
                _sort(item, at, until, must, may)
                may.add(Item("reminder", account, week, pair.partners(account)))
    return must, may


def elsewhere(facts: Facts, lost: set[Item], seen: set[Item]) -> tuple[set[Item], set[Item]]:
    """Give what a pair that came late to its group read in private: as found, and where it stands there."""
    found: set[Item] = set()
    places: set[Item] = set()
    for pair in facts.pairs:
        for item in lost:
            private = {item._replace(chat=account) for account in pair.accounts}
            if item.chat == pair.chat and item.kind in ("introduction", "prompt") and private <= seen:
                found.add(item)
                places |= private
    return found, places


def _sort(item: Item, at: float, until: float, must: set[Item], may: set[Item]) -> None:
    if at > until - MARGIN:
        must.discard(item)
        may.add(item)
    elif item not in may:
        must.add(item)


def item_of(post: Post, chat: str) -> Item | None:
    """Give what a message of the bot is, None for one that is not counted."""
    return item_of_words(post.text, chat)


def item_of_words(text: str, chat: str) -> Item | None:
    """Give what a message with these words is, None for one that is not counted."""
    for kind, words in _KINDS:
        if found := re.search(words, text):
            told = found.groupdict()
            if kind == "notice":
                return Item(kind, chat, 0, text[:80])
            return Item(kind, chat, int(told.get("week") or 0), told.get("who") or "")
    return None


#: What nobody may be told twice.
_ONCE = (
    r"Your application for .+ is in\.",
    r"^Good news: you take part",
    r"^You and .+ need a place to talk",
    r"^Have you written to",
    r"^Half of .+ is over\. How is",
    r"is nearly over\. Please tell",
    r"^Would you like to stay in touch with",
    r"^Your partnership has ended",
    r"ends today\. (?:Thank|I am)",
)
_KINDS = (
    ("notice", "|".join(_ONCE)),
    ("introduction", r"please meet each other!"),
    ("prompt", r"^🗓 Week (?P<week>\d+) ·"),
    ("reminder", r"^A small reminder: have you been in touch with (?P<who>.+) in week (?P<week>\d+)\?"),
    ("check-in", r"^Week (?P<week>\d+) with (?P<who>.+): have you been in touch\?"),
)


def at_a_kill(copies: list[Post], kills: list[float]) -> bool:
    """Tell whether a message came again because it was on its way when the bot was killed."""
    times = sorted(float(post.data["date"]) for post in copies)
    return any(kill - 4 <= times[0] <= kill + 1 and times[-1] >= kill - 1 for kill in kills)


def counted(items: set[Item]) -> Counter[str]:
    """Count items by kind."""
    return Counter(item.kind for item in items)


def _seconds(moment: str | None) -> float:
    if moment is None:
        return float("inf")
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
