"""The room ladder: how a pair comes to a shared chat, rung by rung, each with its words and its patience.

Whoever is asked may choose another way at once. A pair that already talks stays RUNNING while its room is
mended: what the bot writes goes to each in private meanwhile.
"""

from dataclasses import replace
from datetime import datetime

from bot.cases import open_case
from bot.markup import Markup
from bot.messages import Ask, Delivery, Message
from bot.model import Partnership, PartnershipState, Person, RoomKind, RoomStep
from bot.outcome import NOTHING, Outcome
from bot.rooms.asking import ask, contact_line, each, invite_again, nudged, tell_each
from bot.rooms.pair import LIVE, Pair, of_book
from bot.rooms.rungs import NEXT_AFTER, NUDGE_AFTER, WAITING, days, first_rung, next_look, next_rung, sooner
from bot.snapshots import Book
from bot.texts import Program


def begin(book: Book, now: datetime, program: Program) -> Outcome:
    """Start the way to a room for an approved partnership: ask the platform for it, or the people."""
    pair = of_book(book, now)
    if len({member.platform for member in book.members}) > 1:
        return settle_on_relay(pair, program)
    return climb(pair, first_rung(book.partnership), program)


def look(book: Book, now: datetime, program: Program) -> Outcome:
    """Look whether the people on a rung need a nudge, or the next rung; nothing while they have a room."""
    partnership = book.partnership
    if partnership.state not in LIVE:
        return NOTHING
    if partnership.step is RoomStep.NONE and partnership.state is PartnershipState.OPENING:
        return begin(book, now, program)
    if partnership.step not in WAITING:
        return NOTHING
    pair = of_book(book, now)
    waited = now - (partnership.step_at or now)
    if waited >= days(program, NEXT_AFTER[partnership.step]):
        return give_up_rung(pair, program)
    nudges = () if waited < days(program, NUDGE_AFTER[partnership.step]) else _nudge(pair, program)
    again = replace(partnership, looked_at=now, look_at=next_look(partnership, now, program))
    return Outcome((again,), nudges)


def climb(pair: Pair, step: RoomStep, program: Program) -> Outcome:
    """Put the pair on a rung and tell them what to do there."""
    if step is RoomStep.RELAY:
        return settle_on_relay(pair, program)
    on = on_step(pair, step, program)
    return Outcome((on.partnership,), ask(on, program))


def on_step(pair: Pair, step: RoomStep, program: Program) -> Pair:
    """Give the pair as it stands on this rung from now on."""
    moved = replace(
        pair.partnership,
        state=_live(pair.partnership),
        step=step,
        step_at=pair.now,
        # Those who try a group while they have another way keep that until the group is there.
        room=RoomKind.NONE if pair.partnership.room is RoomKind.GROUP else pair.partnership.room,
    )
    return pair.now_with(replace(moved, look_at=sooner(moved, pair.now, program)))


def settle(pair: Pair, room: RoomKind) -> Pair:
    """Give the pair with its room: it runs, and the rules of the round look at it at once."""
    there = replace(
        pair.partnership,
        state=PartnershipState.RUNNING,
        room=room,
        step=RoomStep.OPEN,
        step_at=pair.now,
        look_at=pair.now,
    )
    return pair.now_with(there)


def settle_on_relay(pair: Pair, program: Program) -> Outcome:
    """Let the bot carry the messages, and tell everybody how that works."""
    there = settle(pair, RoomKind.RELAY)
    return Outcome((there.partnership,), tell_each(there, "relay", "rooms.relay.explained", program))


def settle_on_contact(pair: Pair, program: Program) -> Outcome:
    """Give each the contact of the others: all of them said yes."""
    there = settle(pair, RoomKind.CONTACT)

    def shown(person: Person) -> Message:
        lines = [contact_line(partner, person.language, program) for partner in pair.others(person)]
        contacts = Markup("\n".join(lines))
        words = program.say(person.language, "rooms.contact.shown", contacts=contacts)
        return Message(words, ask=Ask.CLOSE)

    return Outcome((there.partnership,), each(there, "contact-shown", shown, program))


def give_up_rung(pair: Pair, program: Program) -> Outcome:
    """Take the next way, which after the platform's own is the relay; the directors hear of that."""
    if pair.partnership.room is not RoomKind.NONE:
        return Outcome((settle(pair, pair.partnership.room).partnership,))
    if pair.partnership.step is not RoomStep.DIRECT:
        return climb(pair, next_rung(pair.partnership, program), program)
    case = open_case(
        f"room/{pair.partnership.id}",
        "room",
        pair.now,
        program,
        partnership=pair.partnership.id,
        round=pair.partnership.round,
        room=pair.directors_room,
    )
    return case + settle_on_relay(pair, program)


def _live(partnership: Partnership) -> PartnershipState:
    running = partnership.state is PartnershipState.RUNNING
    return PartnershipState.RUNNING if running else PartnershipState.OPENING


def _nudge(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    partnership = pair.partnership
    if partnership.step is RoomStep.CONTACT:
        open_to = [member for member in pair.members if member.id not in partnership.agreed]
        return nudged(pair, open_to, "rooms.contact.nudge", program, ("contact-yes", "contact-no"))
    if not partnership.present:
        return nudged(pair, pair.members, "rooms.picker.nudge", program, ("relay", "contact"))
    return invite_again(pair)
