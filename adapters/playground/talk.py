"""What simulated partners write in their rooms: short lines, planned on the page's clock, from the seed.

The words stay on the page, as people's own words stay in their chat: the bot never gets them.
"""

import heapq
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from random import Random

from adapters.playground.boards import Board
from bot.rehearsal.company import Company
from bot.rehearsal.people import Actor, Temper
from bot.rehearsal.replies import gone_quiet
from bot.timetable import daytime


#: How many of the weekly prompts somebody writes something to, in percent.
SHARE = {Temper.SLOW: 60, Temper.SILENT: 90, Temper.LEAVING: 60, Temper.BLOCKING: 60}
USUAL_SHARE = 85


@dataclass(frozen=True, slots=True)
class Line:
    """Words somebody is about to write in a room."""

    at: datetime
    chat: str
    account: str
    text: str


class Talk:
    """Plans what partners write by themselves: after a prompt, and in answer to who plays by hand."""

    def __init__(self, company: Company) -> None:
        """Take the people who may speak."""
        self.company = company
        self._plans: list[tuple[datetime, int, str, str, str]] = []
        self._planned = 0
        self._used: defaultdict[str, set[str]] = defaultdict(set)
        #: The round's week as the room heard it last.
        self._week: defaultdict[str, int] = defaultdict(int)

    @property
    def next_at(self) -> datetime | None:
        """When somebody writes next."""
        return self._plans[0][0] if self._plans else None

    def bot_wrote(self, board: Board, key: str, text: str, now: datetime) -> None:
        """Plan what partners write after an introduction or a prompt of the bot in their room."""
        kind, _, rest = key.partition("/")
        if kind == "introduction":
            self._greet(board, key, now)
        elif kind == "prompt":
            self._week[board.id] = int(rest.split("/")[1])
            self._after_prompt(board, key, _topic(text), now)

    def person_wrote(self, board: Board, account: str, text: str, now: datetime) -> None:
        """Plan the answer of one partner to words of somebody who is played by hand."""
        waiting = {(chat, who) for _, _, chat, who, _ in self._plans}
        others = [each for each in self._awake(board) if each.account != account]
        free = [each for each in others if (board.id, each.account) not in waiting]
        if not free:
            return
        actor = free[0]
        dice = actor.dice(f"answer/{board.id}/{len(board.posts)}")
        slow = actor.temper is Temper.SLOW
        after = timedelta(hours=dice.uniform(6, 20)) if slow else timedelta(minutes=dice.randint(10, 150))
        self._plan(board, actor, kind_of(text), now + after, dice)

    def due(self, now: datetime) -> list[Line]:
        """Give what is written up to `now`; who is played by hand or gone by then writes nothing."""
        lines: list[Line] = []
        while self._plans and self._plans[0][0] <= now:
            at, _, chat, account, text = heapq.heappop(self._plans)
            if account not in self.company.by_hand and account not in self.company.blocked:
                lines.append(Line(at, chat, account, text))
        return lines

    def _greet(self, board: Board, key: str, now: datetime) -> None:
        at = now
        for number, actor in enumerate(self._awake(board)):
            dice = actor.dice(key)
            at += timedelta(hours=dice.uniform(1, 6))
            self._plan(board, actor, "hello-back" if number else "hello", at, dice)

    def _after_prompt(self, board: Board, key: str, topic: str, now: datetime) -> None:
        for actor in self._awake(board):
            dice = actor.dice(f"{key}/talk")
            if dice.randint(1, 100) > SHARE.get(actor.temper, USUAL_SHARE):
                continue
            hours = dice.uniform(12, 70) if actor.temper is Temper.SLOW else dice.uniform(3, 30)
            self._plan(board, actor, topic, now + timedelta(hours=hours), dice)

    def _plan(self, board: Board, actor: Actor, kind: str, at: datetime, dice: Random) -> None:
        lines = [line for line in _lines()[kind] if line not in self._used[board.id]] or _lines()[kind]
        line = dice.choice(lines)
        self._used[board.id].add(line)
        self._planned += 1
        words = line.format(me=actor.name, city=actor.place.city)
        awake = daytime(at, (actor.place.zone,))
        heapq.heappush(self._plans, (awake, self._planned, board.id, actor.account, words))

    def _awake(self, board: Board) -> list[Actor]:
        people = [self.company.actors[account] for account in board.members]
        return [
            actor
            for actor in people
            if actor.account not in self.company.by_hand
            and actor.account not in self.company.blocked
            and not gone_quiet(actor, self._week[board.id])
        ]


def kind_of(text: str) -> str:
    """Tell what a message is about, as far as a partner needs to know to answer fittingly."""
    words = f" {text.casefold()}"
    for kind, signs in _signs().items():
        if any(f" {sign}" in words for sign in signs):
            return kind
    return "question" if "?" in text else "other"


def _topic(prompt: str) -> str:
    return next((title for title in _topics() if title in prompt), "other")


@lru_cache(maxsize=1)
def _content() -> dict[str, object]:
    words = files("adapters.playground").joinpath("talk.toml").read_text(encoding="utf-8")
    return tomllib.loads(words)


@lru_cache(maxsize=1)
def _lines() -> dict[str, list[str]]:
    plain = {kind: lines for kind, lines in _content().items() if isinstance(lines, list) and kind != "topic"}
    return plain | _topics()


@lru_cache(maxsize=1)
def _topics() -> dict[str, list[str]]:
    topics = _content()["topic"]
    assert isinstance(topics, list)
    return {topic["title"]: topic["lines"] for topic in topics}


@lru_cache(maxsize=1)
def _signs() -> dict[str, list[str]]:
    signs = _content()["signs"]
    assert isinstance(signs, dict)
    return signs
