"""Runs a command, also in the middle of a question: then its answer says how the question goes on."""

from dataclasses import replace

from bot.conversations.calls import Call
from bot.conversations.helping import lost
from bot.conversations.interrupted import going_on
from bot.conversations.words import COMMANDS, DIRECTORS, likely, plain_command
from bot.events import Tapped
from bot.messages import Choice, Delivery, Message
from bot.model import Dialogue
from bot.outcome import Outcome


def run(call: Call, typed: str) -> Outcome:
    """Run a command; a word that is none gets the nearest one, or a kind sentence."""
    word, _, args = typed.partition(" ")
    command = COMMANDS.get(word) or COMMANDS.get(plain_command(word, call.language, call.program))
    if command:
        given = Call(call.event, call.turn, call.program, args.strip())
        return _settled(in_between(command(given), call), call)
    if word in DIRECTORS:
        return _settled(in_between(lost(call, "directors-only"), call), call)
    near = likely(word)
    if not near:
        return in_between(lost(call, "no-command", word=word[:30]), call)
    text = call.say("commands.nearest", word=word[:30], near=near)
    row = ((Choice(f"/{near}", f"cmd:{near}"),), *call.row("help"))
    return in_between(call.answer(text, row), call)


def _settled(outcome: Outcome, call: Call) -> Outcome:
    """Leave the buttons of a command where they are: it can be asked again."""
    deliveries = tuple(one for one in outcome.deliveries if not one.key.startswith("settle/"))
    return replace(outcome, deliveries=deliveries) if isinstance(call.event, Tapped) else outcome


def in_between(outcome: Outcome, call: Call) -> Outcome:
    """Add to a command's answer how the walk goes on that it came into the middle of."""
    dialogue = call.turn.dialogue
    touched = any(isinstance(one, Dialogue) for one in (*outcome.saves, *outcome.drops)) or outcome.erasures
    if dialogue is None or touched:
        return outcome
    return replace(outcome, deliveries=tuple(_with_way_on(one, dialogue, call) for one in outcome.deliveries))


def _with_way_on(delivery: Delivery, dialogue: Dialogue, call: Call) -> Delivery:
    if not isinstance(delivery.body, Message) or not delivery.key.startswith("reply/"):
        return delivery
    return replace(delivery, body=going_on(delivery.body, dialogue, call.turn, call.program))
