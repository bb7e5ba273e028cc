"""The figures by which a round is evaluated, by the names that `bot.ports.Needs` lists: counts, no names."""

from collections import Counter
from typing import Any

from sqlalchemy import Subquery, and_, case, distinct, exists, func, select

from bot.model import IN_CONTACT, Round, RoundState
from storage import tables
from storage.counts import round_figures
from storage.work import Work


SATISFACTION = frozenset({"1", "2", "3", "4", "5"})
_BEGUN = frozenset({RoundState.RUNNING, RoundState.ENDED})


async def evaluation_of(work: Work, of: Round | None, last: Round | None) -> dict[str, int]:
    """Give the figures of who was in contact how often, and those of the round before."""
    if of is None:
        return {}
    found = await _topics(work, of) | await _surveys(work, of) | await _people(work, of)
    before = await round_figures(work, last.id) if last else {}
    return found | {f"last.{name}": figure for name, figure in before.items()}


def round_before(rounds: tuple[Round, ...], of: Round | None) -> Round | None:
    """Give the newest round made before this one that has begun; `rounds` are all, the newest first."""
    known = [each.id for each in rounds]
    earlier = rounds[known.index(of.id) + 1 :] if of else ()
    return next((each for each in earlier if each.state in _BEGUN), None)


async def _topics(work: Work, of: Round) -> dict[str, int]:
    """Give contact by the week in which a partnership began and the week that was asked about."""
    asked, pair = tables.check_in.c, tables.partnership.c
    statement: Any = (
        select(
            pair.first_week,
            asked.week,
            func.count(distinct(asked.person)),
            func.count(distinct(asked.partnership)),
            func.count(distinct(case((asked.answer.in_(sorted(IN_CONTACT)), asked.partnership)))),
        )
        .join_from(tables.partnership, tables.check_in, asked.partnership == pair.id)
        .where(pair.round == of.id, asked.week <= of.weeks)
        .group_by(pair.first_week, asked.week)
    )
    found: dict[str, int] = {}
    for first, week, *figures in (await work.connection.execute(statement)).fetchall():
        named = zip(("people", "pairs", "contact"), figures, strict=True)
        found |= {f"topic.{first}.{week}.{name}": figure for name, figure in named}
    return found


async def _surveys(work: Work, of: Round) -> dict[str, int]:
    place = tables.survey_answer.c
    mine = (place.round == of.id, place.survey.in_(("mid", "end")))
    statement: Any = select(place.survey, func.count(distinct(place.person))).where(*mine)
    rows = (await work.connection.execute(statement.group_by(place.survey))).fetchall()
    return {f"survey.{survey}": count for survey, count in rows}


async def _people(work: Work, of: Round) -> dict[str, int]:
    """Count people, their weeks and their weeks in contact by country, platform and experience."""
    found: Counter[str] = Counter()
    rows = (await work.connection.execute(_each_person(of))).fetchall()
    for country, platform, again, value, weeks, contact in rows:
        groups = (f"country.{country}", f"platform.{platform}", "again" if again else "first")
        for group in groups:
            found.update({f"{group}.people": 1, f"{group}.weeks": weeks, f"{group}.contact": contact})
        if value in SATISFACTION:
            found[f"satisfied.{contact}.{weeks}.{value}"] += 1
    return dict(found)


def _each_person(of: Round) -> Any:
    """Give a row for each person who was asked: how many weeks, in how many of them they were in contact."""
    weeks = _weeks(of)
    mine = select(
        weeks.c.person, func.count().label("weeks"), func.sum(weeks.c.contact).label("contact")
    ).group_by(weeks.c.person)
    each = mine.subquery()
    place, person, said = tables.application.c, tables.person.c, tables.survey_answer.c
    of_round = and_(place.person == each.c.person, place.round == of.id)
    satisfied = and_(
        said.person == each.c.person,
        said.round == of.id,
        said.survey == "end",
        said.question == "satisfaction",
    )
    return (
        select(place.country, person.platform, _again(of, each), said.value, each.c.weeks, each.c.contact)
        .join_from(each, tables.application, of_round)
        .join(tables.person, person.id == each.c.person)
        .outerjoin(tables.survey_answer, satisfied)
    )


def _weeks(of: Round) -> Subquery:
    """Give a row for each person and week: 1 when either partner said that they met or have a date."""
    asked, pair = tables.check_in.c, tables.partnership.c
    contact = func.max(case((asked.answer.in_(sorted(IN_CONTACT)), 1), else_=0)).label("contact")
    together = (
        select(asked.partnership, asked.week, contact)
        .join_from(tables.partnership, tables.check_in, asked.partnership == pair.id)
        .where(pair.round == of.id, asked.week <= of.weeks)
        .group_by(asked.partnership, asked.week)
        .subquery()
    )
    same = and_(asked.partnership == together.c.partnership, asked.week == together.c.week)
    return (
        select(asked.person, asked.week, func.max(together.c.contact).label("contact"))
        .join_from(together, tables.check_in, same)
        .group_by(asked.person, asked.week)
        .subquery()
    )


def _again(of: Round, each: Subquery) -> Any:
    """Tell whether somebody had a partner in a round that was made before this one."""
    of_them, a_round = tables.membership.c, tables.round_.c
    made = select(a_round.made).where(a_round.id == of.id).scalar_subquery()
    earlier = select(a_round.id).where(a_round.made < made)
    return exists().where(of_them.person == each.c.person, of_them.round.in_(earlier))
