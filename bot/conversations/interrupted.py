"""A long walk that a small one interrupts: it lies under it, waits, and goes on afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.answers import listed
from bot.conversations.tables import LONG, MORE, REPORTS, questions_of
from bot.messages import Choice, Message
from bot.model import Answers, Dialogue
from bot.snapshots import Turn
from bot.texts import Program


#: What was asked so lately is what words answer: in a relay, where they are for the partner otherwise, and
#: in a report.
JUST_ASKED = timedelta(hours=1)
#: Who comes back after so long is welcomed and asked again, before anything is taken for an answer.
AWAY = timedelta(days=1)
#: Where the walk below is kept among the answers of the one above.
UNDER = "~under"
#: Walks that wait while another comes between: the long ones, and a report, which must not be lost unsaid.
HELD = LONG | REPORTS
_KEPT = ("kind", "at", "about", "asked")


def waiting(turn: Turn) -> Dialogue | None:
    """Give the dialogue that still waits for an answer.

    A small one expires: a "yes" next week must not delete anything. What lay under it waits again. A report
    does not: its words, however late they come, are for no partner.
    """
    dialogue = turn.dialogue
    touched = dialogue.touched_at if dialogue else None
    if touched is not None and turn.now - touched < AWAY:
        return dialogue
    while dialogue is not None and dialogue.kind not in HELD:
        under = below(dialogue, turn)
        dialogue = replace(under, touched_at=touched) if under else None
    return dialogue


def started(turn: Turn, kind: str, *, about: str = "", answers: Answers | None = None) -> Dialogue:
    """Give a new dialogue, with the long one it interrupts lying under it."""
    under = parked(turn.dialogue, kind)
    given = {**(answers or {}), **({UNDER: under} if under else {})}
    heard = turn.dialogue.heard if turn.dialogue else 0.0
    return Dialogue(turn.person.id, kind, "", given, about=about, touched_at=turn.now, heard=heard)


def parked(dialogue: Dialogue | None, kind: str) -> dict[str, object] | None:
    """Give what is kept of the dialogue that a walk of `kind` interrupts; None when nothing is worth it."""
    if dialogue is None:
        return None
    alike = REPORTS if kind in REPORTS else {kind}
    under = dialogue.answers.get(UNDER)
    if dialogue.kind not in HELD or (dialogue.kind in alike and kind not in LONG):
        return dict(under) if isinstance(under, Mapping) and under.get("kind") not in alike else None
    if dialogue.kind == kind:
        return None
    nested = dialogue.kind not in LONG or reported(under)
    touched = dialogue.touched_at
    return {
        **{name: getattr(dialogue, name) for name in _KEPT},
        **({"touched": touched.isoformat()} if touched and dialogue.kind in REPORTS else {}),
        "answers": {name: value for name, value in dialogue.answers.items() if nested or name != UNDER},
        "trail": list(dialogue.trail),
        "editing": dialogue.editing,
        "reminded": dialogue.reminded,
    }


def below(dialogue: Dialogue, turn: Turn) -> Dialogue | None:
    """Give the long dialogue that lies under this one."""
    kept = dialogue.answers.get(UNDER)
    if not isinstance(kept, Mapping):
        return None
    answers, touched = kept.get("answers"), kept.get("touched")
    return Dialogue(
        dialogue.person,
        str(kept.get("kind", "")),
        str(kept.get("at", "")),
        answers=dict(answers) if isinstance(answers, Mapping) else {},
        trail=listed(kept.get("trail")),
        editing=bool(kept.get("editing")),
        about=str(kept.get("about", "")),
        # A report remembers when it was asked: what is written long after may be for somebody else.
        touched_at=datetime.fromisoformat(touched) if isinstance(touched, str) else turn.now,
        reminded=bool(kept.get("reminded")),
        heard=dialogue.heard,
        asked=str(kept.get("asked", "")),
    )


def reported(kept: object) -> bool:
    """Tell whether a report is what is kept, or lies under it."""
    if not isinstance(kept, Mapping):
        return False
    answers = kept.get("answers")
    return kept.get("kind") in REPORTS or (isinstance(answers, Mapping) and reported(answers.get(UNDER)))


def with_report(dialogue: Dialogue, before: Dialogue | None) -> Dialogue:
    """Give the dialogue with the report under it that waited before, where it was gone past."""
    if before is None or before.kind not in REPORTS or dialogue.kind in REPORTS:
        return dialogue
    if reported(dialogue.answers.get(UNDER)):
        return dialogue
    alone = {name: value for name, value in before.answers.items() if name != UNDER}
    kept = parked(replace(before, answers=alone), dialogue.kind)
    return replace(dialogue, answers={**dialogue.answers, UNDER: kept})


def without_report(dialogue: Dialogue) -> Dialogue:
    """Give the dialogue without the report that lies under it, but with what lies under that."""
    under = _without_report(dialogue.answers.get(UNDER))
    given = {name: value for name, value in dialogue.answers.items() if name != UNDER}
    return replace(dialogue, answers={**given, **({UNDER: under} if under else {})})


def _without_report(kept: object) -> object:
    if not isinstance(kept, Mapping):
        return None
    answers = kept.get("answers")
    given = dict(answers) if isinstance(answers, Mapping) else {}
    under = _without_report(given.pop(UNDER, None))
    if kept.get("kind") in REPORTS:
        return under
    return {**kept, "answers": {**given, **({UNDER: under} if under else {})}}


def going_on(message: Message, dialogue: Dialogue, turn: Turn, program: Program) -> Message:
    """Add to another answer how the walk that waits goes on."""
    if dialogue.kind == MORE:
        return _with_words(message, program.say(turn.person.language, "commands.report.waits"), turn, program)
    table = questions_of(dialogue.kind, turn, program)
    label = next((question.label for question in table if question.id == dialogue.at), "")
    language = turn.person.language
    words = program.say(language, "application.waits", label=label) if label else ""
    words = words or program.say(language, "application.waits-summary")
    return _with_words(message, words, turn, program)


def _with_words(message: Message, words: str, turn: Turn, program: Program) -> Message:
    button = Choice(program.say(turn.person.language, "application.button.go-on"), "cmd:continue")
    return replace(message, text=f"{message.text}\n\n{words}", rows=(*message.rows[:7], (button,)))
