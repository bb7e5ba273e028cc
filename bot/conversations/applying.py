"""Applying: a new application, the old answers once more, or a word when the next round opens."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversations.calls import Call
from bot.conversations.forms_filling import opened
from bot.conversations.forms_offering import all_in_one, by_form, offer, to_offer
from bot.conversations.interrupted import UNDER, below, started
from bot.conversations.stand import Walk, walk_of
from bot.conversations.submission import SOURCE, taking
from bot.conversations.tables import APPLICATION
from bot.conversations.walk import resume, start
from bot.model import Person, RoundState
from bot.outcome import Outcome


PROFILE = "profile"


def apply(call: Call) -> Outcome:
    """Begin the application, or go on with it; outside an open round: note the interest."""
    waiting = _waiting(call)
    if waiting and waiting.dialogue.about != PROFILE:
        return _go_on(call, waiting)
    turn = call.turn
    if turn.person.removed_at:
        return call.answer(call.say("application.removed"), call.row("report", "help"))
    its_round = taking(turn, call.program)
    if its_round is None:
        return _interested(call)
    if turn.application and turn.application.round == its_round.id:
        return call.answer(
            call.say("application.already", round=its_round.name), call.row("status", "profile")
        )
    note = "" if its_round.state == RoundState.OPEN else call.say("application.late", round=its_round.name)
    if to_offer(call):
        return offer(call, note=note)
    answers = _known(call, turn.person.profile)
    told = "again" if answers else "check"
    return _walk(call, its_round.id, answers, told, note)


def profile(call: Call) -> Outcome:
    """Show the answers, each to be changed."""
    waiting = _waiting(call)
    if waiting:
        return opened(waiting) if by_form(call) else resume(waiting)
    turn = call.turn
    given = turn.application.answers if turn.application else turn.person.profile
    answers = _known(call, given)
    if not answers:
        return call.answer(call.say("commands.profile.none"), call.row("apply", "help"))
    shown = _walk(call, PROFILE, answers, PROFILE)
    return shown if by_form(call) else all_in_one(call, shown, PROFILE)


def go_on(call: Call) -> Outcome:
    """Ask again what waits for an answer."""
    waiting = walk_of(call.event, call.turn, call.program)
    if waiting is None:
        return call.answer(call.say("application.nothing-waits"), call.row("apply", "status", "help"))
    return resume(waiting)


def no_news(call: Call) -> Outcome:
    """Do not tell when a round opens."""
    person = replace(call.turn.person, wants_news=False)
    return call.answer(call.say("application.no-news"), saves=(person,))


def _waiting(call: Call) -> Walk | None:
    """Give the application that is not finished, whether it waits itself or lies under a small walk."""
    dialogue = call.turn.dialogue
    if dialogue and dialogue.kind != APPLICATION:
        dialogue = below(dialogue, call.turn) if UNDER in dialogue.answers else None
    if dialogue is None or dialogue.kind != APPLICATION:
        return None
    return Walk(call.event, call.turn, call.program, dialogue)


def _go_on(call: Call, waiting: Walk) -> Outcome:
    if to_offer(call):
        return offer(call, begun=waiting)
    return opened(waiting) if by_form(call) else resume(waiting)


def _walk(call: Call, about: str, answers: Mapping[str, object], told: str, note: str = "") -> Outcome:
    given = {**answers, "~told": told}
    dialogue = started(call.turn, APPLICATION, about=about, answers=given)
    walk = Walk(call.event, call.turn, call.program, dialogue)
    return opened(walk) if by_form(call) else start(walk, note=note)


def _known(call: Call, given: Mapping[str, object]) -> dict[str, object]:
    """Give the answers there are already; a consent to another version is asked anew."""
    table = call.program.questions(APPLICATION, call.language)
    known = {question.id: given[question.id] for question in table if question.id in given}
    for question in table:
        if question.kind == "consent" and known.get(question.id) != call.program.version(question.id):
            known.pop(question.id, None)
    return known


def _interested(call: Call) -> Outcome:
    person = replace(call.turn.person, wants_news=True)
    return call.answer(call.say("application.interested"), call.row("no-news", "help"), saves=(person,))


def source_of(call: Call, payload: str) -> Person:
    """Give the person with the ambassador noted through whose link they came ("a12")."""
    number = payload[1:]
    person = call.turn.person
    if not (payload.startswith("a") and number.isdecimal() and number.isascii() and len(number) < 12):
        return person
    if person.profile.get(SOURCE) or int(number) == person.id:
        return person
    return replace(person, profile={**person.profile, SOURCE: int(number)})
