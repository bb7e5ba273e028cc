"""Books: the partnerships whose look has come, each with its people and check-ins, locked."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from bot.model import CheckIn, Partnership, Person, Round, RoundState, SurveyAnswer
from bot.partnerships.silence import SIGNS
from bot.snapshots import Book
from storage import tables
from storage.quick import fetch_records
from storage.records import chosen, load_by
from storage.work import Work, main_room


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
    rounds = {each.id: each for each in await work.rounds()}
    check_ins = await _check_ins(work, whole, rounds, now)
    surveys = await _surveys(work, list(people))
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
            directors_room=main_room(rooms, each.platform),
        )
        for each in whole
    ]


async def _members(work: Work, partnerships: list[Partnership]) -> dict[int, Person]:
    ids = {member for each in partnerships for member in each.members}
    people = await fetch_records(work.connection, Person, _MEMBERS, {"people": list(ids)})
    found = {person.id: person for person in people}
    work.seen.note(found.values())
    return found


async def _check_ins(
    work: Work, partnerships: list[Partnership], rounds: dict[str, Round], now: datetime
) -> dict[str, list[CheckIn]]:
    """Give the check-ins of the present silence and of the last weeks; all of them for the last digest."""
    over = [each.id for each in partnerships if _over(rounds[each.round], now, work)]
    going = [each.id for each in partnerships if each.id not in set(over)]
    rows = await load_by(work.connection, CheckIn, "partnership", over) if over else []
    if going:
        asked = {"partnerships": going, "recent": now - LATELY * work.pace}
        rows += await fetch_records(work.connection, CheckIn, _OF_THIS_SILENCE, asked)
    found: dict[str, list[CheckIn]] = {}
    for each in rows:
        found.setdefault(each.partnership, []).append(each)
    return found


def _over(of: Round, now: datetime, work: Work) -> bool:
    ended = of.state in (RoundState.ENDED, RoundState.CANCELLED)
    return ended or (of.started_at is not None and now >= of.started_at + of.weeks * work.pace)


async def _surveys(work: Work, people: list[int]) -> dict[tuple[str, int], list[SurveyAnswer]]:
    found: dict[tuple[str, int], list[SurveyAnswer]] = {}
    for answer in await fetch_records(work.connection, SurveyAnswer, _KEEP_IN_TOUCH, {"people": people}):
        found.setdefault((answer.round, answer.person), []).append(answer)
    return found


#: Check-ins asked within so many weeks are loaded whatever was answered: reminders, this week's question.
LATELY = 3

_partnership = tables.partnership.c
_check_in = tables.check_in.c
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
_OF_THESE: Any = bindparam("partnerships", expanding=True)
_last_sign = (
    select(_check_in.partnership, func.max(_check_in.answered_at).label("at"))
    .where(_check_in.partnership.in_(_OF_THESE), _check_in.answer.in_(sorted(SIGNS)))
    .group_by(_check_in.partnership)
    .subquery()
)
_OF_THIS_SILENCE = (
    chosen(CheckIn)
    .select_from(tables.check_in.outerjoin(_last_sign, _last_sign.c.partnership == _check_in.partnership))
    .where(
        _check_in.partnership.in_(_OF_THESE),
        or_(
            _check_in.asked_at >= bindparam("recent"),
            _check_in.answered_at >= _last_sign.c.at,
            and_(_last_sign.c.at.is_(None), _check_in.answered_at.is_not(None)),
        ),
    )
    .order_by(_check_in.asked_at, _check_in.person)
)
_KEEP_IN_TOUCH = chosen(SurveyAnswer).where(
    _survey.person.in_(bindparam("people", expanding=True)), _survey.survey == "keep-in-touch"
)
