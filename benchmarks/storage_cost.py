"""What storing costs: milliseconds an event, a delivery, a look at a hundred thousand people.

`python -m benchmarks.storage_cost [sqlite:///file.db | postgresql://…]`; without a URL a file of this run.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.events import Event, Said, Sender
from bot.messages import Address, Choice, Delivery, Message
from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Dialogue,
    Membership,
    Partnership,
    PartnershipState,
    Record,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from bot.ports import Sent
from bot.snapshots import Turn
from storage import StoreImplementation, open_store


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
LANE = "telegram"
BATCH = 500


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[StoreImplementation]:
    store = open_store(url)
    await store.migrate()
    try:
        yield store
    finally:
        await store.close()


def said(number: int, person: int) -> Event:
    who = Sender(account=str(9_000_000_000 + person), name=f"Person {person}")
    return Said(id=str(number), platform=LANE, at=NOW, chat=who.account, sender=who, text="Brasil")


def decided(turn: Turn, number: int) -> tuple[Record, Delivery]:
    record = Dialogue(turn.person.id, "application", "country", {"name": "Ana"}, ("name",), touched_at=NOW)
    body = Message("Which country do you live in? You can write its name.", ((Choice("Brazil", "a:c:BR"),),))
    to = Address(LANE, "chat", turn.person.chat)
    return record, Delivery(f"reply/{number}", to, body, NOW, give_up_at=NOW + timedelta(days=2))


async def handle(store: StoreImplementation, events: list[Event]) -> None:
    async with store.unit() as unit:
        fresh = await unit.fresh(events)
        turns = await unit.turns(fresh, NOW)
        both = [decided(turn, int(event.id)) for event, turn in zip(fresh, turns, strict=True) if turn]
        await unit.save(Outcome(tuple(a for a, _ in both), tuple(b for _, b in both)), NOW)


async def deliver(store: StoreImplementation) -> int:
    fence = await store.lease(LANE, "local", NOW, timedelta(seconds=15))
    assert fence is not None
    parcels = await store.claim(LANE, fence, NOW, BATCH)
    await store.sent([(parcel, Sent("1")) for parcel in parcels], NOW)
    return len(parcels)


async def settle(store: StoreImplementation, people: int) -> None:
    """Pair everybody, with a check-in each: what the turns of a running round find."""
    saves: list[Record] = [Round("r", "Spring", RoundState.RUNNING, started_at=NOW)]
    for number in range(1, people // 2 + 1):
        pair = (2 * number - 1, 2 * number)
        name = f"r.{number}"
        state = PartnershipState.RUNNING
        look_at = NOW + timedelta(days=1)
        saves.append(Partnership(name, "r", number, LANE, pair, state, pair[0], look_at=look_at))
        for person in pair:
            saves.append(Membership(name, person, "r"))
            saves.append(Application("r", person, ApplicationState.PLACED, {"country": "BR"}, NOW, "BR"))
            saves.append(CheckIn(name, person, 1, NOW))
    async with store.unit() as unit:
        await unit.save(Outcome(tuple(saves)), NOW)


async def main(url: str, people: int = 2000, rounds: int = 3) -> None:
    async with opened(url) as store:
        number = 0
        for turn in range(rounds + 1):
            began = time.perf_counter()
            for start in range(0, people, BATCH):
                batch = [said(number + person, person) for person in range(start, start + BATCH)]
                await handle(store, batch)
                number += BATCH
            handled = time.perf_counter()
            sent = 0
            while count := await deliver(store):
                sent += count
            delivered = time.perf_counter()
            print(
                f"{'new' if not turn else 'paired' if turn > 1 else 'known':8}"
                f"{1000 * (handled - began) / people:8.3f} ms an event"
                f"{1000 * (delivered - handled) / sent:8.3f} ms a delivery"
            )
            if turn == 1:
                await settle(store, people)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "sqlite://"))
