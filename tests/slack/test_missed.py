"""Slack brings a message for six minutes; what was written in a longer outage is read and decided, once."""

from datetime import datetime, timedelta

import pytest

from adapters.clock import VirtualClock
from adapters.slack.missed import GIVES_UP, Missed
from bot.ports import StoreAway
from tests.slack.receiving import Reception, receiving
from tests.slack_server import Fault, Person, SlackServer


pytestmark = pytest.mark.wire

MINUTE = timedelta(minutes=1)


class Outage:
    """An outage in which somebody writes to the bot, and what looks for it."""

    def __init__(self, here: Reception, *who: Person) -> None:
        self.hears = True
        self.away = False
        self.noted: datetime | None = None
        self.clock = VirtualClock(here.intake.clock.now())
        self.chats = [f"{here.server.team.id}/{each.chat.id}" for each in who]
        self.missed = Missed(
            here.workspaces,
            here.intake.take,
            self.clock,
            hears=self._hears,
            chats=self._chats,
            heard=self._heard,
            heard_at=self.clock.now() - MINUTE,
        )

    async def _hears(self) -> bool:
        return self.hears

    async def _heard(self, at: datetime) -> None:
        self.noted = at

    async def _chats(self) -> list[str]:
        if self.away:
            raise StoreAway("cut")
        return self.chats

    async def lasts(self, minutes: int) -> None:
        """Let it last, and end."""
        self.hears = False
        for _ in range(minutes):
            self.clock.move(self.clock.now() + MINUTE)
            await self.missed.look()
        self.hears = True


async def test_what_was_written_in_a_long_outage_is_decided_once() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana, ben = server.user("Ana"), server.user("Ben")
        ana.writes("before")
        await here.desk.has("before")
        outage = Outage(here, ana, ben)
        server.delivers_to(None)
        for who, words in ((ana, "one"), (ben, "two"), (ana, "three")):
            who.writes(words)
        await outage.lasts(10)
        for _ in range(3):
            await outage.missed.look()

    assert sorted(here.desk.words()) == ["before", "one", "three", "two"]
    assert here.desk.words().index("one") < here.desk.words().index("three")
    assert len(server.calls_of("conversations.history")) == 2
    assert server.violations == []


async def test_what_slack_brings_itself_is_the_same_message() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        outage = Outage(here, ana)
        ana.writes("one")
        await here.desk.has("one")
        await outage.lasts(10)
        await outage.missed.look()

    assert here.desk.words() == ["one"]
    assert sum(here.desk.batches) == 2  # the inbox is by id


async def test_a_short_outage_is_left_to_slack() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        outage = Outage(here, server.user("Ana"))
        await outage.missed.look()
        await outage.lasts(int(GIVES_UP / MINUTE) - 1)
        await outage.missed.look()

    assert server.calls_of("conversations.history") == []


async def test_it_is_looked_for_until_the_database_is_there_and_slack_tells() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana, ben = server.user("Ana"), server.user("Ben")
        outage = Outage(here, ana, ben)
        server.delivers_to(None)
        ana.writes("one")
        await outage.lasts(10)
        outage.away = True
        with pytest.raises(StoreAway):
            await outage.missed.look()
        outage.away = False
        before = outage.noted
        server.fail_next("conversations.history", Fault.SERVER_ERROR)
        await outage.missed.look()

    assert here.desk.words() == ["one"]  # at the second try
    assert (before, outage.noted) == (None, outage.missed.heard_at)
