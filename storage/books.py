"""Books: the partnerships whose look has come, each with its people and check-ins, locked."""

from datetime import datetime

from sqlalchemy import bindparam

from bot.model import CheckIn, Partnership, Person, SurveyAnswer
from bot.snapshots import Book
from storage import tables
from storage.quick import fetch_records
from storage.records import chosen, load_by
from storage.work import Work


async def books_due(work: Work, now: datetime, limit: int) -> list[Book]:
    """Give at most `limit` books, the longest due first.

    What another process has in hand is passed over, so nobody waits: it comes with the next look. That
    holds for the members too, whose turn may be deciding about this partnership just now.
    """
    due = {"now": now, "limit": limit}
    partnerships = await fetch_records(work.connection, Partnership, _DUE, due)
    if not partnerships:
        return []
    work.seen.note(partnerships)
    people = await _members(work, partnerships)
    whole = [each for each in partnerships if all(member in people for member in each.members)]
    check_ins = await _check_ins(work, whole)
    surveys = await _surveys(work, list(people))
    rounds = {each.id: each for each in await work.rounds()}
    rooms = await work.rooms()
    return [
        Book(
            partnership=each,
            round=rounds[each.round],
            members=tuple(people[member] for member in each.members),
            check_ins=tuple(check_ins.get(each.id, ())),
            surveys=tuple(
                answer for member in each.members for answer in surveys.get((each.round, member), ())
            ),
            directors_room=rooms.get(each.platform),
        )
        for each in whole
    ]


async def _members(work: Work, partnerships: list[Partnership]) -> dict[int, Person]:
    ids = {member for each in partnerships for member in each.members}
    people = await fetch_records(work.connection, Person, _MEMBERS, {"people": list(ids)})
    found = {person.id: person for person in people}
    work.seen.note(found.values())
    return found


async def _check_ins(work: Work, partnerships: list[Partnership]) -> dict[str, list[CheckIn]]:
    found: dict[str, list[CheckIn]] = {}
    for each in await load_by(work.connection, CheckIn, "partnership", [each.id for each in partnerships]):
        found.setdefault(each.partnership, []).append(each)
    return found


async def _surveys(work: Work, people: list[int]) -> dict[tuple[str, int], list[SurveyAnswer]]:
    found: dict[tuple[str, int], list[SurveyAnswer]] = {}
    for answer in await fetch_records(work.connection, SurveyAnswer, _KEEP_IN_TOUCH, {"people": people}):
        found.setdefault((answer.round, answer.person), []).append(answer)
    return found


_partnership = tables.partnership.c
_person = tables.person.c
_survey = tables.survey_answer.c

_DUE = (
    chosen(Partnership)
    .where(_partnership.look_at.is_not(None), _partnership.look_at <= bindparam("now"))
    .order_by(_partnership.look_at, _partnership.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_MEMBERS = (
    chosen(Person)
    .where(_person.id.in_(bindparam("people", expanding=True)))
    .order_by(_person.id)
    .with_for_update(skip_locked=True)
)
_KEEP_IN_TOUCH = chosen(SurveyAnswer).where(
    _survey.person.in_(bindparam("people", expanding=True)), _survey.survey == "keep-in-touch"
)
