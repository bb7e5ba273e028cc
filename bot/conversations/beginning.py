"""Begins a small walk: its first question is the reply to the command."""

from collections.abc import Mapping

from bot.conversations.calls import Call
from bot.conversations.interrupted import started
from bot.conversations.show import ask
from bot.conversations.stand import Walk, answered
from bot.outcome import Outcome


def begin(
    call: Call, kind: str, *, about: str = "", note: str = "", answers: Mapping[str, object] | None = None
) -> Outcome:
    """Ask the first question of a walk; what was asked before waits under it."""
    dialogue = started(call.turn, kind, about=about, answers=answers)
    walk = Walk(call.event, call.turn, call.program, dialogue)
    first = walk.questions[0]
    walk = walk.moved(at=first.id)
    return answered(walk, ask(walk, first, note=note))
