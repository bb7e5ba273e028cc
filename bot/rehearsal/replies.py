"""What a simulated person does when a message reaches them: pure, from their temper and their seed.

They read what a person reads: the words and the buttons. Half of them tap, half of them type.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from random import Random

from bot.messages import Message
from bot.rehearsal.people import Actor, Temper
from bot.texts import Program, Question


@dataclass(frozen=True, slots=True)
class Act:
    """Say `text`, or tap the button with `value`, `after` so long."""

    after: timedelta
    text: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The occasion of a message: its key, the round's week, and whether the actor's partner still answers."""

    key: str
    week: int
    answered: bool = True


LANGUAGE_NAMES = {
    "en": "English", "pt": "Portuguese", "es": "Spanish", "fr": "French", "de": "German", "tl": "Tagalog",
    "hi": "Hindi", "ur": "Urdu", "bn": "Bengali", "ja": "Japanese", "sw": "Swahili", "af": "Afrikaans",
    "ar": "Arabic", "id": "Indonesian", "sv": "Swedish", "pl": "Polish", "ne": "Nepali",
}  # fmt: skip
HOURS = (
    "weekday evenings",
    "Saturday morning",
    "Tue and Thu after 7pm",
    "weekends",
    "weekdays 12-14",
    "evenings",
)
WISHES = ("anybody", "same sector", "someone senior", "from Africa", "open to anybody", "no preference")
ABOUT = (
    "I run a small reading room and love old maps.",
    "I teach students how to search well.",
    "I catalogue by day and read comics by night.",
    "I work with children and their families.",
    "I look after a special collection and I am learning to digitise it.",
)


def react(actor: Actor, message: Message, program: Program, asked: Asked) -> Act | None:
    """Give what the actor does about a private message; None when they do nothing.

    The same message always gets the same answer.
    """
    dice = actor.dice(asked.key)
    values = [choice.value for row in message.rows for choice in row if choice.value]
    for prefix, answer in _ANSWERS:
        if any(value.startswith(prefix) for value in values):
            return answer(actor, values, dice, program, asked)
    return None


def _walk(actor: Actor, values: list[str], dice: Random, program: Program, asked: Asked) -> Act | None:
    at = next(value for value in values if value.startswith("a:")).split(":")[1]
    after = timedelta(seconds=dice.randint(20, 90))
    if SEND in values:
        return Act(after, value=SEND)
    question = _question(at.split(".")[-1], program)
    if question is None:
        return None
    options = [value for value in values if value.startswith(f"a:{at}:") and "~" not in value]
    if question.kind == "choice" and options and dice.random() < 0.5:
        return Act(after, value=dice.choice(options))
    return Act(after, text=said(actor, question, dice))


def said(actor: Actor, question: Question, dice: Random) -> str:
    """Give the actor's answer to a question in words."""
    known = {
        "name": actor.name,
        "country": actor.place.said,
        "zone": actor.place.city,
        "languages": _spoken(actor, dice),
        "hours": ", ".join(dice.sample(HOURS, 2)),
        "wish": dice.choice(WISHES),
        "years": str(dice.randint(0, 30)),
        "text": dice.choice(ABOUT),
        "consent": "yes",
        "help": "no",
        "yes-no": "yes",
        "fields": "all",
    }
    if question.id in known:
        return known[question.id]
    if question.kind in ("choice", "choices") and question.options:
        most = 1 if question.kind == "choice" else min(4, len(question.options))
        return ", ".join(option.label for option in dice.sample(question.options, most))
    return known.get(question.kind, "yes")


def _spoken(actor: Actor, dice: Random) -> str:
    names = [LANGUAGE_NAMES.get(code, code) for code in actor.place.languages]
    return " and a little ".join(names) if dice.random() < 0.3 else ", ".join(names)


def _check_in(actor: Actor, values: list[str], dice: Random, program: Program, asked: Asked) -> Act | None:
    if gone_quiet(actor, asked.week):
        return None
    kinds = {value.rsplit(":", 1)[1]: value for value in values if value.startswith("c:")}
    chances = (62, 20, 17.6, 0.4) if asked.answered else (0, 4, 94, 2)
    met = dice.choices(["met", "date-set", "not-yet", "need-help"], chances)[0]
    return Act(_delay(actor, dice), value=kinds[met]) if met in kinds else None


def _ladder(actor: Actor, values: list[str], dice: Random, program: Program, asked: Asked) -> Act | None:
    if gone_quiet(actor, asked.week):
        return None
    said = ("wrote", "yes", "third-yes") if asked.answered else ("because-silent", "not-yet", "another")
    fitting = [value for value in values if value.rsplit(":", 1)[1] in said]
    if not fitting or dice.random() < 0.2:
        return None
    return Act(_delay(actor, dice), value=dice.choice(fitting))


def _keep(actor: Actor, values: list[str], dice: Random, program: Program, asked: Asked) -> Act | None:
    yes = [value for value in values if value.rsplit(":", 1)[1] == "yes"]
    return Act(_delay(actor, dice), value=yes[0]) if yes and not gone_quiet(actor, asked.week) else None


def _command(actor: Actor, values: list[str], dice: Random, program: Program, asked: Asked) -> Act | None:
    if "cmd:apply" in values:
        return Act(timedelta(minutes=dice.randint(2, 300)), value="cmd:apply")
    if "cmd:survey" in values and not gone_quiet(actor, asked.week) and dice.random() < 0.7:
        return Act(_delay(actor, dice), value="cmd:survey")
    return None


def gone_quiet(actor: Actor, week: int) -> bool:
    """Tell whether a silent person has stopped answering by this week."""
    return actor.temper is Temper.SILENT and week > actor.dice("quiet from").randint(1, 5)


def _delay(actor: Actor, dice: Random) -> timedelta:
    if actor.temper is Temper.SLOW:
        return timedelta(hours=dice.uniform(16, 80))
    return timedelta(hours=dice.uniform(0.2, 9))


@lru_cache(maxsize=512)
def _question(asked: str, program: Program) -> Question | None:
    tables = (program.questions(name, "en") for name in program.tables)
    return next((question for table in tables for question in table if question.id == asked), None)


#: The button that ends a walk.
SEND = "a:summary:~send"
_ANSWERS = (("a:", _walk), ("c:", _check_in), ("l:", _ladder), ("k:", _keep), ("cmd:", _command))
