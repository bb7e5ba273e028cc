"""What happens with forms: offered, opened, a page sent in, closed. Each answer is kept as in a conversation.

A page that was sent in is saved at once into the walk, so the conversation can go on where the form
stopped, and the other way round. Everything gets exactly one reply: a page, or a message. What follows a
page that was sent in is no delivery: the platform wants it as its answer (`next_form`).
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversations import kinds
from bot.conversations.forms import is_last, next_page, page_form, pages_of
from bot.conversations.forms_reading import Given, Page, read_page
from bot.conversations.interrupted import UNDER, below
from bot.conversations.stand import LATER, SUMMARY, Walk
from bot.conversations.tables import LONG
from bot.deliveries import choices, reply
from bot.events import Dismissed, Exchange, Filled, Tapped
from bot.forms import Field, FieldKind, Form
from bot.messages import Message, OpenForm
from bot.outcome import NOTHING, Outcome
from bot.snapshots import Turn
from bot.texts import Program
from bot.texts.reading.places import zones_of


#: Behind a command: its questions are to be shown in a form.
FORM = "form"
#: The command that begins the walk of each form.
_COMMANDS: Mapping[str, str] = {"application": "apply", "survey-mid": "survey", "survey-end": "survey"}


def opened(walk: Walk, page: int = -1) -> Outcome:
    """Open the form at a page, or at the first that is not filled in; the walk stands there."""
    walk = _standing(walk)
    at = next_page(walk) if page < 0 else page
    return _kept(walk) + _shown(walk.event, walk, page_form(walk, at))


def turned(event: Tapped, turn: Turn, program: Program, rest: str) -> Outcome:
    """Show a page whose button was tapped ("f:<form>:<page>")."""
    form, _, page = rest.partition(":")
    walk = waiting_for(event, turn, program, form)
    if walk is None:
        return _gone(event, turn, program)
    return opened(walk, int(page) if page.isdecimal() and page.isascii() else -1)


def filled(event: Filled, turn: Turn, program: Program) -> Outcome:
    """Keep a page that was sent in; send what is complete. `next_form` is what the form shows then."""
    walk = waiting_for(event, turn, program, event.form)
    if walk is None:
        return _gone(event, turn, program) if ends(event, turn, program) else NOTHING
    walk = _back(walk)
    if event.page < len(pages_of(walk.questions)):
        given = Given(program, walk.language, turn.now.date(), walk.questions, event.values, _country(walk))
        walk = _standing(_taken(walk, read_page(given)))
    complete = next_page(walk) == len(pages_of(walk.questions))
    if complete and ends(event, turn, program):
        return kinds.of(walk).finish(walk, "")
    return _kept(walk)


def next_form(event: Filled, turn: Turn, program: Program) -> Form | None:
    """Give what takes the place of a page that was sent in, from what is kept now; None: the form closes.

    To ask twice gives the same, so a page whose answer was lost can be sent in again.
    """
    walk = waiting_for(event, turn, program, event.form)
    if walk is None:
        return None if ends(event, turn, program) else _closed_form(event.form, turn, program)
    page = next_page(walk)
    note = walk.say("forms.unclear") if page == event.page else ""
    return page_form(walk, page, note=note)


def ends(event: Filled, turn: Turn, program: Program) -> bool:
    """Tell whether the page that was sent in is the last of its form, or of none that we know."""
    if event.form not in LONG:
        return True
    return is_last(event.form, event.page, program.questions(event.form, turn.person.language))


def dismissed(event: Dismissed, turn: Turn, program: Program) -> Outcome:
    """Say that what was sent in is kept, and how to go on."""
    walk = waiting_for(event, turn, program, event.form)
    if walk is None:
        return NOTHING
    word = "profile" if walk.dialogue.about == "profile" else _COMMANDS[event.form]
    buttons = choices(
        (walk.say("forms.button.go-on"), f"cmd:{word} {FORM}"),
        (walk.say("forms.button.here"), "cmd:continue"),
    )
    return Outcome(deliveries=(reply(event, Message(walk.say("forms.closed"), buttons)),))


def waiting_for(event: Exchange, turn: Turn, program: Program, form: str) -> Walk | None:
    """Give the walk that a form is of, whether it waits itself or lies under a small one."""
    dialogue = turn.dialogue
    if dialogue and dialogue.kind != form:
        dialogue = below(dialogue, turn) if UNDER in dialogue.answers else None
    if dialogue is None or dialogue.kind != form or form not in LONG:
        return None
    return Walk(event, turn, program, dialogue)


def _shown(event: Exchange, walk: Walk, form: Form) -> Outcome:
    """Show a page: in the form that is open, in a new one, or after a tap on a button that can open it."""
    if isinstance(event, Tapped) and event.view:
        # A form that is gone by now was closed: `dismissed` has said how to go on.
        return Outcome(deliveries=(reply(event, OpenForm(form, view=event.view)),))
    word = "profile" if walk.dialogue.about == "profile" else _COMMANDS[walk.dialogue.kind]
    button = choices((walk.say("forms.button.open"), f"cmd:{word} {FORM}"))
    if not event.trigger:
        return Outcome(deliveries=(reply(event, Message(walk.say("forms.ready"), button)),))
    body = OpenForm(form, trigger=event.trigger, late=Message(walk.say("forms.late"), button))
    return Outcome(deliveries=(reply(event, body),))


def _gone(event: Filled | Tapped, turn: Turn, program: Program) -> Outcome:
    """Say that the questions are closed: in the form itself, where a button in it was tapped."""
    words = Message(program.say(turn.person.language, "forms.gone"))
    if isinstance(event, Filled) or not event.view:
        return Outcome(deliveries=(reply(event, words),))
    body = OpenForm(_closed_form("", turn, program), view=event.view, late=words)
    return Outcome(deliveries=(reply(event, body),))


def _closed_form(form: str, turn: Turn, program: Program) -> Form:
    language = turn.person.language
    return Form(
        form,
        program.say(language, "forms.title.answer"),
        (Field("", FieldKind.NOTE, program.say(language, "forms.gone")),),
        close=program.say(language, "forms.button.close"),
        language=language,
    )


def _taken(walk: Walk, page: Page) -> Walk:
    """Give the walk with the answers of a page, each saved as if it had been given by itself."""
    for question in walk.questions:
        if question.id not in page.values:
            continue
        value = page.values[question.id]
        ticks = (f"~{question.id}",)
        answers = {name: one for name, one in walk.dialogue.answers.items() if name not in ticks}
        answers[question.id] = value
        if question.kind == "country" and answers.get("zone") not in zones_of(str(value)):
            answers.pop("zone", None)
        trail = (*(one for one in walk.dialogue.trail if one != question.id), question.id)
        walk = walk.moved(answers=answers, trail=trail)
        walk = walk.saving(*kinds.of(walk).given(walk, question))
    return walk


def _standing(walk: Walk) -> Walk:
    """Give the walk standing at its first open question, where a conversation would go on."""
    given = walk.dialogue.answers
    at = next((one.id for one in walk.questions if one.id not in given), SUMMARY)
    return walk.moved(at=at, editing=False)


def _back(walk: Walk) -> Walk:
    """Give the walk without the mark that it was left for later."""
    kept = {name: value for name, value in walk.dialogue.answers.items() if name != LATER}
    return walk.with_answers(kept)


def _kept(walk: Walk) -> Outcome:
    """Save the walk as left for later: what is written in the chat now answers no question that it asked."""
    answers = {**walk.dialogue.answers, LATER: True}
    return Outcome((*walk.saves, replace(walk.dialogue, answers=answers, touched_at=walk.turn.now)))


def _country(walk: Walk) -> str:
    return str(walk.dialogue.answers.get("country") or "")
