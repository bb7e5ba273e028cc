"""Where a conversation stands: the walk of one dialogue through its table of questions, begun, shown, closed.

A small walk (a report, a confirmation) may begin in the middle of a long one: the long one lies under
it and goes on afterwards. Keys of answers that begin with "~" are the walk's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType

from bot.answers import listed
from bot.deliveries import reply, settle
from bot.events import Said, Tapped
from bot.messages import Choice, Delivery, Message
from bot.model import Answers, Dialogue, Record
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Option, Program, Question
from bot.texts.names import language_name, own_name


SUMMARY = "summary"
APPLICATION = "application"
#: The walks that are worth to be gone on with after another came between.
LONG = frozenset({APPLICATION, "survey-mid", "survey-end"})
#: What the small walks ask, by their kind: questions of the table "asides".
ASIDES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "withdraw": ("withdraw",),
        "forget": ("forget",),
        "block": ("block-who", "block"),
        "report": ("report-kind", "report-text"),
        "away": ("away",),
        "language": ("language",),
    }
)
#: What stands before a question's id in the buttons of a survey, so that one is not taken for the other.
PREFIX: Mapping[str, str] = MappingProxyType({"survey-mid": "mid.", "survey-end": "end."})
#: Who comes back after so long is welcomed and asked again, before anything is taken for an answer.
AWAY = timedelta(days=1)
UNDER = "~under"
LATER = "~later"
_KEPT = ("kind", "at", "about")


@dataclass(frozen=True)
class Walk:
    """One exchange in the middle of a walk: what came in, where the walk stands, the questions it walks."""

    event: Said | Tapped
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


def waiting(turn: Turn) -> Dialogue | None:
    """Give the dialogue that still waits for an answer.

    A small one expires: a "yes" next week must not delete anything. What lay under it waits again.
    """
    dialogue = turn.dialogue
    if dialogue is None or dialogue.kind in LONG:
        return dialogue
    if dialogue.touched_at is not None and turn.now - dialogue.touched_at < AWAY:
        return dialogue
    under = below(dialogue, turn)
    return replace(under, touched_at=dialogue.touched_at) if under else None


def walk_of(event: Said | Tapped, turn: Turn, program: Program) -> Walk | None:
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


def questions_of(kind: str, turn: Turn, program: Program) -> tuple[Question, ...]:
    """Give the questions of a walk of this kind; () for a kind that is not walked any more."""
    language = turn.person.language
    if kind in LONG:
        return program.questions(kind, language)
    wanted = ASIDES.get(kind, ())
    table = program.questions("asides", language)
    found = tuple(question for question in table if question.id in wanted)
    return tuple(_filled(question, turn, program) for question in found if _applies(question, turn))


def answered(walk: Walk, message: Message, *, chosen: str = "", saves: tuple[Record, ...] = ()) -> Outcome:
    """Save where the walk stands and reply with `message`; a tapped button shows what was `chosen`."""
    dialogue = replace(walk.dialogue, touched_at=walk.turn.now)
    return Outcome((*walk.saves, *saves, dialogue), replied(walk.event, message, chosen=chosen))


def replied(event: Said | Tapped, message: Message, *, chosen: str = "") -> tuple[Delivery, ...]:
    """Give the one reply, and before it the settling of the buttons that were tapped."""
    if isinstance(event, Tapped) and event.ref:
        return (settle(event, event.ref, chosen), reply(event, message))
    return (reply(event, message),)


def started(turn: Turn, kind: str, *, about: str = "", answers: Answers | None = None) -> Dialogue:
    """Give a new dialogue, with the long one it interrupts lying under it."""
    under = parked(turn.dialogue, kind)
    given = {**(answers or {}), **({UNDER: under} if under else {})}
    return Dialogue(turn.person.id, kind, "", given, about=about, touched_at=turn.now)


def parked(dialogue: Dialogue | None, kind: str) -> dict[str, object] | None:
    """Give what is kept of the dialogue that a walk of `kind` interrupts; None when nothing is worth it."""
    if dialogue is None:
        return None
    if dialogue.kind not in LONG:
        below = dialogue.answers.get(UNDER)
        return dict(below) if isinstance(below, Mapping) and below.get("kind") != kind else None
    if dialogue.kind == kind:
        return None
    return {
        **{name: getattr(dialogue, name) for name in _KEPT},
        "answers": {name: value for name, value in dialogue.answers.items() if name != UNDER},
        "trail": list(dialogue.trail),
        "editing": dialogue.editing,
        "reminded": dialogue.reminded,
    }


def closed(walk: Walk, message: Message, *, chosen: str = "", outcome: Outcome | None = None) -> Outcome:
    """End the walk with `message`; what lay under it waits again, and the message says so."""
    under = below(walk.dialogue, walk.turn)
    before = (outcome or Outcome()) + Outcome(walk.saves)
    if under is None:
        gone = Outcome(drops=(walk.dialogue,) if walk.turn.dialogue else ())
        return before + gone + Outcome(deliveries=replied(walk.event, message, chosen=chosen))
    message = going_on(message, under, walk.turn, walk.program)
    return before + Outcome((under,), replied(walk.event, message, chosen=chosen))


def below(dialogue: Dialogue, turn: Turn) -> Dialogue | None:
    """Give the long dialogue that lies under this one."""
    kept = dialogue.answers.get(UNDER)
    if not isinstance(kept, Mapping):
        return None
    answers = kept.get("answers")
    return Dialogue(
        dialogue.person,
        str(kept.get("kind", "")),
        str(kept.get("at", "")),
        answers=dict(answers) if isinstance(answers, Mapping) else {},
        trail=listed(kept.get("trail")),
        editing=bool(kept.get("editing")),
        about=str(kept.get("about", "")),
        touched_at=turn.now,
        reminded=bool(kept.get("reminded")),
    )


def going_on(message: Message, dialogue: Dialogue, turn: Turn, program: Program) -> Message:
    """Add to another answer how the walk that waits goes on."""
    table = questions_of(dialogue.kind, turn, program)
    label = next((question.label for question in table if question.id == dialogue.at), "")
    language = turn.person.language
    words = program.say(language, "application.waits", label=label) if label else ""
    words = words or program.say(language, "application.waits-summary")
    button = Choice(program.say(language, "application.button.go-on"), "cmd:continue")
    return replace(message, text=f"{message.text}\n\n{words}", rows=(*message.rows[:7], (button,)))


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
