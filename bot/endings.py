"""How the sending of a parcel can end, and what follows from it for those who were to read it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.events import Event, RoomLost, Sender, Unreachable
from bot.messages import Address, Body, Carry, Delivery, Message
from bot.ports import Parcel, Sent


LONGEST_BACKOFF = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ended:
    """How the sending of a parcel ended: it was taken, or `mark` puts it back or gives it up."""

    parcel: Parcel
    sent: Sent | None = None
    #: What follows from it, to be decided before anything is marked.
    events: tuple[Event, ...] = ()
    instead: tuple[Delivery, ...] = ()
    mark: Callable[[], Awaitable[None]] | None = None


def backoff(attempts: int) -> timedelta:
    """Give how long to wait after so many tries: 1, 2, 4 … seconds, at most ten minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_BACKOFF)


def to_each(parcel: Parcel) -> tuple[Delivery, ...]:
    """Give what was meant for a lost room as private messages to its people."""
    if parcel.to.kind != "room" or not isinstance(parcel.body, Message):
        return ()
    return tuple(
        Delivery(
            f"{parcel.key}/{person}",
            Address(parcel.to.platform, "person", str(person)),
            replace(parcel.body, pin=False),
            parcel.due_at,
            parcel.give_up_at,
            parcel.zones,
            parcel.unsure,
        )
        for person in parcel.accounts
    )


def to_writer(
    key: str, platform: str, body: Body, due_at: datetime, give_up_at: datetime | None
) -> tuple[Delivery, ...]:
    """Tell who wrote a message to a partner that it may not have arrived."""
    if not isinstance(body, Carry) or body.failed is None:
        return ()
    to = Address(platform, "chat", body.from_chat)
    return (Delivery(f"{key}/failed", to, body.failed, due_at, give_up_at),)


def lost(parcel: Parcel, why: str, now: datetime) -> tuple[Event, ...]:
    """Give what is to be decided about the person or the room that cannot be reached."""
    event_id = f"lost/{parcel.key}"
    platform = parcel.to.platform
    if parcel.to.kind == "person":
        who = Sender(parcel.accounts.get(int(parcel.to.id), ""))
        return (Unreachable(id=event_id, platform=platform, at=now, chat=parcel.chat, sender=who, why=why),)
    if parcel.to.kind == "room":
        return (RoomLost(id=event_id, platform=platform, at=now, chat=parcel.chat, private=False, why=why),)
    return ()
