"""The choice between a form and the conversation, offered only where the platform has forms.

Every button of it is a command that can be typed: "apply form", "apply here", "profile form", "survey form".
"""

from dataclasses import replace

from bot.conversations import surveys
from bot.conversations.calls import Call, Rows
from bot.conversations.forms_filling import FORM, opened
from bot.conversations.stand import Walk
from bot.deliveries import choices
from bot.forms import able
from bot.messages import Choice, Message
from bot.model import Dialogue
from bot.outcome import NOTHING, Outcome


#: Behind a command, as `FORM`: the questions are to be asked in the chat.
HERE = "here"


def has_forms(call: Call) -> bool:
    """Tell whether the person's platform has forms."""
    return able(call.turn.person.platform).forms


def to_offer(call: Call) -> bool:
    """Tell whether the person is to choose between form and conversation, and has not."""
    return has_forms(call) and call.args.lower() not in (FORM, HERE)


def by_form(call: Call) -> bool:
    """Tell whether the person chose the form."""
    return has_forms(call) and call.args.lower() == FORM


def offer(call: Call, *, note: str = "", begun: Walk | None = None) -> Outcome:
    """Let the person choose: a form, or the conversation; `begun` is what waits already."""
    words = call.say("forms.go-on" if begun else "forms.offer")
    text = "\n\n".join(part for part in (note, words) if part)
    asked = call.answer(text, choice_rows(call, begun=begun is not None))
    return (
        Outcome((*begun.saves, replace(begun.dialogue, touched_at=call.turn.now))) if begun else NOTHING
    ) + asked


def choice_rows(call: Call, *, begun: bool = False) -> Rows:
    """Give the two buttons: form and conversation."""
    form = call.say("forms.button.go-on" if begun else "forms.button.form")
    here = call.say("forms.button.here")
    return choices((form, f"cmd:apply {FORM}"), (here, f"cmd:apply {HERE}"))


def all_in_one(call: Call, outcome: Outcome, word: str) -> Outcome:
    """Add to a question the button that shows all of them in a form, where the platform has forms."""
    if not has_forms(call):
        return outcome
    name = "edit" if word == "profile" else "all"
    row = (Choice(call.say(f"forms.button.{name}"), f"cmd:{word} {FORM}"),)
    return replace(
        outcome,
        deliveries=tuple(
            replace(one, body=replace(one.body, rows=(*one.body.rows, row)))
            if isinstance(one.body, Message) and one.key.startswith("reply/")
            else one
            for one in outcome.deliveries
        ),
    )


def survey(call: Call) -> Outcome:
    """Ask the survey of this part of the round: question by question, or all of it in a form."""
    outcome = surveys.survey(call)
    asked = next((record for record in outcome.saves if isinstance(record, Dialogue)), None)
    if asked is None or not has_forms(call):
        return outcome
    if by_form(call):
        return opened(Walk(call.event, call.turn, call.program, asked))
    return all_in_one(call, outcome, "survey")
