"""Cases: what needs a human goes into the directors' queue once, and is told in their room."""

from datetime import UTC, datetime

from bot.deliveries import mention, tell_directors
from bot.markup import Markup, escape
from bot.messages import Choice, Message
from bot.model import Case, DirectorsRoom, Person
from bot.outcome import Outcome
from bot.texts import Program
from bot.texts.names import country_name


#: Seconds in which the directors hear once of more that is told.
_AGAIN = 600


def open_case(
    key: str,
    kind: str,
    now: datetime,
    program: Program,
    *,
    person: Person | None = None,
    partnership: str = "",
    round: str = "",  # noqa: A002 - the record's own name
    tried: tuple[str, ...] = (),
    room: DirectorsRoom | None = None,
    more: bool = False,
) -> Outcome:
    """Open a case of `kind` (the words are `cases.<kind>` in the texts) and tell the directors.

    Kinds that people without a partnership can open have words of their own for that: `<kind>-alone`.
    The same key opens one case only: the storage leaves the first as it is, the outbox likewise. Only of a
    report there may be `more`: then all that was told so far takes the place of what was `tried`, a case that
    was closed opens again, and the directors hear of it, once in ten minutes.
    """
    case = Case(
        key=key,
        kind=kind,
        opened_at=now,
        round=round,
        partnership=partnership,
        person=person.id if person else 0,
        country=person.country if person else "",
        tried=tried,
    )
    name = asker(person) if person else Markup(escape(partnership))
    alone = "" if partnership or not program.texts.has(f"cases.{kind}-alone") else "-alone"
    which = f"{kind}-more" if more else kind
    words = program.say("en", f"cases.{which}{alone}", name=name, partnership=partnership)
    buttons = ((Choice(program.say("en", "cases.queue-button"), "d:queue"),),)
    if not more:
        return Outcome((case,), tell_directors(room, f"case/{key}", Message(words, buttons), now))
    # At the end of the ten minutes: whatever comes in them was told before the directors look.
    turn = int(now.timestamp()) // _AGAIN + 1
    at = datetime.fromtimestamp(turn * _AGAIN, UTC)
    return Outcome((case,), tell_directors(room, f"case/{key}/{turn}", Message(words, buttons), at))


def asker(person: Person) -> Markup:
    """Give whom a case is about, for the directors: a mention, with the country in brackets."""
    country = f" ({escape(country_name(person.country))})" if person.country else ""
    return Markup(f"{mention(person)}{country}")
