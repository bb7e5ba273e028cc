"""Thirds in a running round: who is left over joins a pair that welcomes one, and lively pairs are asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.matching import explain, pool_of
from bot.messages import Delivery
from bot.model import Membership, PairMark, Partnership, PartnershipState, SurveyAnswer
from bot.outcome import Outcome
from bot.rounds import telling
from bot.rounds.drafting import hindrance
from bot.rounds.people import applicant_of, blocked_pairs, marked_pairs, met_pairs, starter_of
from bot.rounds.places import Places, with_partnership
from bot.rounds.telling import Look
from bot.snapshots import Candidate


#: So many lively pairs are asked for each person who is left over.
ASKED = 3
#: The survey in which pairs say whether a third is welcome (`bot.ladder`).
THIRD = "third"


def join_pairs(places: Places, left: Sequence[Candidate]) -> Places:
    """Let who is left join a pair that welcomes a third: the three go on in a new partnership."""
    free = list(places.look.hall.willing)
    for third in left:
        best = _best_pair(places.look, third, free)
        if best is not None:
            free.remove(best)
            places = _join(places, best, third)
    return places


def _join(places: Places, pair: Partnership, third: Candidate) -> Places:
    look = places.look
    members = _members(look, pair)
    people = [*members, third]
    number = places.round.numbered + 1
    made = Partnership(
        id=f"{pair.round}.{number}",
        round=pair.round,
        number=number,
        platform=pair.platform,
        members=(*pair.members, third.person.id),
        state=PartnershipState.OPENING,
        starter=starter_of(members, places.round.seed),
        score=pair.score,
        reasons=pair.reasons,
        first_week=places.week,
    )
    ended = replace(pair, state=PartnershipState.DISSOLVED, ended_at=look.now, look_at=None)
    gone = tuple(Membership(pair.id, member, pair.round, active=False) for member in pair.members)
    told = tuple(telling.joined(look, made, each.person, third.person) for each in members)
    persons = tuple(each.person for each in people)
    told += (telling.found(look, made, third.person, persons),)
    places = replace(places, outcome=places.outcome + Outcome((ended, *gone), told))
    return with_partnership(places, made, people, found=False)


def _best_pair(look: Look, third: Candidate, pairs: Iterable[Partnership]) -> Partnership | None:
    """Give the pair in which the worse of the third's two scores is best; None when none is legal."""
    ranked = _ranked(look, third, pairs)
    return ranked[0] if ranked else None


def _ranked(look: Look, third: Candidate, pairs: Iterable[Partnership]) -> list[Partnership]:
    found = [(score, pair) for pair in pairs if (score := _score(look, third, pair)) is not None]
    return [pair for _, pair in sorted(found, key=lambda each: (-each[0], each[1].number))]


def _score(look: Look, third: Candidate, pair: Partnership) -> int | None:
    members = _members(look, pair)
    if len(members) != 2 or any(hindrance(each.person) for each in members):
        return None
    people = [third, *members]
    pool = pool_of(
        [applicant_of(each) for each in people],
        met_before=met_pairs([third]),
        blocked=blocked_pairs(look.hall.blocks),
        forbidden=marked_pairs(look.hall.marks, PairMark.FORBIDDEN),
        seed=look.round.seed,
        on=look.now.date(),
    )
    seen = [explain(pool, str(third.person.id), str(each.person.id)) for each in members]
    return (
        None if any(each.broken for each in seen) or not _one_language(people) else min(s.score for s in seen)
    )


def _one_language(people: Sequence[Candidate]) -> bool:
    spoken = [set(applicant_of(each).languages) for each in people]
    return bool(set.intersection(*spoken))


def ask_lively(places: Places, left: Sequence[Candidate]) -> Places:
    """Ask a few pairs in good contact whether a third is welcome; each pair is asked once in a round."""
    free = list(places.look.hall.lively)
    saves: list[SurveyAnswer] = []
    asked: list[Delivery] = []
    for third in left:
        for pair in _ranked(places.look, third, free)[:ASKED]:
            free.remove(pair)
            one, other = (each.person for each in _members(places.look, pair))
            for person, partner in ((one, other), (other, one)):
                saves.append(SurveyAnswer(pair.round, person.id, THIRD, pair.id, "asked", places.look.now))
                asked.append(telling.may_join(places.look, pair, person, partner))
    return replace(places, outcome=places.outcome + Outcome(tuple(saves), tuple(asked)))


def _members(look: Look, pair: Partnership) -> list[Candidate]:
    return [each for each in look.hall.candidates if each.person.id in pair.members]
