"""The draft of pairs: matched by the rules, numbered, with reasons, and its quality for the directors."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.matching import Applicant, Matching, PinnedIllegal, pair_up
from bot.model import Application, ApplicationState, PairMark, Person, Round, RoundState
from bot.outcome import Outcome
from bot.rounds.people import (
    applicant_of,
    blocked_pairs,
    marked_pairs,
    met_pairs,
    partnership_of,
    report_json,
)
from bot.snapshots import Candidate, Hall
from bot.texts import Program


#: Whose applications take part in a draft; the unplaced of the last draft are tried again.
DRAFTED_FROM = frozenset({ApplicationState.ACCEPTED, ApplicationState.UNPLACED})
#: Whoever left so many partners without a word is not matched until they say they are back.
GHOSTED = 2


@dataclass(frozen=True, slots=True)
class Fences:
    """Who may not, or must, be paired with whom; ids as matching has them."""

    met: Collection[tuple[str, str]]
    blocked: Collection[tuple[str, str]]
    forbidden: Collection[tuple[str, str]]
    pinned: Collection[tuple[str, str]] = ()


def draft(hall: Hall, program: Program) -> Outcome:
    """Draft the pairs of a round anew, in place of an earlier draft; the round is then PROPOSED.

    Call it with a hall of a CLOSED or PROPOSED round (its candidates, marks, blocks and drafted filled). It
    saves drafted partnerships, the unplaced with the rule that stopped them, and the round with the
    matching's report; nobody is told anything.
    """
    everybody = [each for each in hall.candidates if each.application.state in DRAFTED_FROM]
    candidates = [each for each in everybody if not hindrance(each.person)]
    people = {each.person.id: each for each in candidates}
    fences = Fences(
        met_pairs(candidates),
        blocked_pairs(hall.blocks),
        marked_pairs(hall.marks, PairMark.FORBIDDEN),
        marked_pairs(hall.marks, PairMark.PINNED),
    )
    matching = matched([applicant_of(each) for each in candidates], fences, hall.round.seed, _day(hall.round))
    drafted = tuple(
        partnership_of(pair, hall.round, number, people)
        for number, pair in enumerate(matching.pairs, start=1)
    )
    proposed = replace(
        hall.round, state=RoundState.PROPOSED, numbered=len(drafted), quality=report_json(matching)
    )
    stale = tuple(old for old in hall.drafted if old.number > len(drafted))
    return Outcome((proposed, *drafted, *_standings(matching, everybody)), drops=stale)


def matched(applicants: list[Applicant], fences: Fences, seed: int, on: date | None) -> Matching:
    """Pair people up; a pin that has become illegal (somebody left, a block) is left out."""
    pinned = list(fences.pinned)
    while True:
        try:
            return pair_up(
                applicants,
                met_before=fences.met,
                blocked=fences.blocked,
                forbidden=fences.forbidden,
                pinned=pinned,
                seed=seed,
                on=on,
            )
        except PinnedIllegal as illegal:
            pinned = [pair for pair in pinned if set(pair) != set(illegal.members)]


def quality(round: Round) -> dict[str, int]:  # noqa: A002 - the record's own name
    """Give the whole numbers of the matching's report; {} before the first draft."""
    kept = json.loads(round.quality) if round.quality else {}
    return {name: value for name, value in kept.items() if isinstance(value, int)}


def hindrance(person: Person) -> str:
    """Give why somebody is not matched whatever the others are: "" when nothing is in the way."""
    if person.erased_at or person.removed_at:
        return "removed"
    if not person.reachable:
        return "unreachable"
    return "back" if person.ghosted >= GHOSTED else ""


def _standings(matching: Matching, everybody: list[Candidate]) -> tuple[Application, ...]:
    """Give the applications whose standing changed: unplaced with the rule, or paired after all."""
    why = {int(each.id): each.rule for each in matching.unplaced}
    why |= {each.person.id: hindrance(each.person) for each in everybody if hindrance(each.person)}
    changed = []
    for candidate in everybody:
        was, rule = candidate.application, why.get(candidate.person.id, "")
        state = ApplicationState.UNPLACED if rule else ApplicationState.ACCEPTED
        if (was.state, was.why) != (state, rule):
            changed.append(replace(was, state=state, why=rule))
    return tuple(changed)


def _day(round: Round) -> date | None:  # noqa: A002 - the record's own name
    """Give the day whose offsets from UTC count: the first of the round, as far as it is known."""
    moment = round.started_at or round.starts_at or round.closes_at
    return moment.date() if moment else None
