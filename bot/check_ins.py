"""Answers to the weekly check-in: a tap ("c:<partnership>:<week>:<answer>") or a few words.

The first answer counts and may be changed while the week's question is open, seven days. A tap on an
older question, or one about an earlier partnership, gets one kind sentence and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from bot.access import owns
from bot.cases import open_case
from bot.deliveries import answer as reply_with
from bot.deliveries import reply, settle
from bot.events import Event, Said, Tapped
from bot.markup import Markup
from bot.messages import Message
from bot.model import CheckIn, Contact
from bot.outcome import NOTHING, Outcome
from bot.partnerships.calendar import patience
from bot.partnerships.weekly import ANSWERS, LADDER_ROWS, check_in_buttons
from bot.rooms.pair import names
from bot.snapshots import Turn
from bot.texts import Program


#: An answer may be changed for so many days of the program after it was asked.
OPEN_FOR = 7.0


def answer(event: Event, turn: Turn, program: Program) -> Outcome:
    """Take a tap on a check-in, or words while one is open; always one reply."""
    if isinstance(event, Tapped):
        return _tapped(event, turn, program)
    assert isinstance(event, Said)
    found = heard(event, turn, program)
    if found is not None:
        return found
    row = turn.check_in
    if row is None or row.week >= LADDER_ROWS:
        return Outcome(deliveries=(reply_with(event, turn, program, "checkins.gone"),))
    text = program.say(turn.person.language, "checkins.again", week=row.week)
    buttons = check_in_buttons(row.partnership, row.week, turn.person.language, program)
    return Outcome(deliveries=(reply(event, Message(text, buttons)),))


def heard(event: Said, turn: Turn, program: Program) -> Outcome | None:
    """Take words as the answer to the open check-in; None when there is none, or they say something else."""
    row = turn.check_in
    if row is None or row.week >= LADDER_ROWS or event.media or event.forwarded:
        return None
    said = read_words(event.text, "checkins", tuple(str(each) for each in ANSWERS), turn, program)
    if said is None or not owns(turn, row.partnership) or not _open(row, turn, program):
        return None
    return _kept(event, turn, row, Contact(said), program)


def asked_again(event: Said, turn: Turn, program: Program) -> Outcome | None:
    """Ask once more where this week's question waits for a first answer; None where it does not.

    Words that only begin like an answer ("we talked on Skype") are one here, where they are for nobody else.
    """
    row = turn.check_in
    if row is None or row.week >= LADDER_ROWS or row.answer is not None or event.media or event.forwarded:
        return None
    if not owns(turn, row.partnership) or not _open(row, turn, program):
        return None
    said = _begun(event.text, turn, program)
    return _kept(event, turn, row, Contact(said), program) if said else answer(event, turn, program)


def _begun(text: str, turn: Turn, program: Program) -> str:
    """Give the answer whose words of two or more the text begins with; "" when another's are in it, too."""
    said = f"{_folded(text.replace(',', ' '))} "
    found = {
        str(each): [phrase for phrase in _phrases(_words(each, turn, program)) if " " in phrase]
        for each in ANSWERS
    }
    begun = [each for each, phrases in found.items() if any(said.startswith(f"{one} ") for one in phrases)]
    there = [each for each, phrases in found.items() if any(f" {one} " in f" {said}" for one in phrases)]
    return begun[0] if len(begun) == 1 and there == begun else ""


def _words(each: Contact, turn: Turn, program: Program) -> str:
    language = turn.person.language
    label = program.say(language, f"checkins.button.{each}")
    return f"{label}|{program.say(language, f'checkins.words.{each}')}"


def read_words(text: str, texts: str, answers: tuple[str, ...], turn: Turn, program: Program) -> str | None:
    """Give which answer a few words are: the button's label or one of the words for it; None for others."""
    said = _folded(text)
    if not said:
        return None
    language = turn.person.language
    for each in answers:
        labels = program.say(language, f"{texts}.button.{each}")
        words = program.say(language, f"{texts}.words.{each}")
        if said in _phrases(f"{labels}|{words}|{each}"):
            return each
    return None


