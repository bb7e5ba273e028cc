"""English sentences for reasons and for rules that stop somebody.

Other languages phrase the same kinds and values. Countries and languages have their English names (Unicode
CLDR), so that nobody has to know codes.
"""

from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale

from bot.matching.model import Pair, Reason, Value


_REASONS = {
    "wish": "{of} wished for {wish}, and it is met.",
    "missed": "{of} wished for {wish}, which is not met.",
    "open": "{who} would meet anybody.",
    "interest": "Both named {interest}, which {named_by} people did ({share}).",
    "hours": "{hours} common free hours a week.",
    "goal": "Both hope for {goal}.",
    "sector": "Both work in {sector}.",
    "stage": "Both are {stage}.",
    "new_country": "A new country for both: {countries}.",
    "language": "Both speak {languages}.",
    "room": "They can meet on {platforms}.",
    "priority": "{who} was let down before and comes first.",
}
_RELAXED = {
    "hours": "They have no common free hour.",
    "experience": "The wish of {of} about experience gave way.",
}


def sentence(reason: Reason) -> str:
    """Give one reason as an English sentence."""
    values = _told(reason.values, "and")
    if reason.kind == "relaxed":
        return _RELAXED[values["rule"]].format(**values)
    if reason.kind == "interest":
        permille = int(values["permille"])
        values["share"] = f"{permille / 10:g} %" if permille else "under 0.1 %"
    if "about" in values:
        values["wish"] = wish(values["about"], values["value"])
    return _REASONS[reason.kind].format(**values)


def wish(about: str, value: str) -> str:
    """Give a wish in words: `experience`, `similar:5` as "similar experience (own: 5 years)"."""
    kind, _, years = value.partition(":")
    if about in ("experience", "seniority"):
        return f"{kind} experience (own: {years} years)"
    called = _WISHED.get(about, str)
    return (
        f"another {about} than {called(value[1:])}" if value.startswith("!") else f"{about} {called(value)}"
    )


def in_short(pair: Pair) -> str:
    """Give a pair's reasons with their points on one line, the weightiest first, as a cell of a table."""
    told = [reason for reason in pair.reasons if reason.kind not in ("open", "language", "room", "missed")]
    told.sort(key=lambda reason: -reason.points)
    return "; ".join(f"{_brief(reason)} ({reason.points:+d})" for reason in told)


def _brief(reason: Reason) -> str:
    values = _told(reason.values, "and")
    match reason.kind:
        case "hours":
            return f"hours in common {values['hours']}"
        case "relaxed":
            return f"relaxed {values['rule']}" + (f" of {values['of']}" if "of" in values else "")
        case "wish":
            return f"wish of {values['of']}: {wish(values['about'], values['value'])}"
        case "priority":
            return f"let down before: {values['who']}"
        case "new_country":
            return f"new country {values['countries']}"
        case kind:
            return f"{kind} {values[kind]}"


def plain(value: Value, last: str = "and") -> str:
    """Give a value as text, numbers with their thousands apart; several with "and" (or "or")."""
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, tuple):
        return value
    return f" {last} ".join((", ".join(value[:-1]), value[-1])) if len(value) > 1 else "".join(value)


@cache
def _names() -> dict[str, Mapping[str, str]]:
    english = Locale("en")
    return {"country": english.territories, "language": english.languages}


def _country(code: str) -> str:
    return _names()["country"].get(code, code)


def _language(code: str) -> str:
    names = _names()["language"]
    base, _, territory = code.partition("-")
    return names.get(f"{base}_{territory.upper()}") or names.get(base) or code


def _platform(name: str) -> str:
    return " with ".join(part.title() for part in name.split("+"))


_WISHED: dict[str, Callable[[str], str]] = {"country": _country, "language": _language}
#: How the values of a reason or a rule are called by those who read them.
_CALLED: dict[str, Callable[[str], str]] = {
    "country": _country,
    "countries": _country,
    "languages": _language,
    "add_language": _language,
    "platforms": _platform,
    "add_platform": _platform,
}


def _told(values: Mapping[str, Value], last: str) -> dict[str, str]:
    return {name: plain(_called(name, value), last) for name, value in values.items()}


def _called(name: str, value: Value) -> Value:
    called = _CALLED.get(name)
    if called is None or isinstance(value, int):
        return value
    return tuple(map(called, value)) if isinstance(value, tuple) else called(value)


_WHY = {
    "alone": "Nobody else applied.",
    "language": "No one else speaks {languages}.",
    "country": "Everyone else who speaks {languages} lives in {country} too.",
    "platform": "Nobody abroad who speaks {languages} can meet them on {platforms}.",
    "history": "Everyone who would suit was their partner before ({reachable}).",
    "blocked": "Everyone who would suit is blocked, or was their partner before ({reachable}).",
    "forbidden": "The directors keep them apart from everyone who would suit ({reachable}).",
    "contested": "Everyone who would suit ({legal}) is needed by somebody who has nobody else.",
    "odd": "The number of people is odd, and no pair could legally take a third in common daytime.",
}
_HELP = {
    "add_language": "add {add_language} as a language (possible partners then: {add_language_gives})",
    "add_platform": "use {add_platform} too (then: {add_platform_gives})",
}


def why(rule: str, values: Mapping[str, Value]) -> str:
    """Give the sentence for the rule that leaves somebody unplaced."""
    return _WHY[rule].format(**_told(values, "or"))


def helping(values: Mapping[str, Value]) -> str:
    """Give what would help somebody unplaced."""
    told = _told(values, "or")
    parts = [text.format(**told) for name, text in _HELP.items() if name in told]
    last = "wait for the next round" if parts else "wait for the next round, or for somebody new"
    sentence = ", ".join((*parts, f"or {last}" if parts else last)) + "."
    return sentence[0].upper() + sentence[1:]


#: Of many people at once: the rule that stops them, and what gave way.
STOPPED = {
    "alone": "nobody else applied",
    "language": "nobody else speaks a language of theirs",
    "country": "all who speak their languages live in their own country",
    "platform": "nobody who suits can meet them on their platforms",
    "history": "all who suit were their partners before",
    "blocked": "all who suit are blocked, or were their partners before",
    "forbidden": "the directors keep them apart from all who suit",
    "contested": "all who suit them are needed by others who have nobody else",
    "odd": "the number of people is odd, and no pair can take a third",
}
GAVE_WAY = {"hours": "No common free hour", "experience": "A wish about experience not met"}
