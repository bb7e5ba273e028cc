"""The course of time on the page: the clock steps, runs, or goes on until something is new for who plays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from adapters.playground.boards import Boards, Post
from adapters.playground.render import html
from adapters.playground.talk import Talk
from bot.markup import escape
from bot.ports import earliest
from bot.rehearsal.stage import Stage


log = structlog.get_logger()

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
#: While the clock runs, so much time passes in each beat.
RUN = timedelta(hours=12)
BEAT = 0.5
#: Time passes in pieces of this, so that somebody may write in between.
PIECE = timedelta(hours=3)
#: "Next thing" looks so far ahead.
AHEAD = timedelta(days=7)


class NotPossible(ValueError):
    """The page asked for something that cannot be; the message is for the person."""


@dataclass
class Course:
    """Moves the clock, and lets happen on the way what is due: in the program, and in partners' talk."""

    stage: Stage
    boards: Boards
    talk: Talk
    #: Held by whatever happens: one deed at a time.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    running: bool = False
    #: From when to when the clock is moving now.
    span: tuple[datetime, datetime] | None = None
    _moves: asyncio.Lock = field(default_factory=asyncio.Lock)
    _halted: bool = False

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.stage.clock.now()

    @property
    def share(self) -> float | None:
        """How much of the way is behind the clock, from 0 to 1; None when it stands still."""
        if self.span is None:
            return None
        begun, until = self.span
        return (self.now - begun) / (until - begun)

    async def next_at(self) -> datetime | None:
        """When anything is due next."""
        return earliest(await self.stage.next_at(), self.talk.next_at)

    async def move(self, how: str) -> dict[str, object]:
        """Move the clock: "next", "hour", "day", "week", "run" or "pause"; gives what to tell the person.

        Raises NotPossible for another word, and while a step is being made.
        """
        if how in ("run", "pause"):
            self.running = how == "run"
            self._halted = how == "pause"
            await self.boards.changed("")
            return {}
        if how not in (*STEPS, "next"):
            raise NotPossible("The clock does not know this word.")
        if self.span is not None and not self.running:
            raise NotPossible("The clock is moving already. Wait a moment, or press Pause.")
        self.running = False
        return await self._until_new() if how == "next" else await self._step(STEPS[how])

    async def run(self) -> None:
        """Let the clock run whenever it is told to, until cancelled."""
        while True:
            await asyncio.sleep(BEAT)
            if self.running and self.span is None:
                try:
                    await self._step(RUN)
                except Exception:
                    # A defect in a simulated day: the clock stops, and the page stays there to be looked at.
                    self.running = False
                    log.exception("run_failed")

    def halt(self) -> None:
        """Stop the clock where it is: the page closes."""
        self.running, self._halted = False, True

    async def _step(self, span: timedelta) -> dict[str, object]:
        async with self._moving(span) as until:
            while self.now < until and not self._halted:
                await self._play_to(min(until, self.now + PIECE))
                await self.boards.changed("")
        return {}

    async def _until_new(self) -> dict[str, object]:
        async with self._moving(AHEAD) as until:
            before = self._written()
            while not self._halted and (at := await self.next_at()) is not None and at <= until:
                await self._play_to(max(at, self.now))
                if new := next(
                    (chat for chat, posts in self._written().items() if posts > before.get(chat, 0)), ""
                ):
                    return {"chat": new}
            if at is None:
                return {"note": "Nothing is planned: it is your turn, or the director's."}
            if not self._halted:
                await self._play_to(until)
        return {"note": "A week passed, and nothing new came for you."}

    def _written(self) -> dict[str, int]:
        """Count the messages in the chats of who plays, the directors' last."""
        hands = self.stage.company.by_hand
        boards = [board for board in self.boards.all() if hands & set(board.members)]
        boards += [board for board in self.boards.all() if board.kind == "directors"]
        return {board.id: len(board.posts) for board in boards}

    @asynccontextmanager
    async def _moving(self, span: timedelta) -> AsyncIterator[datetime]:
        # A beat of the running clock is short: a step waits for its end.
        async with self._moves:
            until = self.now + span
            self.span, self._halted = (self.now, until), False
            await self.boards.changed("")
            try:
                yield until
            finally:
                self.span = None
                await self.boards.changed("")

    async def _play_to(self, until: datetime) -> None:
        async with self.lock:
            while (at := self.talk.next_at) is not None and at <= until:
                await self.stage.play_until(max(at, self.now))
                for line in self.talk.due(self.now):
                    name = self.stage.company.actors[line.account].name
                    await self.boards.put(
                        line.chat, Post(0, line.account, name, html(escape(line.text)), line.at)
                    )
            await self.stage.play_until(until)
