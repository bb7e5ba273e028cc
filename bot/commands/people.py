"""People: finding them, one person's file, taking somebody out of the program and letting them in again."""

from dataclasses import replace

from bot import partnerships
from bot.commands.command import Answer, Call
from bot.commands.dates import shown
from bot.commands.finding import (
    application_of,
    brief,
    find_people,
    names,
    one_person,
    page_row,
    pair_of,
    person_by_id,
)
from bot.commands.rounds import rounds_of
from bot.deliveries import choices, mention, tell
from bot.markup import Markup
from bot.messages import Delivery, Message
from bot.model import (
    ApplicationState,
    CaseState,
    CheckIn,
    Partnership,
    PartnershipState,
    Person,
    RoundState,
)
from bot.outcome import NOTHING
from bot.texts.names import country_name


#: What was in these rounds stays as it was.
OVER = (RoundState.ENDED, RoundState.CANCELLED)
#: A removed person's applications in these states take part in nothing any more.
ACTIVE = frozenset(ApplicationState) - {ApplicationState.WITHDRAWN}


def people(call: Call) -> Answer:
    """List the people that a text finds."""
    found = find_people(call, call.args[0])
    if not found and call.page == 1:
        return call.refuse("person.nobody", what=call.args[0][:60])
    full = len(call.desk.people) >= call.commands["people"].limit
    lines = "\n".join(brief(each) for each in found)
    rows = page_row(call, f"people {call.args[0]}", more=full)
    return Answer(call.say("people.list", n=len(found), people=Markup(lines)).strip(), rows)


def person(call: Call) -> Answer:
    """Show everything the directors may know of one person."""
    found = one_person(call, call.args[0])
    if isinstance(found, Answer):
        return found
    lines = [
        call.say("person.head", name=mention(found), id=found.id, platform=found.platform),
        *_facts(call, found),
        _application(call, found),
        *_pairs(call, found),
        _check_ins(call, found),
        _cases(call, found),
    ]
    buttons = choices((call.label("remove"), f"d:person {found.id} remove"))
    return Answer("\n".join(line for line in lines if line), buttons if found.removed_at is None else ())


def preview_remove(call: Call) -> Answer:
    """Say what removing this person does."""
    found = one_person(call, call.args[0])
    if isinstance(found, Answer):
        return found
    if found.removed_at is not None:
        return call.refuse("person.removed-already", name=mention(found), id=found.id)
    pair = _live(call, found.id)
    others = len(pair.others(found.id)) if pair else 0
    words = "remove-preview" if others else "remove-alone"
    return call.answer(f"person.{words}", name=mention(found), id=found.id, n=others)


def remove(call: Call) -> Answer:
    """Take a person out: their partnership ends, the partners are told kindly and get another one."""
    found = one_person(call, call.args[0])
    if isinstance(found, Answer):
        return found
    pair = _live(call, found.id)
    now, program = call.desk.now, call.program
    parted = partnerships.leave(pair, members_of(call, pair), found.id, now, program) if pair else NOTHING
    going_on = {each.id for each in rounds_of(call) if each.state not in OVER}
    gone = replace(found, removed_at=now, wants_news=False, ambassador_for="")
    left = tuple(
        replace(each, state=ApplicationState.WITHDRAWN)
        for each in call.desk.applications
        if each.person == found.id and each.state in ACTIVE and each.round in going_on
    )
    return Answer(
        call.say("person.removed", name=mention(found), id=found.id),
        saves=(*parted.saves, *left, gone),
        deliveries=(*parted.deliveries, tell_of(call, found, "removed")),
        drops=parted.drops,
        audit="person remove",
        about=str(found.id),
    )


def restore(call: Call) -> Answer:
    """Let a removed person apply again."""
    found = one_person(call, call.args[0])
    if isinstance(found, Answer):
        return found
    if found.removed_at is None:
        return call.refuse("person.not-removed", name=mention(found), id=found.id)
    return Answer(
        call.say("person.restored", name=mention(found), id=found.id),
        saves=(replace(found, removed_at=None),),
        deliveries=(tell_of(call, found, "restored"),),
        audit="person restore",
        about=str(found.id),
    )


def members_of(call: Call, pair: Partnership) -> tuple[Person, ...]:
    """Give the people of a partnership, those that the desk has."""
    return tuple(each for member in pair.members if (each := person_by_id(call, member)))


def tell_of(call: Call, found: Person, key: str, **values: str) -> Delivery:
    """Write to a person what the directors did about them."""
    words = call.program.say(found.language, f"directors.told.{key}", name=found.name, **values)
    ident = f"{key}/{call.event.platform}/{call.event.id}/{found.id}"
    return tell(found, ident, Message(words), call.desk.now, call.program)


def _live(call: Call, ident: int) -> Partnership | None:
    pair = pair_of(call, ident)
    return pair if pair and pair.state is not PartnershipState.DRAFTED else None


def _facts(call: Call, found: Person) -> list[str]:
    language = call.language
    facts = {
        "handle": f"@{found.handle}" if found.handle else "",
        "country": country_name(found.country, language) if found.country else "",
        "zone": found.zone,
        "language": found.language,
        "ambassador": country_name(found.ambassador_for, language) if found.ambassador_for else "",
        "away": found.away_until.isoformat() if found.away_until else "",
        "ghosted": str(found.ghosted) if found.ghosted else "",
    }
    lines = [call.say(f"person.{name}", what=what) for name, what in facts.items() if what]
    marks = {"unreachable": not found.reachable, "director": found.director}
    lines += [call.say(f"person.{name}") for name, is_so in marks.items() if is_so]
    seen, gone = shown(found.seen_at, language), shown(found.removed_at, language)
    lines += [call.say("person.seen", day=seen)] if found.seen_at else []
    return lines + ([call.say("person.removed-since", day=gone)] if found.removed_at else [])


def _application(call: Call, found: Person) -> str:
    application = application_of(call, found.id)
    if application is None:
        return call.say("person.no-application")
    state = call.say(f"application.{application.state}")
    day = shown(application.submitted_at, call.language)
    why = f" ({application.why})" if application.why else ""
    return call.say("person.application", state=state, day=day, why=why)


def _pairs(call: Call, found: Person) -> list[str]:
    mine = [each for each in call.desk.partnerships if found.id in each.members]
    return [
        call.say(
            "person.pair",
            pair=each.id,
            state=call.say(f"partnership.{each.state}"),
            names=names(call, each.members),
            room=call.say(f"room.{each.room or 'none'}"),
        )
        for each in mine
    ]


def _check_ins(call: Call, found: Person) -> str:
    mine = sorted((each for each in call.desk.check_ins if each.person == found.id), key=_asked)
    if not mine:
        return ""
    said = ", ".join(call.say(f"contact.{each.answer or 'silent'}") for each in mine[-8:])
    return call.say("person.check-ins", said=said)


def _asked(check_in: CheckIn) -> tuple[object, int]:
    return check_in.asked_at, check_in.week


def _cases(call: Call, found: Person) -> str:
    mine = [each for each in call.desk.cases if each.person == found.id]
    if not mine:
        return ""
    waiting = [each for each in mine if each.state is CaseState.OPEN]
    numbers = ", ".join(f"#{each.number}" for each in waiting) or "–"
    return call.say("person.cases", n=len(mine), open=numbers)
