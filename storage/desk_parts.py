"""The parts of a desk that depend on whom or what the command names."""

from dataclasses import dataclass, field

from sqlalchemy import select

from bot.model import (
    Application,
    Case,
    CaseState,
    CheckIn,
    Mark,
    Partnership,
    PartnershipState,
    Person,
    SurveyAnswer,
)
from bot.ports import Needs
from storage import tables
from storage.records import chosen, load, load_by
from storage.work import Work


_NOT_OVER = (PartnershipState.DRAFTED, PartnershipState.OPENING, PartnershipState.RUNNING)


@dataclass(slots=True)
class Asked:
    """What a command needs, of which round, about whom it found; and whom the parts have named so far."""

    work: Work
    needs: Needs
    round: str
    found: tuple[int, ...]
    #: People that are loaded already.
    people: dict[int, Person] = field(default_factory=dict)
    #: People that belong to a part.
    wanted: set[int] = field(default_factory=set)
    #: Partnerships that the cases are about.
    about: set[str] = field(default_factory=set)

    @property
    def everyone(self) -> bool:
        """True when the command looks at all of the round."""
        return "everyone" in self.needs.parts


async def people(asked: Asked) -> tuple[Person, ...]:
    """Give the found people and those of the other parts, by id; or everybody."""
    connection, place = asked.work.connection, tables.person.c
    if asked.everyone:
        statement = chosen(Person).where(place.erased_at.is_(None)).order_by(place.id)
        return tuple(await load(connection, Person, statement))
    for part, test in (("directors", place.director), ("ambassadors", place.ambassador_for != "")):
        if part in asked.needs.parts:
            statement = chosen(Person).where(test, place.erased_at.is_(None))
            asked.people |= {each.id: each for each in await load(connection, Person, statement)}
    missing = asked.wanted - set(asked.people)
    asked.people |= {each.id: each for each in await load_by(connection, Person, "id", missing)}
    return tuple(sorted(asked.people.values(), key=lambda person: person.id))


async def applications(asked: Asked) -> tuple[Application, ...]:
    """Give those of the found people in every round, newest first; or all of the round."""
    place = tables.application.c
    if asked.everyone:
        statement = chosen(Application).where(place.round == asked.round)
        return tuple(await load(asked.work.connection, Application, statement.order_by(place.submitted_at)))
    found = await load_by(asked.work.connection, Application, "person", asked.found)
    return tuple(sorted(found, key=lambda application: application.submitted_at, reverse=True))


async def partnerships(asked: Asked) -> tuple[Partnership, ...]:
    """Give those of the found people; or all of the round; or the drafted and live ones, worst first.

    Those that the command names, and those that its cases are about, are always there.
    """
    found = await _partnerships(asked) if "partnerships" in asked.needs.parts else []
    asked.about.update(name for name in asked.needs.ids if not name.isdecimal())
    known = {each.id: each for each in found}
    named = await load_by(asked.work.connection, Partnership, "id", asked.about - set(known))
    known |= {each.id: each for each in named}
    asked.wanted.update(member for each in known.values() for member in each.members)
    return tuple(known.values())


async def _partnerships(asked: Asked) -> list[Partnership]:
    place, membership = tables.partnership.c, tables.membership.c
    connection = asked.work.connection
    if asked.everyone:
        statement = chosen(Partnership).where(place.round == asked.round).order_by(place.number)
        return await load(connection, Partnership, statement)
    if asked.needs.find:
        theirs = select(membership.partnership).where(membership.person.in_(asked.found))
        of_them = chosen(Partnership).join(tables.round_, tables.round_.c.id == place.round)
        newest = of_them.where(place.id.in_(theirs)).order_by(
            tables.round_.c.made.desc(), place.number.desc()
        )
        theirs_now = await load(connection, Partnership, newest.with_for_update(of=tables.partnership))
        return [*await _drafted(asked), *theirs_now]
    going = chosen(Partnership).where(place.round == asked.round, place.state.in_(_NOT_OVER))
    ordered = going.order_by(place.score, place.number)
    return await load(connection, Partnership, ordered.limit(asked.needs.limit).offset(asked.needs.offset))


async def _drafted(asked: Asked) -> list[Partnership]:
    """Give the drafted ones of the found people: memberships begin only when a draft is approved."""
    place = tables.partnership.c
    drafts = chosen(Partnership).where(place.round == asked.round, place.state == PartnershipState.DRAFTED)
    found = await load(asked.work.connection, Partnership, drafts)
    return [each for each in found if set(each.members) & set(asked.found)]


async def cases(asked: Asked) -> tuple[Case, ...]:
    """Give the case of each number named; or those of the found people; or the open ones, oldest first."""
    found = await _cases(asked)
    asked.wanted.update(case.person for case in found if case.person)
    asked.about.update(case.partnership for case in found if case.partnership)
    return tuple(found)


async def _cases(asked: Asked) -> list[Case]:
    place, connection = tables.case.c, asked.work.connection
    numbers = [int(name) for name in asked.needs.ids if name.isdecimal() and len(name) < 19]
    if numbers:
        return await load_by(connection, Case, "number", numbers)
    if asked.needs.find:
        return await load_by(connection, Case, "person", asked.found)
    waiting = chosen(Case).where(place.state == CaseState.OPEN).order_by(place.opened_at, place.number)
    return await load(connection, Case, waiting.limit(asked.needs.limit).offset(asked.needs.offset))


async def check_ins(asked: Asked) -> tuple[CheckIn, ...]:
    """Give those of the found people, or of the whole round."""
    place, partnership = tables.check_in.c, tables.partnership.c
    if asked.needs.find:
        return tuple(await load_by(asked.work.connection, CheckIn, "person", asked.found))
    of_round = select(partnership.id).where(partnership.round == asked.round)
    statement = chosen(CheckIn).where(place.partnership.in_(of_round))
    ordered = statement.order_by(place.partnership, place.week, place.person)
    return tuple(await load(asked.work.connection, CheckIn, ordered))


async def surveys(asked: Asked) -> tuple[SurveyAnswer, ...]:
    """Give those of the found people, or of the whole round."""
    place = tables.survey_answer.c
    if asked.needs.find:
        return tuple(await load_by(asked.work.connection, SurveyAnswer, "person", asked.found))
    statement = chosen(SurveyAnswer).where(place.round == asked.round)
    ordered = statement.order_by(place.survey, place.question, place.person)
    return tuple(await load(asked.work.connection, SurveyAnswer, ordered))


async def marks(asked: Asked) -> tuple[Mark, ...]:
    """Give the round's marks."""
    place = tables.mark.c
    statement = chosen(Mark).where(place.round == asked.round).order_by(place.a, place.b)
    return tuple(await load(asked.work.connection, Mark, statement))
