"""The simulated director: a few commands for a whole round, and whatever the queue asks for."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.events import Event, Said, Sender
from bot.model import Case
from bot.ports import Needs, Store
from bot.snapshots import Desk


CHAT = "directors"
NAME = "Rehearsal"


class Direction:
    """Types commands into the directors' channel, and counts them."""

    def __init__(
        self, act: Callable[[Event], Awaitable[None]], store: Store, *, platform: str = "playground"
    ) -> None:
        """Take what lets an event happen now, and the store for a look at the desk."""
        self._act = act
        self._store = store
        self._platform = platform
        self.commands: list[str] = []

    async def type(self, text: str, now: datetime) -> None:
        """Type one command."""
        self.commands.append(text)
        await self._act(self._said(text, now))

    async def cases(self, now: datetime) -> tuple[Case, ...]:
        """Give the open cases, as the queue shows them."""
        desk = await self._look(Needs(frozenset({"cases"})), now)
        return desk.cases

    async def figures(self, now: datetime) -> Desk:
        """Give the round with its counts, all its partnerships and surveys."""
        return await self._look(Needs(frozenset({"counts", "partnerships", "surveys", "everyone"})), now)

    async def _look(self, needs: Needs, now: datetime) -> Desk:
        async with self._store.unit() as unit:
            desk = await unit.desk(self._said("queue", now), needs, now)
        assert desk is not None
        return desk

    def _said(self, text: str, now: datetime) -> Said:
        return Said(
            id=f"director/{len(self.commands)}",
            platform=self._platform,
            at=now,
            chat=CHAT,
            private=False,
            sender=Sender("director", "Director", language="en"),
            text=text,
        )


def announce(weeks: int, now: datetime) -> str:
    """Give the command that makes the round: two weeks of applications, a week for the draft."""
    closes, starts = now + timedelta(days=15), now + timedelta(days=22)
    return f"round new {NAME} weeks={weeks} closes={closes:%Y-%m-%d} starts={starts:%Y-%m-%d}"
