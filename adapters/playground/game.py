"""The game behind the page: who says what in which chat, and how the clock moves. One deed at a time."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.dates import format_datetime

from adapters.playground.boards import Boards, Post
from adapters.playground.chat import PLATFORM
from adapters.playground.render import html
from bot.events import Said, Sender, Tapped
from bot.markup import escape
from bot.rehearsal.people import Actor
from bot.rehearsal.stage import Stage
from bot.timetable import zone_of


DIRECTOR = "director"
DIRECTORS_CHAT = "directors"
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
#: While the clock runs, so much time passes in each beat of a second.
RUN = timedelta(hours=6)
MOST = 20_000


class NotPossible(ValueError):
    """The page asked for something that is not there; the message is for the person."""


@dataclass
class Game:
    """The page's own state: the stage with its people, their chats, and a clock that may run."""

    stage: Stage
    boards: Boards
    running: bool = False
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _number: int = 0

    async def say(self, account: str, chat: str, text: str) -> None:
        """Let somebody write `text` in a chat; raises NotPossible for a chat they are not in."""
        sender, private = self._who(account, chat)
        async with self._lock:
            post = await self.boards.put(
                chat, Post(0, account, sender.name, html(escape(text[:MOST])), self.stage.clock.now())
            )
            if chat.startswith("room/") and not text.startswith("/"):
                # The partners' own talk stays between them: the bot never gets it.
                return
            said = Said(
                id=self._event_id(),
                platform=PLATFORM,
                at=self.stage.clock.now(),
                chat=chat,
                private=private,
                sender=sender,
                text=text[:MOST],
                ref=str(post.number),
            )
            await self.stage.act(said)

    async def tap(self, account: str, chat: str, value: str, number: int) -> None:
        """Let somebody tap a button of a message; raises NotPossible for a button that is not there."""
        sender, private = self._who(account, chat)
        async with self._lock:
            post = self.boards.find(chat, number)
            if post is None or not any(value == button["value"] for row in post.rows for button in row):
                raise NotPossible("This button is gone.")
            tapped = Tapped(
                id=self._event_id(),
                platform=PLATFORM,
                at=self.stage.clock.now(),
                chat=chat,
                private=private,
                sender=sender,
                value=value,
                ref=str(number),
            )
            await self.stage.act(tapped)

    async def move(self, how: str) -> None:
        """Move the clock: "next", "hour", "day", "week", "run" or "pause"; raises NotPossible."""
        if how in ("run", "pause"):
            self.running = how == "run"
        elif how == "next":
            async with self._lock:
                await self.stage.play_next()
        elif how in STEPS:
            await self._pass(STEPS[how])
        else:
            raise NotPossible("The clock does not know this word.")
        await self.boards.changed("")

    async def run(self) -> None:
        """Let the clock run whenever it is told to, until cancelled."""
        while True:
            await asyncio.sleep(1)
            if self.running:
                await self._pass(RUN)
                await self.boards.changed("")

    def hand(self, account: str, *, by_hand: bool) -> None:
        """Play somebody by hand, or let them live by themselves again."""
        if account not in self.stage.company.actors:
            raise NotPossible("There is nobody of this name.")
        hands = self.stage.company.by_hand
        (hands.add if by_hand else hands.discard)(account)

    async def state(self) -> dict[str, object]:
        """Give what the page shows around the chats."""
        now = self.stage.clock.now()
        upcoming = await self.stage.next_at()
        return {
            "now": format_datetime(now, "EEE d MMMM y, HH:mm", locale="en") + " UTC",
            "next": _span(upcoming - now) if upcoming else "",
            "running": self.running,
            "people": [self._person(actor, now) for actor in self.stage.company.actors.values()],
            "chats": [
                {"id": b.id, "kind": b.kind, "title": b.title, "members": b.members, "posts": len(b.posts)}
                for b in self.boards.all()
            ],
        }

    async def _pass(self, span: timedelta) -> None:
        until = self.stage.clock.now() + span
        while self.stage.clock.now() < until:
            # In pieces, so that somebody may write in between.
            async with self._lock:
                await self.stage.play_until(min(until, self.stage.clock.now() + timedelta(hours=3)))

    def _event_id(self) -> str:
        self._number += 1
        return f"page/{self._number}"

    def _who(self, account: str, chat: str) -> tuple[Sender, bool]:
        board = self.boards.get(chat)
        if board is None or account not in board.members:
            raise NotPossible("This is not your chat.")
        if account == DIRECTOR:
            return Sender(DIRECTOR, "Director", language="en"), False
        actor = self.stage.company.actors[account]
        self.stage.company.spoke[account] = self.stage.clock.now()
        return Sender(account, actor.name, language="en"), board.kind == "private"

    def _person(self, actor: Actor, now: datetime) -> dict[str, object]:
        local = now.astimezone(zone_of(actor.place.zone))
        return {
            "account": actor.account,
            "name": actor.name,
            "place": f"{actor.place.city}, {actor.place.country}",
            "time": f"{local:%a %H:%M}",
            "temper": str(actor.temper),
            "by_hand": actor.account in self.stage.company.by_hand,
            "blocked": actor.account in self.stage.company.blocked,
        }


def _span(span: timedelta) -> str:
    minutes = max(0, int(span.total_seconds() // 60))
    with contextlib.suppress(StopIteration):
        size, word = next((size, word) for size, word in ((1440, "d"), (60, "h")) if minutes >= size)
        return f"in {minutes // size} {word}"
    return f"in {minutes} min"
