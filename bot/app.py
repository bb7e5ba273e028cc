"""The shell: loads what is known, lets a rule decide, saves records and messages in one transaction.

It holds no rule about people. Whatever is decided is in the database before a platform hears that an
event was received; sending comes afterwards (`bot.sender`).
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from bot import conversations, partnerships, rounds, routing
from bot.events import Event, Filled, Moved
from bot.forms import Form
from bot.outcome import NOTHING, Outcome, together
from bot.ports import Clock, Needs, Store, StoreAway, Unit
from bot.snapshots import Book, Desk, Hall, Turn
from bot.texts import Program


log = structlog.get_logger()

Seen = TypeVar("Seen")

#: One look takes so many at the most, so that a long queue never makes a long transaction.
BATCH = 200
#: A partnership or round whose look met a defect is looked at again after this.
AGAIN = timedelta(hours=1)
#: An application is left alone for so long before its one reminder (program: "reminds the unfinished once").
UNFINISHED = timedelta(days=2)


class Bot:
    """Events and looks come in, decisions are saved. One instance a process."""

    def __init__(self, store: Store, program: Program, clock: Clock, *, claim_code: str = "") -> None:
        """Take the store, the program's words and the clock; `claim_code` makes the first directors' room."""
        self.store = store
        self.program = program
        self.clock = clock
        self.claim_code = claim_code
        #: Set, all of them, whenever something may have been put in the outbox.
        self.sleepers: list[asyncio.Event] = []

    async def handle(self, events: Sequence[Event]) -> None:
        """Decide about the events in order; when this returns, all of it is durable.

        Events that were handled before change nothing. When saving many together fails, each is tried
        alone, and one that still fails is kept as a dead letter: nothing stops behind it. Raises StoreAway
        while the database is: then nothing of it is done, and the platform keeps the events.
        """
        try:
            await self._handle(events)
        except StoreAway:
            raise
        except Exception:  # noqa: BLE001 - whatever the database refused, nobody else may wait for it
            for event in events:
                await self._alone(event)
        self._wake()

    async def tick(self) -> int:
        """Look at everything whose time has come, a bounded batch of each; gives how many were looked at.

        Raises StoreAway while the database is: then it is looked for again.
        """
        now = self.clock.now()
        due = await self.store.next_due(UNFINISHED)
        kinds = (
            (due.round, partial(self._look, _ROUNDS)),
            (due.partnership, partial(self._look, _PARTNERSHIPS)),
            (due.application, partial(self._look, _APPLICATIONS)),
        )
        looked = sum([await look(now) for at, look in kinds if at is not None and at <= now])
        if looked:
            self._wake()
        return looked

    async def next_form(self, event: Filled) -> Form | None:
        """Give what a form shows after a page that was sent in and handled; None when it closes."""
        async with self.store.unit() as unit:
            turn = (await unit.turns((event,), self.clock.now()))[0]
        return conversations.next_form(event, turn, self.program) if turn else None

    def _wake(self) -> None:
        for sleeper in self.sleepers:
            sleeper.set()

    async def _handle(self, events: Sequence[Event]) -> None:
        async with self.store.unit() as unit:
            waiting = await unit.fresh(events)
            while waiting:
                wave, waiting = _wave(waiting)
                now = self.clock.now()
                turns = await unit.turns(wave, now)
                known = [(event, turn) for event, turn in zip(wave, turns, strict=True) if turn is not None]
                decided, later = _apart(known)
                outcomes = [
                    routing.in_line(await self._decide(unit, event, turn, now), event, turn)
                    for event, turn in decided
                ]
                await unit.save(together(outcomes), now)
                waiting = later + waiting

    async def _decide(self, unit: Unit, event: Event, turn: Turn, now: datetime) -> Outcome:
        try:
            needs = routing.needs_of(event, turn)
            if needs is None:
                return routing.decide(event, turn, self.program, code=self.claim_code)
            desk = await _desk(unit, event, needs, now)
            if desk is None:
                return NOTHING
            return await unit.at_length(partial(routing.command, event, desk, self.program))
        except Exception as error:
            # A rule's defect: the person gets a sentence, the operator the trace, the rest goes on.
            log.exception("decision_failed", platform=event.platform, event_id=event.id)
            kind = type(event).__name__
            await unit.dead_letter(event.platform, event.id, named(error), kind, of=event)
            return routing.sorry(event, turn, self.program)

    async def _alone(self, event: Event) -> None:
        # A second try: a deadlock is over by now. What fails again is a defect of ours.
        try:
            await self._handle((event,))
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            await self._bury(event, error)

    async def _bury(self, event: Event, error: Exception) -> None:
        log.error("event_buried", platform=event.platform, event_id=event.id, error=named(error))
        try:
            await self._put_aside(event, error, tell=True)
        except StoreAway:
            raise
        except Exception:
            # What kept the event from being decided may keep us from knowing whom to tell.
            log.exception("not_told", platform=event.platform, event_id=event.id)
            await self._put_aside(event, error, tell=False)

    async def _put_aside(self, event: Event, error: Exception, *, tell: bool) -> None:
        async with self.store.unit() as unit:
            if not await unit.fresh((event,)):
                return
            kind = type(event).__name__
            await unit.dead_letter(event.platform, event.id, named(error), kind, of=event)
            now = self.clock.now()
            for turn in await unit.turns((event,), now) if tell else ():
                if turn is not None:
                    told = routing.sorry(event, turn, self.program)
                    await unit.save(routing.in_line(told, event, turn), now)

    async def _look(self, kind: "_Kind[Seen]", now: datetime) -> int:
        """Look at what is due of one kind; where it cannot be saved together, each is looked at alone."""
        try:
            return await self._look_at(kind, now, BATCH)
        except StoreAway:
            raise
        except Exception:
            # What the database refused of one (a defect of a rule's) must stop no other's prompt.
            log.exception("looks_failed")
        for looked in range(BATCH):
            if not await self._look_at_next(kind, now):
                return looked
        return BATCH

    async def _look_at(self, kind: "_Kind[Seen]", now: datetime, limit: int) -> int:
        async with self.store.unit() as unit:
            found = await kind.load(unit, now, limit)
            look = partial(self._seen, kind, found, now)
            await unit.save(await unit.at_length(look) if kind.long else look(), now)
        return len(found)

    async def _look_at_next(self, kind: "_Kind[Seen]", now: datetime) -> int:
        """Look at the one that is due longest; put it off when it cannot be saved."""
        try:
            return await self._look_at(kind, now, 1)
        except StoreAway:
            raise
        except Exception:
            # This one it is: it waits, so that those behind it are looked at.
            log.exception("look_failed")
        async with self.store.unit() as unit:
            found = await kind.load(unit, now, 1)
            await unit.save(together([kind.later(each, now) for each in found]), now)
        return len(found)

    def _seen(self, kind: "_Kind[Seen]", found: Sequence[Seen], now: datetime) -> Outcome:
        return together([self._seen_one(kind, each, now) for each in found])

    def _seen_one(self, kind: "_Kind[Seen]", seen: Seen, now: datetime) -> Outcome:
        try:
            return kind.rule(seen, now, self.program)
        except Exception:
            # A rule's defect about one: it comes again later, the rest of the batch is saved.
            log.exception("look_failed", subject=kind.name(seen))
            return kind.later(seen, now)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Seen]):
    """What is looked at alike."""

    load: Callable[[Unit, datetime, int], Awaitable[Sequence[Seen]]]
    rule: Callable[[Seen, datetime, Program], Outcome]
    #: Puts one off whose look met a defect.
    later: Callable[[Seen, datetime], Outcome]
    name: Callable[[Seen], str]
    #: True where a look may take minutes: thousands are paired.
    long: bool = False


_ROUNDS: _Kind[Hall] = _Kind(
    lambda unit, now, limit: unit.halls_due(now, limit),
    rounds.advance,
    lambda hall, now: Outcome((replace(hall.round, look_at=now + AGAIN),)),
    lambda hall: hall.round.id,
    long=True,
)
_PARTNERSHIPS: _Kind[Book] = _Kind(
    lambda unit, now, limit: unit.books_due(now, limit),
    partnerships.advance,
    lambda book, now: Outcome((replace(book.partnership, look_at=now + AGAIN),)),
    lambda book: book.partnership.id,
)
_APPLICATIONS: _Kind[Turn] = _Kind(
    lambda unit, now, limit: unit.unfinished(now - UNFINISHED, limit, now),
    lambda turn, _now, program: conversations.remind(turn, program),
    lambda turn, _now: Outcome((replace(turn.dialogue, reminded=True),) if turn.dialogue else ()),
    lambda turn: str(turn.person.id),
)


async def _desk(unit: Unit, event: Event, needs: Needs, now: datetime) -> Desk | None:
    """Load what a command needs; of a yes only the desk tells which command waits for it."""
    desk = await unit.desk(event, needs, now)
    more = routing.needs_with(event, desk) if desk else needs
    return desk if more == needs else await unit.desk(event, more, now)


def named(error: BaseException) -> str:
    """Give an error by its kind and place: its message may hold what people wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return type(error).__name__ + "".join(f" in {Path(at.filename).name}:{at.lineno}" for at in last)


def _wave(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Split off the events that can be decided side by side: the first of each person and of each chat."""
    wave: list[Event] = []
    rest: list[Event] = []
    seen: set[str] = set()
    for event in events:
        subjects = {event.chat, event.sender.account if event.sender else event.chat}
        if isinstance(event, Moved):
            subjects.add(event.to)
        (rest if subjects & seen else wave).append(event)
        seen |= subjects
    return wave, rest


def _apart(known: Sequence[tuple[Event, Turn]]) -> tuple[list[tuple[Event, Turn]], list[Event]]:
    """Keep the first event of each partnership; the others must see what it led to."""
    decided: list[tuple[Event, Turn]] = []
    later: list[Event] = []
    seen: set[str] = set()
    for event, turn in known:
        partnership = turn.partnership.id if turn.partnership else ""
        if partnership in seen:
            later.append(event)
            continue
        decided.append((event, turn))
        seen |= {partnership} - {""}
    return decided, later
