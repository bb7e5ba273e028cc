"""Re-matching in a running round: who lost their partner, who came late, and pairs that welcome a third.

By the same rules as the draft. First the people alone, the late and the unplaced are paired with each other;
who is left then is paired with those who wait for their country's balance; who is still left joins a
pair whose both said that a third is welcome; and for them a few lively pairs are asked. Nobody is
re-matched in the last two weeks.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.matching import Matching
from bot.model import Application, ApplicationState, PairMark, Person
from bot.outcome import NOTHING, Outcome
from bot.partnerships.calendar import is_away
from bot.rounds import telling
from bot.rounds.drafting import Fences, hindrance, matched
from bot.rounds.people import applicant_of, blocked_pairs, marked_pairs, met_pairs, partnership_of
from bot.rounds.places import Places, with_partnership
from bot.rounds.telling import Look
from bot.rounds.thirds import ask_lively, join_pairs
from bot.snapshots import Candidate
from bot.timetable import Timetable


#: In so many last weeks nobody is matched any more.
LAST_WEEKS = 2
#: So many of those who wait for their country's balance are looked at for a place.
FROM_QUEUE = 100
#: Who left a partner without a word is matched again when they were seen in so many last days.
SILENT = 7.0


def rematch(look: Look, timetable: Timetable) -> Outcome:
    """Find partners for everybody who can have one, and tell the others once."""
    first = look.round.looked_at is None or look.round.looked_at <= timetable.start
    told = _tell_unplaced(look) if first else NOTHING
    alone = [_marked(each) for each in look.hall.alone]
    late = _of_state(look, ApplicationState.LATE)
    changed = tuple(
        each.application for each, was in zip(alone, look.hall.alone, strict=True) if each is not was
    )
    before = told + Outcome(changed)
    if not alone and not late:
        return before
    if timetable.week(look.now) > timetable.weeks - LAST_WEEKS:
        return before
    waiting = [each for each in (*alone, *late) if _can(look, each)]
    places = _placed(Places(look, timetable.week(look.now), look.round, before), waiting)
    left = [each for each in waiting if each.person.id not in places.placed]
    return places.outcome + _numbered(places) + _tell_left(look, left, alone)


def _placed(places: Places, waiting: Sequence[Candidate]) -> Places:
    if not waiting:
        return places
    look = places.look
    unplaced = [each for each in _of_state(look, ApplicationState.UNPLACED) if _can(look, each)]
    places = _pair(places, [*waiting, *unplaced])
    left = _left(places, waiting)
    if left:
        queue = [each for each in _of_state(look, ApplicationState.WAITING) if _can(look, each)][:FROM_QUEUE]
        places = _pair(places, [*left, *queue], apart=queue)
    left = _left(places, waiting)
    if left:
        places = join_pairs(places, left)
    return ask_lively(places, [each for each in left if each.person.id not in places.placed])


def _pair(places: Places, people: Sequence[Candidate], *, apart: Sequence[Candidate] = ()) -> Places:
    """Pair these people by the rules of the draft; those in `apart` not with each other."""
    if len(people) < 2:
        return places
    by_id = {each.person.id: each for each in people}
    forbidden = [*marked_pairs(places.look.hall.marks, PairMark.FORBIDDEN), *_each_with_each(apart)]
    fences = Fences(met_pairs(people), blocked_pairs(places.look.hall.blocks), forbidden)
    applicants = [applicant_of(each) for each in by_id.values()]
    matching: Matching = matched(applicants, fences, places.round.seed, places.look.now.date())
    for pair in matching.pairs:
        number = places.round.numbered + 1
        made = partnership_of(pair, places.round, number, by_id, first_week=places.week)
        places = with_partnership(places, made, [by_id[member] for member in made.members])
    return places


def _numbered(places: Places) -> Outcome:
    """Save the round with its new numbers, and tell the directors how many found a partner."""
    made = places.round.numbered - places.look.round.numbered
    if not made:
        return NOTHING
    about = str(places.round.numbered)
    told = telling.directors(places.look, "rematched", about, n=made, people=len(places.placed))
    return Outcome((places.round,), told)


def _tell_unplaced(look: Look) -> Outcome:
    """Tell those without a place why, and what happens next: once, when the round has begun."""
    states = (ApplicationState.UNPLACED, ApplicationState.WAITING)
    people = [each for each in look.hall.candidates if each.application.state in states]
    return Outcome(
        deliveries=tuple(
            telling.unplaced(look, each.application, each.person)
            for each in people
            if each.person.reachable and not each.person.erased_at
        )
    )


def _tell_left(look: Look, left: Sequence[Candidate], alone: Sequence[Candidate]) -> Outcome:
    """Tell once who could not be placed yet; who lost their partner just now hears it at the next look."""
    known = {each.person.id for each in look.hall.alone if each.application.state is ApplicationState.ALONE}
    told = []
    for each in left:
        if each.application.state is ApplicationState.LATE:
            told.append(telling.still_looking(look, each.person, "late"))
        elif each.person.id in known:
            told.append(telling.still_looking(look, each.person, "looking"))
    silent = [each.person for each in alone if hindrance(each.person) == "back"]
    told += [telling.still_looking(look, person, "back") for person in silent]
    return Outcome(deliveries=tuple(told))


def _marked(candidate: Candidate) -> Candidate:
    """Give somebody who lost their partner as ALONE, before others next time: they were let down."""
    application: Application = candidate.application
    if application.state is ApplicationState.ALONE:
        return candidate
    alone = replace(application, state=ApplicationState.ALONE, priority=application.priority + 1)
    return replace(candidate, application=alone)


def _can(look: Look, candidate: Candidate) -> bool:
    person: Person = candidate.person
    return not hindrance(person) and not is_away(person, look.now) and not _is_silent(look, person)


def _is_silent(look: Look, person: Person) -> bool:
    """Tell whether somebody who left a partner without a word has not tapped "I am here" since.

    Any word or tap to the bot counts: another partner is not to be let down by the same silence.
    """
    return person.ghosted > 0 and (person.seen_at is None or person.seen_at < look.now - look.days(SILENT))


def _of_state(look: Look, state: ApplicationState) -> list[Candidate]:
    return [each for each in look.hall.candidates if each.application.state is state]


def _left(places: Places, people: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in people if each.person.id not in places.placed]


def _each_with_each(people: Sequence[Candidate]) -> list[tuple[str, str]]:
    ids = [str(each.person.id) for each in people]
    return [(one, other) for place, one in enumerate(ids) for other in ids[:place]]
