"""Finding the people, the pair or the case that a command names, and showing them in a few words."""

from bot.commands.command import Answer, Call, Rows
from bot.commands.grammar import bare
from bot.deliveries import choices, mention
from bot.markup import Markup, escape
from bot.model import Application, Case, Partnership, PartnershipState, Person


#: A partnership in these states is somebody's present one.
PRESENT = (PartnershipState.DRAFTED, PartnershipState.OPENING, PartnershipState.RUNNING)
MOST_CANDIDATES = 6


def find_people(call: Call, text: str) -> tuple[Person, ...]:
    """Give the people of the desk that a text means: by id, by @handle, by whole name, by part of a name."""
    known = tuple({each.id: each for each in call.desk.people if each.erased_at is None}.values())
    sought = bare(text).casefold()
    exact = [each for each in known if str(each.id) == sought]
    handle = sought.removeprefix("@")
    exact = exact or [each for each in known if each.handle and each.handle.casefold() == handle]
    exact = exact or [each for each in known if each.name.casefold() == sought]
    if exact or sought.startswith("@") or not sought:
        return tuple(exact)
    return tuple(each for each in known if sought in each.name.casefold() or sought in each.handle.casefold())


def one_person(call: Call, text: str) -> Person | Answer:
    """Give the one person a text means; otherwise say that nobody is meant, or show who could be."""
    found = find_people(call, text)
    if len(found) == 1:
        return found[0]
    if not found:
        return call.refuse("person.nobody", what=text[:60])
    lines = "\n".join(brief(each) for each in found[:MOST_CANDIDATES])
    return call.refuse("person.ambiguous", what=text[:60], n=len(found), people=Markup(lines))


def two_people(call: Call) -> tuple[Person, Person] | Answer:
    """Give the two people that the first two arguments mean."""
    one = one_person(call, call.args[0])
    if isinstance(one, Answer):
        return one
    other = one_person(call, call.args[1])
    if isinstance(other, Answer):
        return other
    return call.refuse("person.same", name=mention(one)) if one.id == other.id else (one, other)


def pair_of(call: Call, person: int) -> Partnership | None:
    """Give the person's present partnership: a live one before one in a draft."""
    mine = [each for each in call.desk.partnerships if person in each.members and each.state in PRESENT]
    return max(mine, key=lambda each: PRESENT.index(each.state), default=None)


def application_of(call: Call, person: int) -> Application | None:
    """Give the person's application to the desk's round."""
    here = call.desk.round
    mine = [each for each in call.desk.applications if each.person == person]
    return next((each for each in mine if here is not None and each.round == here.id), None)


def person_by_id(call: Call, ident: int) -> Person | None:
    """Give the person with this id, if the desk has them."""
    return next((each for each in call.desk.people if each.id == ident), None)


def named(call: Call, ident: int) -> Markup:
    """Give a person's name and id: "Ana (3)"; the id alone for somebody who is not known any more."""
    person = person_by_id(call, ident)
    return Markup(f"{mention(person)} ({ident})") if person and person.name else Markup(f"({ident})")


def names(call: Call, members: tuple[int, ...]) -> Markup:
    """Give all of a partnership: "Ana (3) BR ↔ Ben (8) NZ"."""
    return Markup(" ↔ ".join(_placed(call, member) for member in members))


def brief(person: Person) -> str:
    """Give a line about a person: id, name, handle, country, platform."""
    handle = f" @{escape(person.handle)}" if person.handle else ""
    place = " · ".join(part for part in (person.country, person.platform) if part)
    return f"`{person.id}` {mention(person)}{handle} · {place}"


def one_case(call: Call) -> Case | Answer:
    """Give the case whose number was typed."""
    number = int(call.args[0])
    found = next((each for each in call.desk.cases if each.number == number), None)
    return found or call.refuse("case.none", number=number)


def pages(call: Call, command: str, *, more: bool) -> tuple[tuple[str, str], ...]:
    """Give the buttons to the page before and the page after."""
    found = []
    if call.page > 1:
        found.append((call.label("before"), f"d:{command} page={call.page - 1}"))
    if more:
        found.append((call.label("after"), f"d:{command} page={call.page + 1}"))
    return tuple((label, value) for label, value in found if len(value.encode()) <= 60)


def page_row(call: Call, command: str, *, more: bool) -> Rows:
    """Give the page buttons as a row, or no row."""
    return choices(*pages(call, command, more=more))


def _placed(call: Call, member: int) -> str:
    person = person_by_id(call, member)
    return (
        f"{named(call, member)} {person.country}" if person and person.country else str(named(call, member))
    )
