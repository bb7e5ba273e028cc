"""The tables of questions that can be walked, by kind, in a person's language.

The application and the surveys have a file each. The small walks (a report, a confirmation) take their
questions from the table "asides"; some of these have options that only the moment knows.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.snapshots import Turn
from bot.texts import Option, Program, Question
from bot.texts.names import language_name, own_name


APPLICATION = "application"
#: The walks that are worth to be gone on with after another came between.
LONG = frozenset({APPLICATION, "survey-mid", "survey-end"})
#: What waits when a report was sent: for more of it, until that was all.
MORE = "report-more"
#: What is written in these is for the directors, and for nobody else, however late it comes.
REPORTS = frozenset({"report", MORE})
#: What the small walks ask, by their kind.
ASIDES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "withdraw": ("withdraw",),
        "forget": ("forget",),
        "block": ("block-who", "block"),
        "report": ("report-kind", "report-text"),
        MORE: (MORE,),
        "away": ("away",),
        "language": ("language",),
    }
)


def questions_of(kind: str, turn: Turn, program: Program) -> tuple[Question, ...]:
    """Give the questions of a walk of this kind; () for a kind that is not walked any more."""
    language = turn.person.language
    if kind in LONG:
        return program.questions(kind, language)
    wanted = ASIDES.get(kind, ())
    table = program.questions("asides", language)
    found = tuple(question for question in table if question.id in wanted)
    return tuple(_filled(question, turn, program) for question in found if _applies(question, turn))


def _applies(question: Question, turn: Turn) -> bool:
    return question.id != "block-who" or len(turn.partners) > 1


def _called(code: str, turn: Turn) -> tuple[str, ...]:
    return (language_name(code), language_name(code, turn.person.language))


def _filled(question: Question, turn: Turn, program: Program) -> Question:
    """Give the question with the options that only this moment knows."""
    if question.id == "language":
        codes = program.texts.languages
        return replace(question, options=tuple(Option(code, own_name(code)) for code in codes))
    if question.id == "block-who":
        options = tuple(Option(str(partner.id), partner.name or "…") for partner in turn.partners)
        return replace(question, options=options)
    return question
