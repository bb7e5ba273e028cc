"""One platform as the running program sees it: what sends, what receives, and what all of them share."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeAlias

import structlog

from bot.app import Bot
from bot.deliveries import reply
from bot.entry.machine import Receiving
from bot.events import Event, Moved
from bot.messages import Message
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.ports import Chat, Clock
from bot.routing import is_claim
from bot.sender import Lane
from bot.settings import Settings
from bot.texts import Program
from storage import StoreImplementation


log = structlog.get_logger()

Heard: TypeAlias = Callable[[Sequence[Event]], Awaitable[None]]


class NotStarted(Exception):
    """A platform did not let the start happen; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a platform's side is given."""

    settings: Settings
    store: StoreImplementation
    bot: Bot
    stack: AsyncExitStack
    #: The sender of each platform, once there is one.
    lanes: dict[str, Lane] = field(default_factory=dict)

    def leads(self, platform: str) -> bool:
        """Tell whether this process is the one that sends there; of several it also asks for updates."""
        return platform in self.lanes and self.lanes[platform].leads

    @property
    def clock(self) -> Clock:
        """The clock."""
        return self.bot.clock

    @property
    def program(self) -> Program:
        """The program's words and figures."""
        return self.bot.program

    async def room(self, platform: str, wanted: str = "") -> str:
        """Give the directors' room of a platform, "" where there is none; one in the settings comes first."""
        async with self.store.unit() as unit:
            known = (await unit.work.rooms()).get(platform)
            if wanted and (not known or known.chat != wanted):
                now = self.clock.now()
                known = DirectorsRoom(platform, wanted, now)
                await unit.save(Outcome((known,)), now)
        return known.chat if known else ""

    async def bury(self, platform: str, event: str, error: str, payload: str) -> None:
        """Keep what could not be read."""
        log.error("update_not_read", platform=platform, event_id=event, error=error)
        async with self.store.unit() as unit:
            await unit.dead_letter(platform, event, error, payload, at=self.clock.now())

    async def refuse(self, event: Event, sentence: str) -> None:
        """Answer, by the name of a sentence, what no rule may see.

        With that it is decided: when the platform brings it again it is neither answered again nor done.
        """
        language = event.sender.language if event.sender else ""
        words = Message(self.program.say(language or "en", sentence))
        async with self.store.unit() as unit:
            if await unit.fresh([event]):
                await unit.save(Outcome(deliveries=(reply(event, words),)), self.clock.now())

    def heard(self, meet: Callable[[], Awaitable[None]]) -> Heard:
        """Give what decides about events; `meet` is called when the directors' room may be another one."""

        async def handle(events: Sequence[Event]) -> None:
            await self.bot.handle(events)
            if any(isinstance(event, Moved) or is_claim(event) for event in events):
                await meet()

        return handle


@dataclass(frozen=True, slots=True)
class Side:
    """One platform."""

    chat: Chat
    receiving: Receiving
    pacer: Pacer | None
    #: Says how the directors' room is claimed, where there is none: the code goes into {code}.
    claiming: str = ""


def all_of(sides: Sequence[Side]) -> Receiving:
    """Give the receiving of every platform as one."""
    parts = [side.receiving for side in sides]

    def missing() -> Mapping[str, str]:
        return {name: why for part in parts for name, why in part.missing().items()}

    return Receiving(
        tuple(route for part in parts for route in part.routes),
        tuple(run for part in parts for run in part.runs),
        missing,
    )
