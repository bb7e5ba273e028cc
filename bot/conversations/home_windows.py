"""Answers to what is tapped on one's own page: in a window over it, for the chat is on another tab.

What is answered in words, or has a file, stays in the chat; then the window says so.
"""

from dataclasses import replace
from itertools import chain

from bot.deliveries import reply
from bot.events import Tapped
from bot.forms import Field, FieldKind, Form, able
from bot.messages import Delivery, Message, OpenForm
from bot.model import Dialogue
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program


def in_window(event: Tapped, turn: Turn, outcome: Outcome, program: Program) -> Outcome:
    """Show the answer in a window where the tap was on the person's own page, or in a window over it."""
    if not able(turn.person.platform).forms or not (event.view or (event.at_home and event.trigger)):
        return outcome
    at = next((at for at, one in enumerate(outcome.deliveries) if _is_reply(one)), None)
    if at is None:
        return outcome
    answer = outcome.deliveries[at]
    assert isinstance(answer.body, Message)
    if not _fits(answer.body, outcome):
        note = Message(program.say(turn.person.language, "forms.answered"))
        shown = reply(event, _window(event, turn, note, program, late=None), part=1)
        return outcome + Outcome(deliveries=(shown,))
    window = _window(event, turn, answer.body, program, late=answer.body)
    before, behind = outcome.deliveries[:at], outcome.deliveries[at + 1 :]
    return replace(outcome, deliveries=(*before, replace(answer, body=window), *behind))


def _is_reply(delivery: Delivery) -> bool:
    return delivery.key.startswith("reply/") and isinstance(delivery.body, Message)


def _fits(answer: Message, outcome: Outcome) -> bool:
    """Tell whether an answer is whole in a window: it asks no question, has no file and no link."""
    asks = any(isinstance(record, Dialogue) for record in outcome.saves)
    links = any(choice.url for choice in chain.from_iterable(answer.rows))
    return not (asks or links or answer.attachment or outcome.erasures)


def _window(event: Tapped, turn: Turn, said: Message, program: Program, *, late: Message | None) -> OpenForm:
    language = turn.person.language
    form = Form(
        "",
        program.say(language, "forms.title.answer"),
        (Field("", FieldKind.NOTE, said.text),),
        close=program.say(language, "forms.button.close"),
        buttons=tuple((choice.label, choice.value) for choice in chain.from_iterable(said.rows)),
        language=language,
    )
    trigger = "" if event.view else event.trigger
    return OpenForm(form, trigger=trigger, view=event.view, late=late)
