"""Pairs that might take a third: those who said so, and those who seem to do well and were not asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from bot.model import IN_CONTACT, Partnership, PartnershipState, Round
from storage import tables
from storage.records import chosen, load
from storage.work import Work


#: At most so many pairs are considered for being asked.
LIVELY = 30


async def willing(work: Work, of: Round) -> tuple[Partnership, ...]:
    """Give running pairs in which both said that a third is welcome."""
    survey = tables.survey_answer.c
    both = (
        select(survey.question)
        .where(survey.round == of.id, survey.survey == "third", survey.value == "yes")
        .group_by(survey.question)
        .having(func.count() >= 2)
    )
    return await _pairs(work, of, tables.partnership.c.id.in_(both))


async def lively(work: Work, of: Round, now: datetime) -> tuple[Partnership, ...]:
    """Give running pairs that have been in contact lately and were not asked yet, at most 30."""
    partnership, check_in, survey = tables.partnership.c, tables.check_in.c, tables.survey_answer.c
    lately = now - 2 * work.pace
    contact = exists().where(
        check_in.partnership == partnership.id,
        check_in.answer.in_(sorted(IN_CONTACT)),
        check_in.answered_at >= lately,
    )
    # Read once, not once a pair: whom of a thousand pairs was asked is one list.
    asked = select(survey.question).where(survey.round == of.id, survey.survey == "third")
    test = and_(partnership.introduced_at <= lately, contact, partnership.id.not_in(asked))
    return await _pairs(work, of, test, LIVELY)


def members_of(partnerships: Sequence[Partnership]) -> ColumnElement[bool]:
    """Give the test for the members' applications."""
    return tables.application.c.person.in_({member for each in partnerships for member in each.members})


async def _pairs(
    work: Work, of: Round, test: ColumnElement[bool], limit: int | None = None
) -> tuple[Partnership, ...]:
    """Give the round's running partnerships of two that pass the test, by number."""
    place, membership = tables.partnership.c, tables.membership.c
    members = (
        select(func.count()).where(membership.partnership == place.id, membership.active).scalar_subquery()
    )
    statement = chosen(Partnership).where(
        place.round == of.id, place.state == PartnershipState.RUNNING, test, members == 2
    )
    return tuple(await load(work.connection, Partnership, statement.order_by(place.number).limit(limit)))
