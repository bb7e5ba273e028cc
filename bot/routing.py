"""Which rule decides about an event: the one place that knows all of them."""

from dataclasses import replace

from bot import commands, conversations, rooms
from bot.access import may_direct
from bot.deliveries import reply
from bot.events import AskedToJoin, Event, Invited, Joined, Left, Moved, RoomLost, RoomOpened, Said, Tapped
from bot.messages import Address, Message, Settle
from bot.outcome import Outcome
from bot.ports import Needs
from bot.snapshots import Desk, Turn
from bot.texts import Program


ABOUT_ROOMS = (RoomOpened, RoomLost, Joined, Left, AskedToJoin, Invited, Moved)


def is_claim(event: Event) -> bool:
    """Tell whether somebody wants to make this shared chat the directors' room."""
    return isinstance(event, Said) and not event.private and event.text.lower().startswith("/claim")


def needs_of(event: Event, turn: Turn) -> Needs | None:
    """Give what a desk must hold for this event; None when it is no director's command."""
    if not turn.in_directors_room or not isinstance(event, Said | Tapped) or is_claim(event):
        return None
    return commands.needs(commands.words_of(event))


def needs_with(event: Event, desk: Desk) -> Needs:
    """Give what the desk must hold, now that it is known which command waits for a yes."""
    return commands.needs(commands.words_of(event), desk.pending)


def decide(event: Event, turn: Turn, program: Program, *, code: str = "") -> Outcome:
    """Give what an event of a participant, or of a room, leads to."""
    if is_claim(event):
        assert isinstance(event, Said)
        room = turn.directors_room
        known = room if room and room.platform == event.platform else None
        return commands.claim(event, turn, code=code or None, known=known, program=program)
    if isinstance(event, ABOUT_ROOMS) or not event.private:
        return rooms.advance(event, turn, program)
    return conversations.advance(event, turn, program)


def command(event: Event, desk: Desk, program: Program) -> Outcome:
    """Give what a director's command leads to."""
    assert isinstance(event, Said | Tapped)
    return commands.decide(event, desk, program)


def in_line(outcome: Outcome, event: Event, turn: Turn) -> Outcome:
    """Address answers to the chat of the event as what that chat is: a person, a room, the directors.

    The outbox keeps the order of each address, so everything that goes to one chat must have the same one.
    What has no chat (a form that was sent in) is answered in the person's own.
    Somebody who was forgotten just now has no address but the chat.
    """
    known = _address(event, turn)
    if known is None or turn.person.id in outcome.erasures:
        return outcome
    there = Address(event.platform, "chat", event.chat)
    deliveries = tuple(
        replace(delivery, to=known)
        if delivery.to == there and not isinstance(delivery.body, Settle)
        else delivery
        for delivery in outcome.deliveries
    )
    return replace(outcome, deliveries=deliveries)


def _address(event: Event, turn: Turn) -> Address | None:
    own = turn.person.reachable and turn.person.chat == event.chat
    if event.private and (own or not event.chat):
        return Address(event.platform, "person", str(turn.person.id))
    if turn.in_directors_room:
        return Address(event.platform, "directors", event.chat)
    if not event.private and turn.partnership and turn.partnership.chat == event.chat:
        return Address(event.platform, "room", turn.partnership.id)
    return None


def sorry(event: Event, turn: Turn, program: Program) -> Outcome:
    """Give the answer to somebody whose event met a defect of ours: never silence."""
    if not isinstance(event, Said | Tapped):
        return Outcome()
    if not event.private and not may_direct(event, in_directors_room=turn.in_directors_room):
        return Outcome()
    return Outcome(deliveries=(reply(event, Message(program.say(turn.person.language, "shell.sorry"))),))
