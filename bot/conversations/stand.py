"""Where a conversation stands: the walk of one dialogue through its table of questions, shown and closed.

Keys of answers that begin with "~" are the walk's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from bot.answers import listed
from bot.conversations.interrupted import AWAY, JUST_ASKED, below, going_on, with_report
from bot.conversations.tables import REPORTS, questions_of
from bot.deliveries import reply, reply_key, settle
from bot.events import Exchange, Tapped
from bot.markup import escape
from bot.messages import Delivery, Message
from bot.model import Answers, Dialogue, Record
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program, Question


SUMMARY = "summary"
#: What stands before a question's id in the buttons of a survey, so that one is not taken for the other.
PREFIX: Mapping[str, str] = MappingProxyType({"survey-mid": "mid.", "survey-end": "end."})
#: Marks a walk whose person said "later".
LATER = "~later"


@dataclass(frozen=True)  # no slots: it keeps the questions it looked up
class Walk:
    """One exchange in the middle of a walk: what came in, where the walk stands, the questions it walks."""

    event: Exchange
    turn: Turn
    program: Program
    dialogue: Dialogue
    #: Records that the walk saves besides its own.
    saves: tuple[Record, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The table that is walked, in the person's language."""
        return questions_of(self.dialogue.kind, self.turn, self.program)

    @cached_property
    def question(self) -> Question | None:
        """The question that waits; None at the summary."""
        return next((question for question in self.questions if question.id == self.dialogue.at), None)

    @property
    def language(self) -> str:
        """The person's language."""
        return self.turn.person.language

    @property
    def spoken(self) -> str:
        """The language the words are in: the person's own, or English where it has none."""
        return self.program.texts.spoken(self.language)

    def say(self, key: str, /, **values: str | int) -> str:
        """Give words in the person's language."""
        return self.program.say(self.language, key, **values)

    def value(self, question: str, option: str) -> str:
        """Give what a button of this walk carries."""
        return f"a:{PREFIX.get(self.dialogue.kind, '')}{question}:{option}"

    def picks(self, question: str) -> tuple[str, ...]:
        """Give what is ticked so far in a question that takes several answers."""
        return listed(self.dialogue.answers.get(f"~{question}"))

    def moved(self, **changes: object) -> "Walk":
        """Give the walk with its dialogue changed."""
        dialogue = replace(self.dialogue, **changes)  # type: ignore[arg-type]  # names of Dialogue's fields
        return Walk(self.event, self.turn, self.program, dialogue, self.saves)

    def with_answers(self, answers: Answers) -> "Walk":
        """Give the walk with other answers."""
        return self.moved(answers=dict(answers))

    def saving(self, *records: Record) -> "Walk":
        """Give the walk with more to save."""
        return Walk(self.event, self.turn, self.program, self.dialogue, (*self.saves, *records))


def was_away(walk: Walk) -> bool:
    """Tell whether the person left the walk alone for long, or said "later".

    What counts is when they wrote, not when it was read. A report is left alone sooner: what comes then may
    be for somebody else.
    """
    touched = walk.dialogue.touched_at
    long = JUST_ASKED if walk.dialogue.kind in REPORTS else AWAY
    since_long = touched is not None and min(walk.event.at, walk.turn.now) - touched >= long
    return since_long or bool(walk.dialogue.answers.get(LATER))


def walk_of(event: Exchange, turn: Turn, program: Program) -> Walk | None:
    """Give the walk the person is in; None when nothing is asked, or what was asked is asked no more."""
    if turn.dialogue is None:
        return None
    walk = Walk(event, turn, program, turn.dialogue)
    if not walk.questions:
        return None
    if walk.question or turn.dialogue.at == SUMMARY:
        return walk
    first = next(
        (question.id for question in walk.questions if question.id not in turn.dialogue.answers), SUMMARY
    )
    return walk.moved(at=first)


def answered(walk: Walk, message: Message, *, chosen: str = "", saves: tuple[Record, ...] = ()) -> Outcome:
    """Save where the walk stands and reply with `message`; a tapped button shows what was `chosen`."""
    dialogue = asking(walk)
    return Outcome((*walk.saves, *saves, dialogue), replied(walk.event, message, chosen=chosen))


def asking(walk: Walk) -> Dialogue:
    """Give the dialogue after this was heard: what was written before it answers no question any more.

    A question that is put again was put when it was put first: who saw that one may answer it.
    """
    before = walk.turn.dialogue
    dialogue = with_report(walk.dialogue, before)
    again = before is not None and _place(before) == _place(dialogue)
    asked = (before.asked if before and again else "") or reply_key(walk.event)
    order = max(dialogue.heard, walk.event.order)
    return replace(dialogue, touched_at=walk.turn.now, heard=order, asked=asked)


def _place(dialogue: Dialogue) -> tuple[str, str, str]:
    return dialogue.kind, dialogue.about, dialogue.at


def replied(event: Exchange, message: Message, *, chosen: str = "") -> tuple[Delivery, ...]:
    """Give the one reply, and before it the settling of the buttons that were tapped."""
    if isinstance(event, Tapped) and event.ref:
        return (settle(event, event.ref, escape(chosen)), reply(event, message))
    return (reply(event, message),)


def closed(walk: Walk, message: Message, *, chosen: str = "", outcome: Outcome | None = None) -> Outcome:
    """End the walk with `message`; what lay under it waits again, and the message says so."""
    under = below(walk.dialogue, walk.turn)
    before = (outcome or Outcome()) + Outcome(walk.saves)
    if under is None:
        gone = Outcome(drops=(walk.dialogue,) if walk.turn.dialogue else ())
        return before + gone + Outcome(deliveries=replied(walk.event, message, chosen=chosen))
    message = going_on(message, under, walk.turn, walk.program)
    under = replace(under, heard=max(under.heard, walk.event.order))
    return before + Outcome((under,), replied(walk.event, message, chosen=chosen))
