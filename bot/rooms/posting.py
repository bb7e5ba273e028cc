"""One way to write to a pair, whatever its room is; and the relay, which forwards and forgets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries import tell
from bot.events import Said
from bot.messages import Address, Carry, Delivery, Message, Unsure
from bot.model import Person, RoomKind
from bot.outcome import NOTHING, Outcome
from bot.rooms.pair import of_turn
from bot.snapshots import Book, Turn
from bot.texts import Program
from bot.timetable import WEEK, share_day


TWO_DAYS = timedelta(days=2)


def post(
    book: Book,
    key: str,
    say: Callable[[str], Message],
    due: datetime,
    program: Program,
    *,
    pin: bool = False,
    patience: timedelta = TWO_DAYS,
    unsure: Unsure = Unsure.REPEAT,
) -> tuple[Delivery, ...]:
    """Write to a pair: once into their shared chat, or to each in private while they have none.

    Three whose days never meet are written to in private, too, each on their own day. `say` gives the
    message in a language. The key of a private one ends in the person's id. Who cannot be reached gets none
    in private, but their night is kept in the room: they read there all the same.
    """
    partnership = book.partnership
    zones = days_of(book.members, program)
    if partnership.room is not RoomKind.GROUP or not partnership.chat or not share_day(due.date(), zones):
        return tuple(
            tell(
                member,
                f"{key}/{member.id}",
                say(member.language),
                due,
                program,
                patience=patience,
                unsure=unsure,
            )
            for member in book.members
            if member.reachable and member.erased_at is None
        )
    message = say(room_language(book.members, program))
    to = Address(partnership.platform, "room", partnership.id)
    return (Delivery(key, to, replace(message, pin=pin or message.pin), due, due + patience, zones, unsure),)


def days_of(members: Sequence[Person], program: Program) -> tuple[str, ...]:
    """Give the zones whose nights a post to all of them keeps: none at a fast pace."""
    if program.pace < WEEK:
        return ()
    return tuple(dict.fromkeys(member.zone for member in members if member.zone))


def room_language(members: Sequence[Person], program: Program) -> str:
    """Give the language the bot speaks in a room: the one all of them chose, else English.

    "pt" and "pt-br" meet in "pt". A language the program has no words in is English anyway.
    """
    chosen = {member.language for member in members}
    if len(chosen) == 1:
        return next(iter(chosen))
    bases = {language.split("-")[0] for language in chosen}
    base = next(iter(bases)) if len(bases) == 1 else "en"
    return base if base in program.texts.languages else "en"


def carry(event: Said, turn: Turn, program: Program) -> Outcome:
    """Carry what somebody wrote in private to their partners, by its id alone: nothing of it is kept.

    An edited message is carried again and says so; deletions never reach a bot.
    """
    if turn.partnership is None or not event.ref:
        return NOTHING
    pair = of_turn(turn, turn.partnership)
    return Outcome(
        deliveries=tuple(_carried(event, turn, partner, program) for partner in pair.others(turn.person))
    )


def _carried(event: Said, turn: Turn, partner: Person, program: Program) -> Delivery:
    words = "rooms.carry.edited" if event.edited else "rooms.carry.by"
    by = program.say(partner.language, words, name=turn.person.name or "…")
    key = f"carry/{event.platform}/{event.id}/{partner.id}"
    to = Address(partner.platform, "person", str(partner.id))
    # People write to each other when they like: no night holds it back, as in any chat.
    failed = Message(program.say(turn.person.language, "rooms.carry.failed", partner=partner.name or "…"))
    body = Carry(event.chat, event.ref, by, failed)
    return Delivery(key, to, body, turn.now, turn.now + TWO_DAYS, unsure=Unsure.HOLD)
