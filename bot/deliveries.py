"""The few shapes of delivery: a reply, a private message, a post to the directors. Keys are built here."""

from datetime import datetime, timedelta

from bot.events import Event, Tapped
from bot.markup import Markup, escape
from bot.messages import Address, Choice, Delivery, Message, OpenForm, Settle, Unsure
from bot.model import DirectorsRoom, Person
from bot.snapshots import Turn
from bot.texts import Program
from bot.timetable import WEEK


def reply_key(event: Event) -> str:
    """Give the key of the reply to an event."""
    return f"reply/{event.platform}/{event.id}"


def reply(event: Event, message: Message | OpenForm, *, part: int = 0) -> Delivery:
    """Answer in the chat the event came from, at once. `part` tells several replies apart."""
    key = reply_key(event) + (f"/{part}" if part else "")
    to = Address(event.platform, "chat", event.chat)
    return Delivery(key, to, message, event.at, give_up_at=event.at + timedelta(days=2))


def answer(event: Event, turn: Turn, program: Program, text: str, /, **values: str | int) -> Delivery:
    """Answer the event with the words of `text` in the person's language."""
    return reply(event, Message(program.say(turn.person.language, text, **values)))


def settle(event: Event, ref: str, chosen: str) -> Delivery:
    """Take the buttons away from the message that was tapped, and show under it what was chosen."""
    key = f"settle/{event.platform}/{event.chat}/{ref}"
    to = Address(event.platform, "chat", event.chat)
    body = Settle(ref, chosen, event.shown if isinstance(event, Tapped) else "")
    return Delivery(key, to, body, event.at, give_up_at=event.at + timedelta(hours=1))


def tell(
    person: Person,
    key: str,
    message: Message,
    at: datetime,
    program: Program,
    *,
    patience: timedelta = timedelta(days=2),
    unsure: Unsure = Unsure.REPEAT,
) -> Delivery:
    """Write to a person of the bot's own accord: not in their night, and not later than `patience` allows."""
    zones = (person.zone,) if person.zone and program.pace >= WEEK else ()
    to = Address(person.platform, "person", str(person.id))
    return Delivery(key, to, message, at, at + patience, zones, unsure)


def tell_directors(
    room: DirectorsRoom | None, key: str, message: Message, at: datetime
) -> tuple[Delivery, ...]:
    """Write into the directors' room; nothing where none was claimed (the queue has it all the same)."""
    if room is None:
        return ()
    to = Address(room.platform, "directors", room.chat)
    return (Delivery(key, to, message, at),)


def mention(person: Person) -> Markup:
    """Give the person's name as a mention that the platform links to them."""
    return Markup(f"[{escape(person.name or '…')}](person:{person.id})")


def moment(at: datetime, fallback: str) -> Markup:
    """Give a moment that each reader sees in their own zone, with the words for where that cannot be."""
    return Markup(f"[{escape(fallback)}](time:{int(at.timestamp())})")


def choices(*pairs: tuple[str, str], width: int = 2) -> tuple[tuple[Choice, ...], ...]:
    """Give rows of buttons, `width` to a row, from (label, value) pairs."""
    buttons = [Choice(label, value) for label, value in pairs]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
