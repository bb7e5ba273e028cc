"""Away until a day, and back: nobody is reminded while they are away, and the partner knows."""

from dataclasses import replace
from datetime import date, datetime

from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.stand import Walk, closed
from bot.deliveries import choices, tell
from bot.events import Event
from bot.messages import Delivery, Message
from bot.model import Person
from bot.outcome import NOTHING, Outcome
from bot.snapshots import Turn
from bot.texts import Program
from bot.texts.names import full_date
from bot.texts.reading.answers import Understood
from bot.texts.reading.dates import read_date
from bot.timetable import zone_of


#: Somebody who left so many partners without a word waits until they say they are back (program).
GHOSTED = 2


def ask_away(call: Call) -> Outcome:
    """Go away until the day that was named; ask for it when none was."""
    if not call.args:
        return begin(call, "away")
    read = read_date(call.args, today(call.turn))
    until = date.fromisoformat(str(read.value)) if isinstance(read, Understood) else None
    if until is None:
        return begin(call, "away", note=call.say("commands.away.unclear", what=call.args[:60]))
    if until <= today(call.turn):
        return begin(call, "away", note=call.say("commands.away.past"))
    message = Message(_words(call.turn, until, call.program), call.row("back"))
    return call.settle("away", message, _gone(call.event, call.turn, until, call.program))


def leave(walk: Walk, chosen: str) -> Outcome:
    """Go away until the day that was answered."""
    until = date.fromisoformat(str(walk.dialogue.answers["away"]))
    if until <= today(walk.turn):
        return closed(walk, Message(walk.say("commands.away.past")), chosen=chosen)
    message = Message(
        _words(walk.turn, until, walk.program), choices((walk.say("commands.button.back"), "cmd:back"))
    )
    return closed(walk, message, chosen=chosen, outcome=_gone(walk.event, walk.turn, until, walk.program))


def back(call: Call) -> Outcome:
    """Be here again: reminders go on, and who waited for a partner is matched again."""
    person = call.turn.person
    if person.away_until is None and person.ghosted < GHOSTED:
        return call.answer(call.say("commands.back.here"), call.row("status", "help"))
    here = replace(person, away_until=None, ghosted=min(person.ghosted, GHOSTED - 1))
    told = _tell_partners(call.event, call.turn, "back", call.program) if person.away_until else ()
    message = Message(call.say("commands.back.done", name=person.name))
    return call.settle("away", message, Outcome((here,), told))


def today(turn: Turn) -> date:
    """Give the person's own day."""
    return turn.now.astimezone(zone_of(turn.person.zone)).date()


def is_away(person: Person, now: datetime) -> bool:
    """Tell whether somebody is away: the day they named is the first on which they are back."""
    return person.away_until is not None and person.away_until > now.astimezone(zone_of(person.zone)).date()


def _gone(event: Event, turn: Turn, until: date, program: Program) -> Outcome:
    if turn.person.away_until == until:
        return NOTHING
    gone = replace(turn.person, away_until=until)
    return Outcome((gone,), _tell_partners(event, turn, "away", program, until))


def _words(turn: Turn, until: date, program: Program) -> str:
    language = turn.person.language
    told = "told" if turn.partners else "done"
    return program.say(
        language, f"commands.away.{told}", until=full_date(until, program.texts.spoken(language))
    )


def _tell_partners(
    event: Event, turn: Turn, what: str, program: Program, until: date | None = None
) -> tuple[Delivery, ...]:
    partnership = turn.partnership
    if partnership is None:
        return ()
    return tuple(
        tell(
            partner,
            f"{what}/{partnership.id}/{event.platform}/{event.id}/{partner.id}",
            _told(turn.person, partner, what, program, until),
            turn.now,
            program,
        )
        for partner in turn.partners
        if partner.reachable
    )


def _told(person: Person, partner: Person, what: str, program: Program, until: date | None) -> Message:
    day = full_date(until, program.texts.spoken(partner.language)) if until else ""
    return Message(program.say(partner.language, f"commands.{what}.partner", name=person.name, until=day))
