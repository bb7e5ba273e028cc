"""Why two people suit each other, in words: the labels people tapped, and names of people and places."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from bot.commands.command import Call
from bot.commands.finding import person_by_id
from bot.markup import Markup
from bot.matching import Reason
from bot.matching.model import Value
from bot.texts import Question
from bot.texts.names import country_name, language_name
from bot.wording import in_words, wish_in_words


Values: TypeAlias = Mapping[str, Value]


def reason_lines(call: Call, reasons: Iterable[Reason]) -> Markup:
    """Give the reasons, a line each."""
    return Markup(
        "\n".join(f"• {_SAID[reason.kind](call, reason.kind, reason.values)}" for reason in reasons)
    )


def _wish(call: Call, kind: str, values: Values) -> str:
    wish = _wish_words(call, str(values["about"]), str(values["value"]))
    return call.say(f"reason.{kind}", of=_people(call, values["of"]), wish=wish)


def _wish_words(call: Call, about: str, value: str) -> str:
    """Give a wish as the matching knows it ("more:7" years, "!public") in the words of the application."""
    asked = next((each for each in _questions(call) if each.kind == "wish"), None)
    wished = value.partition(":")[0].removeprefix("!")
    wished = wished.replace("-", " ").title() if about == "region" else wished
    if asked is None:
        return f"{about} {wished}"
    words = wish_in_words(asked, about, wished, call.language, call.program)
    return call.say("reason.other", value=words) if value.startswith("!") else words


def _of_people(call: Call, kind: str, values: Values) -> str:
    return call.say(f"reason.{kind}", who=_people(call, values["who"]))


def _interest(call: Call, kind: str, values: Values) -> str:
    permille = int(str(values["permille"]))
    share = f"{permille / 10:g} %" if permille else "< 0.1 %"
    label = _label(call, "interests", values[kind])
    return call.say("reason.interest", value=label, people=str(values["named_by"]), share=share)


def _goal(call: Call, kind: str, values: Values) -> str:
    return call.say("reason.goal", value=_label(call, "goals", values[kind]))


def _same(call: Call, kind: str, values: Values) -> str:
    return call.say(f"reason.{kind}", value=_label(call, kind, values[kind]))


def _hours(call: Call, _: str, values: Values) -> str:
    return call.say("reason.hours", n=int(str(values["hours"])))


def _countries(call: Call, _: str, values: Values) -> str:
    spoken = _spoken(call)
    countries = ", ".join(country_name(code, spoken) for code in _each(values["countries"]))
    return call.say("reason.new-country", value=countries)


def _languages(call: Call, _: str, values: Values) -> str:
    spoken = _spoken(call)
    languages = ", ".join(language_name(code, spoken) for code in _each(values["languages"]))
    return call.say("reason.language", value=languages)


def _room(call: Call, _: str, values: Values) -> str:
    """Name the platforms; "slack+telegram" is a room that a bridge makes of two, "slack:T1" one workspace."""
    named = [one.split("+") for one in _each(values["platforms"])]
    rooms = (" + ".join(each.partition(":")[0].capitalize() for each in parts) for parts in named)
    return call.say("reason.room", value=", ".join(rooms))


def _relaxed(call: Call, _: str, values: Values) -> str:
    of = _people(call, values["of"]) if "of" in values else ""
    return call.say(f"reason.relaxed-{values['rule']}", of=of)


def _people(call: Call, value: Value) -> str:
    return ", ".join(_name(call, one) for one in _each(value))


def _name(call: Call, ident: str) -> str:
    person = person_by_id(call, int(ident)) if ident.isdecimal() else None
    return person.name if person and person.name else ident


def _label(call: Call, question: str, value: Value) -> str:
    """Give the label of the option somebody chose, or their own words."""
    asked = next((each for each in _questions(call) if each.id == question), None)
    if asked is None:
        return str(value)
    chosen = [value] if asked.kind == "choices" else value
    return in_words(asked, chosen, call.language, call.program)


def _questions(call: Call) -> tuple[Question, ...]:
    return call.program.questions("application", call.language)


def _spoken(call: Call) -> str:
    return call.program.texts.spoken(call.language)


def _each(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


_SAID: Mapping[str, Callable[[Call, str, Values], str]] = MappingProxyType(
    {
        "wish": _wish,
        "missed": _wish,
        "open": _of_people,
        "priority": _of_people,
        "interest": _interest,
        "hours": _hours,
        "goal": _goal,
        "sector": _same,
        "stage": _same,
        "new_country": _countries,
        "language": _languages,
        "room": _room,
        "relaxed": _relaxed,
    }
)
