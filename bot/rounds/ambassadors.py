"""What the bot writes to ambassadors by itself: a report every month, and thanks at the end of a round.

An ambassador reads of their own country and of nobody else's. Reports of misconduct are the directors'
alone, whoever they are about.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries import mention, tell
from bot.markup import Markup
from bot.messages import Delivery, Message
from bot.model import Case, Person, Round, RoundState
from bot.rounds.telling import Look
from bot.snapshots import Embassy
from bot.texts.names import country_name
from bot.texts.reading.places import main_zone
from bot.timetable import WEEK


#: Weeks of the program between two reports: while people apply there is more to do.
EVERY = {RoundState.OPEN: 2, RoundState.RUNNING: 4}
#: Cases an ambassador may hear of; what is not here (a report) is the directors' alone.
HELPABLE = frozenset({"quiet", "help", "another", "unreachable", "room", "left", "away"})
MOST_CASES = 5
END = "end"


def due(round: Round, now: datetime, pace: timedelta) -> str:  # noqa: A002 - the record's own name
    """Give the name of the report that this look brings: "open-1", "month-3", "end"; "" when none is due.

    It is due once: when a fortnight (running: four weeks) of the program is full since the last look.
    """
    if round.state is RoundState.ENDED:
        return END
    begun = round.opens_at if round.state is RoundState.OPEN else round.started_at
    if round.state not in EVERY or begun is None:
        return ""
    every = EVERY[round.state] * pace
    number = (now - begun) // every
    before = max((round.looked_at - begun) // every, 0) if round.looked_at else 0
    name = "open" if round.state is RoundState.OPEN else "month"
    return f"{name}-{number}" if number > before else ""


def reports(look: Look) -> tuple[Delivery, ...]:
    """Write to each ambassador what is due: a report, or after the end the thanks."""
    name = due(look.round, look.now, look.program.pace)
    if not name:
        return ()
    return tuple(_told(look, each, name) for each in look.hall.embassies)


def _told(look: Look, embassy: Embassy, name: str) -> Delivery:
    person = embassy.person
    text = _thanks(look, embassy) if name == END else _report(look, embassy)
    key = f"ambassador/{look.round.id}/{name}/{person.id}"
    # Who never applied has no zone of their own: their country's night is kept.
    zoned = replace(person, zone=person.zone or main_zone(person.ambassador_for) or "")
    return tell(zoned, key, Message(text), look.now, look.program, patience=WEEK)


def _report(look: Look, embassy: Embassy) -> str:
    say, language = look.program.say, embassy.person.language
    head = _say(look, embassy, "head")
    figures = [_say(look, embassy, "applied", n=embassy.applied)]
    if look.round.state is RoundState.RUNNING:
        figures.append(_say(look, embassy, "placed", n=embassy.placed))
    figures.append(_say(look, embassy, "through", n=embassy.through))
    thanks = say(language, "rounds.ambassador.thanks", name=embassy.person.name or "…")
    return "\n\n".join(part for part in (head, "\n".join(figures), *_cases(look, embassy), thanks) if part)


def _thanks(look: Look, embassy: Embassy) -> str:
    applied = _say(look, embassy, "applied", n=embassy.applied)
    through = _say(look, embassy, "through", n=embassy.through)
    head = _say(look, embassy, "end", name=embassy.person.name or "…")
    return "\n\n".join((head, f"{applied}\n{through}", _say(look, embassy, "end-thanks")))


def _cases(look: Look, embassy: Embassy) -> tuple[str, ...]:
    """Give who waits for help, oldest first, and the link: what an ambassador can do something with."""
    found = [each for each in embassy.cases if _is_theirs(*each, embassy.person)]
    link = _link(look, embassy.person)
    if not found:
        return (_say(look, embassy, "no-cases"), link)
    lines = [_case(look, embassy, *each) for each in found[:MOST_CASES]]
    return ("\n".join([_say(look, embassy, "cases", n=len(found)), *lines]), link)


def _is_theirs(case: Case, person: Person, ambassador: Person) -> bool:
    """Tell whether an ambassador may hear of a case: of their country, not their own, no report."""
    own_country = case.country == ambassador.ambassador_for != ""
    return own_country and case.kind in HELPABLE and person.id != ambassador.id


def _case(look: Look, embassy: Embassy, case: Case, person: Person) -> str:
    words = look.program.say(embassy.person.language, f"rounds.ambassador.kind.{case.kind}")
    days = (look.now - case.opened_at).days
    return _say(look, embassy, "case", who=mention(person), what=Markup(words), n=days)


def _link(look: Look, person: Person) -> str:
    name = look.program.bot_names.get("telegram", "")
    if not name or look.round.state is not RoundState.OPEN:
        return ""
    return look.program.say(
        person.language, "rounds.ambassador.link", link=f"https://t.me/{name}?start=a{person.id}"
    )


def _say(look: Look, embassy: Embassy, words: str, /, **values: str | int) -> str:
    language = embassy.person.language
    country = country_name(embassy.person.ambassador_for, look.program.texts.spoken(language))
    named: dict[str, str | int] = {"round": look.round.name, "country": country}
    return look.program.say(language, f"rounds.ambassador.{words}", **(named | values))
