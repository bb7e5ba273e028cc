"""A partnership that ends before its round: somebody leaves, or directors part them. Nobody is blamed.

Whoever stays behind is not written into here: the round's next look finds everybody who takes part and has
no partnership, and looks for a new partner (`bot.rounds`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.deliveries import choices, tell
from bot.messages import Delivery, Message
from bot.model import Membership, Partnership, PartnershipState, Person
from bot.outcome import NOTHING, Outcome
from bot.rooms.pair import names
from bot.snapshots import Turn
from bot.texts import Program
from bot.timetable import WEEK


LIVE = frozenset({PartnershipState.OPENING, PartnershipState.RUNNING})
#: The reasons for `part`: what the person did, or the cause they gave for wanting another partner.
LEAVES = frozenset({"withdraw", "forget", "removed"})
#: The cause that counts as a partner who left without a word.
SILENT = "silent"


def part(turn: Turn, why: str, program: Program) -> Outcome:
    """Let the turn's person leave their partnership; nothing where they have none.

    `why` is "withdraw", "forget", "block", or the cause of a wish for another partner ("zone",
    "language", "workload", "technical", "conduct", "silent"). Whoever leaves the round has their
    application withdrawn by the caller; for those who stay the round's next look finds a partner. The
    reply to the person is the caller's; the partners are told here, never with the reason.
    """
    if turn.partnership is None or turn.person.id not in turn.partnership.members:
        return NOTHING
    ghosts = tuple(person.id for person in turn.partners) if why == SILENT else ()
    people = (turn.person, *turn.partners)
    return leave(turn.partnership, people, turn.person.id, turn.now, program, ghosts=ghosts)


def leave(
    partnership: Partnership,
    people: Iterable[Person],
    leaver: int,
    now: datetime,
    program: Program,
    *,
    ghosts: Iterable[int] = (),
) -> Outcome:
    """Let one member go: a trio goes on as a pair, a pair is dissolved and the other one is told."""
    if partnership.state not in LIVE or leaver not in partnership.members:
        return NOTHING
    stay = tuple(person for person in people if person.id != leaver and person.id in partnership.members)
    if len(partnership.members) < 3:
        return dissolve(partnership, stay, now, program, ghosts=ghosts)
    members = tuple(member for member in partnership.members if member != leaver)
    starter = partnership.starter if partnership.starter in members else members[0]
    smaller = replace(
        partnership,
        members=members,
        starter=starter,
        present=tuple(member for member in partnership.present if member in members),
        look_at=now,
    )
    gone = Membership(partnership.id, leaver, partnership.round, active=False)
    told = tuple(_told_of_two(smaller, person, stay, now, program) for person in stay if _hears(person))
    return Outcome((smaller, gone), told)


def dissolve(
    partnership: Partnership,
    told: Iterable[Person],
    now: datetime,
    program: Program,
    *,
    ghosts: Iterable[int] = (),
) -> Outcome:
    """End the whole partnership; `told` are told kindly, `ghosts` (of them) left without a word.

    Somebody who left twice without a word is not matched again until they say they are back.
    """
    if partnership.state not in LIVE:
        return NOTHING
    ended = replace(partnership, state=PartnershipState.DISSOLVED, ended_at=now, look_at=None)
    memberships = tuple(
        Membership(partnership.id, member, partnership.round, active=False) for member in partnership.members
    )
    silent = set(ghosts)
    people = list(told)
    counted = tuple(replace(person, ghosted=person.ghosted + 1) for person in people if person.id in silent)
    deliveries = tuple(
        _told(partnership, person, "silent" if person.id in silent else "parted", now, program)
        for person in people
        if _hears(person)
    )
    return Outcome((ended, *memberships, *counted), deliveries)


def _hears(person: Person) -> bool:
    return person.reachable and person.erased_at is None


def _told(partnership: Partnership, person: Person, words: str, now: datetime, program: Program) -> Delivery:
    text = program.say(person.language, f"partnerships.parted.{words}")
    rows = (
        choices((program.say(person.language, "partnerships.parted.here"), "cmd:back"))
        if words == "silent"
        else ()
    )
    key = f"parted/{partnership.id}/{person.id}"
    return tell(person, key, Message(text, rows), now, program, patience=WEEK)


def _told_of_two(
    partnership: Partnership, person: Person, stay: tuple[Person, ...], now: datetime, program: Program
) -> Delivery:
    partner = names(tuple(other for other in stay if other.id != person.id), person.language, program)
    text = program.say(person.language, "partnerships.parted.trio", partner=partner)
    key = f"parted/{partnership.id}/{person.id}/{len(partnership.members)}"
    return tell(person, key, Message(text), now, program, patience=WEEK)
