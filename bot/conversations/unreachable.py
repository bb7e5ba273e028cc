"""Somebody cannot be written to any more: the directors get a case, and the partners hear it once, kindly."""

from dataclasses import replace

from bot.cases import open_case
from bot.deliveries import choices, tell
from bot.messages import Delivery, Message
from bot.model import Partnership, Person
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program
from bot.timetable import WEEK


def unreachable(turn: Turn, program: Program) -> Outcome:
    """Note that the person cannot be reached; in a partnership others must know it, too."""
    person = replace(turn.person, reachable=False)
    partnership = turn.partnership
    if partnership is None:
        return Outcome((person,))
    case = open_case(
        f"unreachable/{person.id}/{partnership.round}",
        "unreachable",
        turn.now,
        program,
        person=person,
        partnership=partnership.id,
        round=partnership.round,
        room=turn.directors_room,
    )
    here = (each for each in turn.partners if each.reachable and each.erased_at is None)
    told = tuple(_told(person, partner, partnership, turn, program) for partner in here)
    return Outcome((person,)) + case + Outcome(deliveries=told)


def _told(
    person: Person, partner: Person, partnership: Partnership, turn: Turn, program: Program
) -> Delivery:
    """Tell a partner; the key has no time in it, so that it is told once in a partnership."""
    language = partner.language
    text = program.say(language, "people.unreachable", name=person.name or "…")
    button = (program.say(language, "ladder.button.another"), f"l:{partnership.id}:0:another")
    key = f"unreachable/{person.id}/{partnership.id}/{partner.id}"
    return tell(partner, key, Message(text, choices(button)), turn.now, program, patience=WEEK)
