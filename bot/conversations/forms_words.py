"""The two words of the choice between form and chat: they do what its buttons do, whatever is asked."""

from dataclasses import replace

from bot.conversations.applying import PROFILE, apply, go_on, profile
from bot.conversations.calls import Call
from bot.conversations.forms_filling import FORM
from bot.conversations.forms_offering import HERE, survey
from bot.conversations.tables import APPLICATION, LONG
from bot.outcome import Outcome


def form(call: Call) -> Outcome:
    """Show what is asked in a form; where nothing is, the application."""
    dialogue, wanted = call.turn.dialogue, replace(call, args=FORM)
    if dialogue and dialogue.kind in LONG - {APPLICATION}:
        return survey(wanted)
    if dialogue and dialogue.about == PROFILE:
        return profile(wanted)
    return apply(wanted)


def chat(call: Call) -> Outcome:
    """Ask in the chat what is asked; where nothing is, the application."""
    dialogue = call.turn.dialogue
    return go_on(call) if dialogue and dialogue.kind in LONG else apply(replace(call, args=HERE))
