"""The round's own commands: a new one, and its way from draft to end, each step from where it is allowed."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from bot.commands.command import Answer, Call
from bot.commands.dates import read_day, shown
from bot.deliveries import choices
from bot.markup import Markup
from bot.model import Round, RoundState


#: From which states a command may move a round.
ALLOWED = {
    "open": (RoundState.DRAFT,),
    "close": (RoundState.OPEN,),
    "start": (RoundState.PROPOSED,),
    "end": (RoundState.RUNNING,),
    "cancel": (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.PROPOSED),
}
#: A round before it runs: there is one of these at a time.
AHEAD = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.PROPOSED)
LONGEST_SLUG = 20
LONGEST_NAME = 60
DATES = ("opens", "closes", "starts")


def rounds_of(call: Call) -> tuple[Round, ...]:
    """Give every round the desk has, newest first, each once."""
    found = (call.desk.round, *call.desk.rounds) if call.desk.round else call.desk.rounds
    return tuple({each.id: each for each in found}.values())


def standing(call: Call, verb: str) -> Round | Answer:
    """Give the round that `verb` may move, or say why none."""
    fitting = [each for each in rounds_of(call) if each.state in ALLOWED[verb]]
    if fitting:
        return fitting[0]
    if call.desk.round is None:
        return call.refuse("round.none")
    here = call.desk.round
    state = call.say(f"state.{here.state}")
    return call.refuse(f"round.not-{verb}", name=here.name, state=state)


def new(call: Call) -> Answer:
    """Make a round in draft, with its dates."""
    name = " ".join(call.args[0].split())
    if problem := _name_problem(call, name):
        return problem
    figures = _figures(call)
    if isinstance(figures, Answer):
        return figures
    dates = _dates(call)
    if isinstance(dates, Answer):
        return dates
    weeks, cap = figures
    made = Round(
        id=slug(name, len(rounds_of(call)) + 1),
        name=name,
        state=RoundState.DRAFT,
        weeks=weeks,
        opens_at=dates["opens"],
        closes_at=dates["closes"],
        starts_at=dates["starts"],
        cap_percent=cap,
        look_at=call.desk.now,
    )
    then = Markup(call.say("round.opens-on-day" if made.opens_at else "round.opens-by-word"))
    text = call.say("round.new", name=name, weeks=weeks, cap=cap, dates=dates_line(call, made), then=then)
    buttons = choices(("round open", "d:round open"), ("round status", "d:round status"))
    return Answer(text, buttons, saves=(made,), audit="round new", about=made.id)


def open_(call: Call) -> Answer:
    """Take applications from now on."""
    found = standing(call, "open")
    if isinstance(found, Answer):
        return found
    now = call.desk.now
    closes = found.closes_at if found.closes_at and found.closes_at > now else None
    opened = replace(found, state=RoundState.OPEN, opens_at=now, closes_at=closes, look_at=now)
    text = call.say("round.open", name=found.name, dates=dates_line(call, opened))
    buttons = choices(("share", "d:share"), ("round status", "d:round status"))
    return Answer(text, buttons, saves=(opened,), audit="round open", about=found.id)


def close(call: Call) -> Answer:
    """Take no more applications; the round's own look drafts the pairs."""
    found = standing(call, "close")
    if isinstance(found, Answer):
        return found
    now = call.desk.now
    closed = replace(found, state=RoundState.CLOSED, closes_at=now, look_at=now)
    return Answer(
        call.say("round.close", name=found.name), saves=(closed,), audit="round close", about=found.id
    )


def slug(name: str, number: int) -> str:
    """Give the id of a round: small letters, digits and dashes of its name, at most 20."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST_SLUG].strip("-") or f"round-{number}"


def dates_line(call: Call, one: Round) -> Markup:
    """Give a round's dates on one line."""
    language = call.language
    days = {name: shown(getattr(one, f"{name}_at"), language) for name in DATES}
    return Markup(call.say("round.dates", **days))


def _name_problem(call: Call, name: str) -> Answer | None:
    known = rounds_of(call)
    if len(name) > LONGEST_NAME:
        return call.refuse("round.long-name", most=LONGEST_NAME)
    ident = slug(name, len(known) + 1)
    if any(each.id == ident or each.name.casefold() == name.casefold() for each in known):
        return call.refuse("round.same-name", name=name)
    ahead = [each for each in known if each.state in AHEAD]
    if ahead:
        return call.refuse(
            "round.one-at-a-time", name=ahead[0].name, state=call.say(f"state.{ahead[0].state}")
        )
    return None


def _figures(call: Call) -> tuple[int, int] | Answer:
    weeks = _figure(call.options.get("weeks", "16"), 2, 52)
    if weeks is None:
        return call.refuse("round.bad-weeks", what=call.options["weeks"])
    cap = _figure(call.options.get("cap", "20").rstrip("% "), 1, 100)
    return call.refuse("round.bad-cap", what=call.options["cap"]) if cap is None else (weeks, cap)


def _figure(text: str, least: int, most: int) -> int | None:
    if not text.isdecimal() or len(text) > 4:
        return None
    return int(text) if least <= int(text) <= most else None


def _dates(call: Call) -> dict[str, datetime | None] | Answer:
    now = call.desk.now
    found: dict[str, datetime | None] = dict.fromkeys(DATES)
    for name in DATES:
        typed = call.options.get(name, "")
        day = read_day(typed, now) if typed else None
        if isinstance(day, tuple):
            return _bad_date(call, name, typed, day)
        found[name] = day
    return _order_problem(call, found) or found


def _bad_date(call: Call, option: str, what: str, guesses: tuple[str, ...]) -> Answer:
    if not guesses:
        return call.refuse("round.bad-date", option=option, what=what[:60])
    return call.refuse("round.which-date", option=option, what=what[:60], days=" / ".join(guesses))


def _order_problem(call: Call, dates: dict[str, datetime | None]) -> Answer | None:
    """Refuse a day that is over, and days that are not in the order opens, closes, starts."""
    given = [(name, at) for name, at in dates.items() if at is not None]
    for name, at in given:
        if at.date() < call.desk.now.date():
            return call.refuse("round.past-date", option=name, day=shown(at, call.language))
    for (before, first), (after, second) in pairwise(given):
        if second <= first:
            return call.refuse("round.bad-order", before=before, after=after)
    return None
