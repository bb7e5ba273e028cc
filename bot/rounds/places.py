"""What a re-match has done so far, and one new partnership added to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import ApplicationState, Membership, Partnership, PartnershipState, Record, Round
from bot.outcome import Outcome
from bot.rounds import telling
from bot.rounds.telling import Look
from bot.snapshots import Candidate


@dataclass(frozen=True, slots=True)
class Places:
    """What a re-match has done so far: who has a place, and the round with its numbers."""

    look: Look
    week: int
    round: Round
    outcome: Outcome
    placed: frozenset[int] = frozenset()


def with_partnership(
    places: Places, made: Partnership, people: Sequence[Candidate], *, found: bool = True
) -> Places:
    """Add a partnership: it opens now, its people are placed, and they are told."""
    look = places.look
    opening = replace(made, state=PartnershipState.OPENING, look_at=look.now)
    saves: list[Record] = [opening]
    saves += [Membership(opening.id, member, opening.round, active=True) for member in opening.members]
    saves += [
        replace(each.application, state=ApplicationState.PLACED, why="")
        for each in people
        if each.application.state is not ApplicationState.PLACED
    ]
    persons = tuple(each.person for each in people)
    told = tuple(telling.found(look, opening, person, persons) for person in persons) if found else ()
    return replace(
        places,
        round=replace(places.round, numbered=opening.number),
        outcome=places.outcome + Outcome(tuple(saves), told),
        placed=places.placed | set(opening.members),
    )
