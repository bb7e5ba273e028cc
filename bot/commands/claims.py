"""Claiming: the first `/claim CODE` in a private group makes it the directors' room."""

import re
from dataclasses import replace

from bot.deliveries import choices, reply
from bot.events import Said
from bot.messages import Message
from bot.model import AuditEntry, DirectorsRoom
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program


def claim(
    event: Said, turn: Turn, *, code: str | None, known: DirectorsRoom | None, program: Program
) -> Outcome:
    """Make the group the directors' room and the sender the first director, or say kindly why not."""
    language = turn.person.language
    problem = _problem(event, code, known)
    if problem:
        return Outcome(
            deliveries=(reply(event, Message(program.say(language, f"directors.claim.{problem}"))),)
        )
    person, now = turn.person, turn.now
    room = DirectorsRoom(event.platform, event.chat, now)
    entry = AuditEntry(f"{event.platform}/{event.id}", now, person.id, "claim", event.platform)
    buttons = choices(
        (program.say(language, "directors.buttons.help"), "d:help"),
        (program.say(language, "directors.buttons.status"), "d:status"),
    )
    welcome = Message(
        program.say(language, "directors.claim.done", name=person.name or event.platform), buttons
    )
    return Outcome((room, replace(person, director=True), entry), (reply(event, welcome),))


def _problem(event: Said, code: str | None, known: DirectorsRoom | None) -> str:
    """Give the name of the sentence that says why this is no claim; "" when it is one."""
    if known is not None and known.chat == event.chat:
        return "again"
    if known is not None:
        return "taken"
    if event.private or not event.chat:
        return "private"
    if event.sender is None or event.sender.anonymous:
        return "hidden"
    if not code:
        return "none"
    if event.forwarded:
        return "forwarded"
    given = re.split(r"claim(?:@\w+)?", event.text, maxsplit=1, flags=re.IGNORECASE)[-1].split()[:1]
    if not given:
        return "missing"
    return "" if given[0].casefold() == code.strip().casefold() else "wrong"
