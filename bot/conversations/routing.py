"""Which part of a conversation an event belongs to: a command, a question that waits, a check-in, the relay.

Everything a person says or taps in private gets exactly one reply; what is only reported (somebody
blocked the bot, a message was edited) gets none.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot import check_ins, keep_in_touch, ladder, rooms
from bot.conversations import forms_filling, home, walk
from bot.conversations.calls import Call, Command
from bot.conversations.helping import lost
from bot.conversations.home_windows import in_window
from bot.conversations.interrupted import JUST_ASKED, waiting, without_report
from bot.conversations.running import in_between, run
from bot.conversations.stand import Walk, walk_of
from bot.conversations.tables import REPORTS
from bot.conversations.telling import and_more, nothing_more
from bot.conversations.unreachable import unreachable
from bot.conversations.words import ANYTIME, COMMANDS, DIRECTORS, NEVER_CARRIED, command_of, plain_command
from bot.deliveries import answer
from bot.events import Dismissed, Event, Exchange, Filled, HomeOpened, Reachable, Said, Tapped, Unreachable
from bot.forms import able
from bot.messages import Carry
from bot.model import Contact, Person, RoomKind
from bot.outcome import NOTHING, Outcome
from bot.snapshots import Turn
from bot.texts import Program
from bot.texts.reading.folding import key


#: When somebody was last seen is kept no finer than this: a row is not written for every word.
SEEN = timedelta(minutes=10)
#: How long platforms let people edit: so long an edit may be of words that were never for the partner.
EDITABLE = timedelta(hours=48)
HUSHED = "~private"


def advance(event: Event, turn: Turn, program: Program) -> Outcome:
    """Give what an event in somebody's private chat leads to."""
    match event:
        case Unreachable():
            return unreachable(turn, program)
        case Reachable():
            return Outcome((replace(turn.person, reachable=True),)) if not turn.person.reachable else NOTHING
        case Said() | Tapped() | Filled() | Dismissed():
            return _answered(event, turn, program)
        case HomeOpened():
            return home.shown(event, turn, program)
    return NOTHING


def _answered(event: Said | Tapped | Filled | Dismissed, turn: Turn, program: Program) -> Outcome:
    person = _seen(event, turn)
    dialogue = None if turn.person.erased_at else waiting(turn)
    same = person is turn.person and dialogue is turn.dialogue
    seen = turn if same else replace(turn, person=person, dialogue=dialogue)
    outcome = and_more(_decided(event, seen, program), Call(event, seen, program))
    if _was_private(event, seen, outcome):
        person, outcome = _hushed(person, turn, outcome)
    changed = person != turn.person and not outcome.erasures
    kept = changed and not any(isinstance(one, Person) and one.id == person.id for one in outcome.saves)
    outcome = Outcome((person,)) + outcome if kept else outcome
    return home.with_home(event, turn, outcome, program) if able(turn.person.platform).home else outcome


def _decided(event: Said | Tapped | Filled | Dismissed, turn: Turn, program: Program) -> Outcome:
    match event:
        case Said():
            return _said(event, turn, program)
        case Tapped():
            return in_window(event, turn, _tapped(event, turn, program), program)
        case Filled():
            return forms_filling.filled(event, turn, program)
        case Dismissed():
            return forms_filling.dismissed(event, turn, program)


def _was_private(event: Exchange, turn: Turn, outcome: Outcome) -> bool:
    """Tell whether words in a relay were for the bot, not for the partner."""
    if not isinstance(event, Said) or event.edited or not _relays(turn):
        return False
    return not any(isinstance(one.body, Carry) for one in outcome.deliveries)


def _hushed(person: Person, turn: Turn, outcome: Outcome) -> tuple[Person, Outcome]:
    """Note that these words must not reach the partner by being edited later."""
    saved = next(
        (one for one in reversed(outcome.saves) if isinstance(one, Person) and one.id == person.id), person
    )
    quiet = replace(saved, profile={**saved.profile, HUSHED: turn.now.isoformat()})
    return quiet, outcome if outcome.erasures else outcome + Outcome((quiet,))


def _seen(event: Exchange, turn: Turn) -> Person:
    """Give the person as they are after they wrote: here, awake, and new when they had been erased."""
    person, sender = turn.person, event.sender
    if person.erased_at:
        known = sender or None
        person = replace(
            person,
            erased_at=None,
            name=known.name if known else "",
            handle=known.handle if known else "",
            language=(known.language if known else "") or "en",
        )
    late = person.seen_at is None or turn.now - person.seen_at >= SEEN
    here = person.reachable and person.name and event.chat in ("", person.chat)
    if here and not late and person is turn.person:
        return person
    return replace(
        person,
        chat=event.chat or person.chat,
        reachable=True,
        seen_at=turn.now if late else person.seen_at,
        name=person.name or (sender.name if sender else ""),
    )


