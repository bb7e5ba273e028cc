"""A whole round played from the first announcement to the last certificate."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rehearsal.direction import Direction, announce
from bot.rehearsal.replies import Act
from bot.rehearsal.stage import Stage
from bot.snapshots import Desk


#: Rehearsals begin on this Monday, so that the change of clocks of March and April falls into the round.
BEGINS = datetime(2027, 1, 11, 8, tzinfo=UTC)
#: Time for the last certificates, surveys and goodbyes after the last week.
AFTERWARDS = timedelta(days=9)


@dataclass
class Play:
    """The stage, its director, and how long the round lasts."""

    stage: Stage
    direction: Direction
    weeks: int

    async def run(self) -> Desk:
        """Play: announce, apply, close, review, start, all the weeks, the end.

        Gives the directors' desk as it was right after the start.
        """
        clock = self.stage.clock
        await self._type(announce(self.weeks, clock.now()))
        await self._type("round open")
        self._gather()
        await self.stage.play_until(clock.now() + timedelta(days=14, hours=4))
        await self._type("round close")
        await self.stage.settle()
        await self._type("pairs")
        await self.stage.play_until(clock.now() + timedelta(days=6))
        await self._type("round start")
        await self._type("yes")
        started = await self.direction.figures(clock.now())
        await self._weeks()
        await self._type("report")
        await self.stage.settle()
        return started

    def _gather(self) -> None:
        """Everybody comes in the first nine days of the two weeks, at an hour of their own."""
        company = self.stage.company
        for actor in company.actors.values():
            after = timedelta(minutes=actor.dice("arrival").randint(30, 9 * 24 * 60))
            company.plan(actor.account, self.stage.clock.now(), Act(after, text="/start"))

    async def _weeks(self) -> None:
        """Play day by day; each morning the director sees to the queue when something is in it."""
        for _ in range(self.weeks * 7 + AFTERWARDS.days):
            await self.stage.play_until(self.stage.clock.now() + timedelta(days=1))
            for case in await self.direction.cases(self.stage.clock.now()):
                await self._type(f"case {case.number} done 5 written to both")

    async def _type(self, text: str) -> None:
        await self.direction.type(text, self.stage.clock.now())
