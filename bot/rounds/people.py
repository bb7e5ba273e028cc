"""From applications to what matching takes, and from its pairs to partnerships."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from bot.answers import Told, told
from bot.matching import Applicant, Matching, Pair, Slot, Wish
from bot.model import Block, Mark, PairMark, Partnership, PartnershipState, Person, Round
from bot.snapshots import Candidate
from bot.timetable import zone_of


#: What a wish can be about (`bot.matching.Wish`); "experience" is a field of its own there.
ABOUT = frozenset(
    {"sector", "stage", "seniority", "continent", "region", "country", "language", "interest", "goal"}
)
#: Figures of the matching's report that differ from run to run: never kept.
_UNSTEADY = frozenset({"seconds", "phases"})


def applicant_of(candidate: Candidate) -> Applicant:
    """Give what matching needs of an application; an unreadable answer counts as none."""
    person, application = candidate.person, candidate.application
    answers = told(application.answers)
    experience = [value for about, value in answers.wishes if about == "experience"]
    return Applicant(
        id=str(person.id),
        country=application.country or answers.country or person.country,
        zone=zone_of(answers.zone or person.zone).key,
        languages=answers.languages,
        interests=answers.interests,
        sector=answers.sector,
        stage=answers.stage,
        years=answers.years,
        goals=answers.goals,
        hours=tuple(Slot(span.weekday, span.start, span.length) for span in answers.hours),
        experience_wish=experience[0] if experience and experience[0] in ("similar", "different") else "any",
        wishes=tuple(Wish(about, value) for about, value in answers.wishes if about in ABOUT),
        platforms=(place_of(person),),
        priority=application.priority,
    )


def place_of(person: Person) -> str:
    """Give where somebody can share a room: a platform, or one workspace of it ("slack:T012")."""
    workspace, slash, _ = person.account.partition("/")
    return f"{person.platform}:{workspace}" if slash else person.platform


def met_pairs(candidates: Iterable[Candidate]) -> set[tuple[str, str]]:
    """Give who was whose partner, in any round."""
    return {(str(each.person.id), str(other)) for each in candidates for other in each.met}


def blocked_pairs(blocks: Iterable[Block]) -> set[tuple[str, str]]:
    """Give who must never meet because one of them said so."""
    return {(str(block.person), str(block.other)) for block in blocks}


def marked_pairs(marks: Iterable[Mark], mark: PairMark) -> list[tuple[str, str]]:
    """Give the pairs the directors pinned, or forbade."""
    return [(str(each.a), str(each.b)) for each in marks if each.mark is mark]


def partnership_of(
    pair: Pair,
    round: Round,  # noqa: A002 - the record's own name
    number: int,
    people: dict[int, Candidate],
    *,
    first_week: int = 1,
) -> Partnership:
    """Give a drafted partnership of a matched pair: its reasons as data, its starter by the rule."""
    members = tuple(int(member) for member in pair.members)
    return Partnership(
        id=f"{round.id}.{number}",
        round=round.id,
        number=number,
        platform=people[members[0]].person.platform,
        members=members,
        state=PartnershipState.DRAFTED,
        starter=starter_of([people[member] for member in members], round.seed),
        score=pair.score,
        reasons=tuple((reason.kind, json.dumps(dict(reason.values))) for reason in pair.reasons),
        pinned=pair.pinned,
        first_week=first_week,
    )


def starter_of(people: Sequence[Candidate], seed: int) -> int:
    """Give who writes first: the one with more years in the profession, else by lot (the round's seed).

    Somebody who cannot be reached or is away now is asked last: the first message should come soon.
    """

    def order(candidate: Candidate) -> tuple[bool, int, int]:
        person = candidate.person
        answers: Told = told(candidate.application.answers)
        lot = zlib.crc32(f"{seed}/{person.id}".encode())
        return (not _ready(person), -(answers.years or 0), lot)

    return min(people, key=order).person.id


def _ready(person: Person) -> bool:
    return person.reachable and person.away_until is None


def report_json(matching: Matching) -> str:
    """Give the matching's report as it is kept with the round: the same people give the same text."""
    report = {name: value for name, value in asdict(matching.report).items() if name not in _UNSTEADY}
    report["rules"] = sorted({each.rule for each in matching.unplaced})
    return json.dumps(report, sort_keys=True)
