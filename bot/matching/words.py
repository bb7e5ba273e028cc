"""English sentences for reasons and for rules that stop somebody.

Other languages phrase the same kinds and values.
"""

from collections.abc import Mapping

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
    values = {name: plain(value) for name, value in reason.values.items()}
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
    return f"another {about} than {value[1:]}" if value.startswith("!") else f"{about} {value}"


def in_short(pair: Pair) -> str:
    """Give a pair's reasons with their points on one line, the weightiest first, as a cell of a table."""
    told = [reason for reason in pair.reasons if reason.kind not in ("open", "language", "room", "missed")]
    told.sort(key=lambda reason: -reason.points)
    return "; ".join(f"{_brief(reason)} ({reason.points:+d})" for reason in told)


def _brief(reason: Reason) -> str:
    values = {name: plain(value) for name, value in reason.values.items()}
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


def plain(value: Value) -> str:
    """Give a value as text; several with "and"."""
    if not isinstance(value, tuple):
        return str(value)
    return " and ".join((", ".join(value[:-1]), value[-1])) if len(value) > 1 else "".join(value)


_WHY = {
    "alone": "Nobody else applied.",
    "language": "No one else speaks {languages}.",
    "country": "Everyone else who speaks {languages} lives in {country} too.",
    "platform": "None of the {abroad} people abroad who speak {languages} can share a room on {platforms}.",
    "history": "All {reachable} possible partners were partners before.",
    "blocked": "All {reachable} possible partners are blocked or were partners before.",
    "forbidden": "The directors' forbidden pairs leave none of the {reachable} possible partners.",
    "contested": "All {legal} possible partners are in pairs that only somebody else left alone could open.",
    "odd": "The number of people is odd, and no pair could legally take a third in common daytime.",
}
_HELP = {
    "add_language": "With {add_language} as a language there would be {add_language_gives} possible partners",
    "add_platform": "on {add_platform} there would be {add_platform_gives}",
}


def why(rule: str, values: Mapping[str, Value]) -> str:
    """Give the sentence for the rule that leaves somebody unplaced."""
    return _WHY[rule].format(**{name: plain(value) for name, value in values.items()})


def helping(values: Mapping[str, Value]) -> str:
    """Give what would help somebody unplaced."""
    told = {name: plain(value) for name, value in values.items()}
    parts = [text.format(**told) for name, text in _HELP.items() if name in told]
    parts.append(
        "or wait for the next round"
        if parts
        else "Waiting for the next round, or for somebody new, is all that helps"
    )
    sentence = ", ".join(parts) + "."
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