@lru_cache(maxsize=512)
def _phrases(words: str) -> frozenset[str]:
    return frozenset(_folded(word) for word in words.split("|"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").strip(" .!?…,;:\n\t").split())


def _tapped(event: Tapped, turn: Turn, program: Program) -> Outcome:
    partnership, week, said = parts(event.value)
    row = row_of(turn, partnership, week)
    if not owns(turn, partnership) or said not in ANSWERS:
        return _closed(event, turn, program, "checkins.gone", week)
    if row is None or not _open(row, turn, program):
        return _closed(event, turn, program, "checkins.old", week)
    return _settled(event, turn, f"checkins.button.{said}", program) + _kept(
        event, turn, row, Contact(said), program
    )


def parts(value: str) -> tuple[str, int, str]:
    """Give the partnership, week and word of a button's value; ("", 0, "") when it is none of ours."""
    pieces = value.split(":")
    if len(pieces) != 4 or not pieces[2].isdecimal():
        return "", 0, ""
    return pieces[1], int(pieces[2]), pieces[3]


def row_of(turn: Turn, partnership: str, week: int) -> CheckIn | None:
    """Give the person's own check-in of this partnership and week, where the turn has it."""
    rows = (*turn.check_ins, turn.check_in) if turn.check_in else turn.check_ins
    mine = (row for row in rows if row.person == turn.person.id)
    return next((row for row in mine if (row.partnership, row.week) == (partnership, week)), None)


def _open(row: CheckIn, turn: Turn, program: Program) -> bool:
    return turn.now <= row.asked_at + patience(program, OPEN_FOR)


def _closed(event: Tapped, turn: Turn, program: Program, words: str, week: int) -> Outcome:
    return _without_buttons(event) + Outcome(deliveries=(reply_with(event, turn, program, words, week=week),))


def _without_buttons(event: Tapped) -> Outcome:
    return Outcome(deliveries=(settle(event, event.ref, ""),)) if event.ref else NOTHING


def _settled(event: Tapped, turn: Turn, label: str, program: Program) -> Outcome:
    if not event.ref:
        return NOTHING
    return Outcome(deliveries=(settle(event, event.ref, program.say(turn.person.language, label)),))


def _kept(event: Said | Tapped, turn: Turn, row: CheckIn, said: Contact, program: Program) -> Outcome:
    thanks = _thanks(turn, row, said, program)
    telling = said is Contact.NEED_HELP
    if row.answer is said:
        return Outcome(deliveries=(reply(event, Message(thanks)),), telling=telling)
    if row.answer is not None:
        label = program.say(turn.person.language, f"checkins.button.{said}")
        thanks = program.say(
            turn.person.language, "checkins.thanks.changed", answer=label, thanks=Markup(thanks)
        )
    kept = replace(row, answer=said, answered_at=turn.now)
    case = _help_case(turn, row, program) if said is Contact.NEED_HELP else NOTHING
    return Outcome((kept,)) + case + Outcome(deliveries=(reply(event, Message(thanks)),), telling=telling)


def _thanks(turn: Turn, row: CheckIn, said: Contact, program: Program) -> str:
    partner = names(turn.partners, turn.person.language, program)
    words = "both-met" if said is Contact.MET and _all_met(turn, row) else str(said)
    return program.say(turn.person.language, f"checkins.thanks.{words}", partner=partner)


def _all_met(turn: Turn, row: CheckIn) -> bool:
    """Tell whether every partner said for the same week that they met."""
    said: Mapping[int, Contact | None] = {
        each.person: each.answer
        for each in turn.check_ins
        if (each.partnership, each.week) == (row.partnership, row.week)
    }
    return bool(turn.partners) and all(said.get(person.id) is Contact.MET for person in turn.partners)


def _help_case(turn: Turn, row: CheckIn, program: Program) -> Outcome:
    return open_case(
        f"help/{row.partnership}/{row.person}/{row.week}",
        "help",
        turn.now,
        program,
        person=turn.person,
        partnership=row.partnership,
        round=turn.partnership.round if turn.partnership else "",
        room=turn.directors_room,
    )