def _tapped(event: Tapped, turn: Turn, program: Program) -> Outcome:
    prefix, _, rest = event.value.partition(":")
    match prefix:
        case "a":
            return _walked(event, turn, program, rest)
        case "cmd":
            return run(Call(event, turn, program), rest)
        case "c":
            return check_ins.answer(event, turn, program)
        case "l":
            return nothing_more(event, turn) + ladder.answer(event, turn, program)
        case "k":
            return keep_in_touch.answer(event, turn, program)
        case "r":
            return rooms.advance(event, turn, program)
        case "f" if able(turn.person.platform).forms:
            return forms_filling.turned(event, turn, program, rest)
        case "d":
            return lost(Call(event, turn, program), "directors-only")
    return lost(Call(event, turn, program), "old-button")


def _walked(event: Tapped, turn: Turn, program: Program, rest: str) -> Outcome:
    question, _, option = rest.partition(":")
    where = walk_of(event, turn, program)
    if where is None:
        return lost(Call(event, turn, program), "old-button")
    return walk.tap(where, question, option)


def _said(event: Said, turn: Turn, program: Program) -> Outcome:
    if event.edited and turn.dialogue and turn.dialogue.kind in REPORTS:
        return Outcome(deliveries=(answer(event, turn, program, "commands.report.edited"),))
    if event.edited:
        return rooms.carry(event, turn, program) if _relays(turn) and not _may_be_private(turn) else NOTHING
    call = Call(event, turn, program)
    typed = command_of(event.text)
    if typed and event.forwarded:
        return lost(call, "forwarded")
    if typed:
        return run(call, " ".join(typed))
    where = walk_of(event, turn, program)
    if where and not (_relays(turn) and _long_ago(where, event, turn)):
        return _asked(call, event, where)
    if where and (free := without_report(where.dialogue)) != where.dialogue:
        # They may be more of it, and may be for the partner: nobody can know.
        return Outcome((free,), (answer(event, turn, program, "commands.report.over"),))
    return _unasked(call, event)


def _asked(call: Call, event: Said, where: Walk) -> Outcome:
    """Take words in the middle of a walk: as its answer, or as one of the few commands that are none."""
    word = plain_command(event.text, call.language, call.program)
    command = _runs_anyway(word, where)
    if command:
        return in_between(command(call), call)
    if walk.was_away(where):
        heard = _heard(call, event)
        if heard:
            return heard
    told = _told_besides(call, event, where)
    return in_between(told, call) if told else walk.hear(where, event)


def _told_besides(call: Call, event: Said, where: Walk) -> Outcome | None:
    """Take words that do not answer what waits, but do answer the open check-in ("we met"), as its answer.

    A lone "no" or "soon" is not clear enough; "met" is, for the check-in itself names it.
    """
    words = event.text.split()
    clear = len(words) > 1 or event.text.strip(" .!").casefold() == Contact.MET
    if not clear:
        return None
    for hear in (check_ins.heard, ladder.heard):
        outcome = hear(event, call.turn, call.program)
        if outcome is not None:
            return None if walk.answers(where, event) else outcome
    return None


def _runs_anyway(word: str, where: Walk) -> Command | None:
    question = where.question
    if word in ANYTIME and (question is None or question.kind not in walk.OPEN_KINDS):
        return COMMANDS[word]
    return None


def _unasked(call: Call, event: Said) -> Outcome:
    """Take words while nothing is asked: a plain command, a check-in's answer, or words for the partner."""
    turn, program = call.turn, call.program
    heard = _heard(call, event)
    if heard is not None:
        return heard
    word = "" if event.forwarded else plain_command(event.text, call.language, program)
    first, _, rest = event.text.strip().partition(" ")
    if rest and key(first) == "report" and not event.forwarded:
        return COMMANDS["report"](replace(call, args=rest.strip()))
    carried = NOTHING
    if _relays(turn) and word not in NEVER_CARRIED and event.text.strip().lower() not in NEVER_CARRIED:
        carried = rooms.carry(event, turn, program)
    if carried.deliveries:
        return carried
    if word:
        return COMMANDS[word](call)
    if not event.text.strip():
        return lost(call, "only-words")
    if event.text.strip().lower() in DIRECTORS:
        return lost(call, "directors-only")
    return check_ins.asked_again(event, turn, program) or lost(call, "unknown")


def _heard(call: Call, event: Said) -> Outcome | None:
    for hear in (check_ins.heard, ladder.heard, keep_in_touch.heard, rooms.heard):
        outcome = hear(event, call.turn, call.program)
        if outcome is not None:
            return outcome
    return None


def _may_be_private(turn: Turn) -> bool:
    """Tell whether an edited message may be one that was for the bot alone (a report, an answer)."""
    since = turn.person.profile.get(HUSHED)
    return isinstance(since, str) and turn.now - datetime.fromisoformat(since) < EDITABLE


def _relays(turn: Turn) -> bool:
    return turn.partnership is not None and turn.partnership.room == RoomKind.RELAY


def _long_ago(where: Walk, event: Said, turn: Turn) -> bool:
    """Tell whether something was asked too long ago for words to be its answer; a report asks by itself.

    What counts is when they were written: a bot that was away reads them later.
    """
    touched = where.dialogue.touched_at
    if where.dialogue.kind in REPORTS:
        return False
    return touched is None or min(event.at, turn.now) - touched >= JUST_ASKED
