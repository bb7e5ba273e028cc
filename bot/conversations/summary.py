"""The end of a walk: every answer on one screen, each to be changed, nothing sent unasked."""

from bot.conversations.fields import named_in
from bot.conversations.show import clipped
from bot.conversations.stand import SUMMARY, Walk
from bot.messages import Choice, Message
from bot.texts import Question
from bot.texts.reading.answers import Understood
from bot.texts.reading.choice import read_choice
from bot.wording import in_words


#: Answers to change on one page: two to a row, with the rows to turn and to go back never more than eight.
ON_PAGE = 12
_LONGEST = 300


def summary(walk: Walk, *, note: str = "") -> Message:
    """Give all answers with what can be done with them."""
    told = walk.dialogue.answers.get("~told") or "check"
    head = walk.say(f"application.summary.{told}")
    lines = "\n".join(_line(walk, question) for question in walk.questions)
    foot = walk.say("application.summary.foot")
    text = "\n\n".join(part for part in (note, head, lines, foot) if part)
    return Message(text, rows(walk))


def rows(walk: Walk) -> tuple[tuple[Choice, ...], ...]:
    """Give the buttons of the summary."""
    return (
        (_button(walk, "send"),),
        (_button(walk, "change"), _button(walk, "later"), _button(walk, "cancel")),
    )


def changes(walk: Walk, *, page: int = 0) -> Message:
    """Ask which answer is to be changed."""
    offered = changeable(walk)
    shown = offered[page * ON_PAGE : (page + 1) * ON_PAGE] or offered[:ON_PAGE]
    buttons = [Choice(clipped(one.label, 30), walk.value(SUMMARY, one.id)) for one in shown]
    listed = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    pages = -(-len(offered) // ON_PAGE)
    turning = _turning(walk, (page + 1) % pages, pages) if pages > 1 else ()
    return Message(walk.say("application.summary.which"), (*listed, (*turning, _button(walk, "again"))))


def changeable(walk: Walk) -> tuple[Question, ...]:
    """Give the questions whose answers can be changed: a consent is given or not."""
    return tuple(question for question in walk.questions if question.kind != "consent")


def named(walk: Walk, text: str) -> str:
    """Give the id of the answer the text wants to change ("change my country"); "" when none is named."""
    found = named_in(text, changeable(walk))
    if len(found) == 1:
        return found[0]
    read = read_choice(text, {one.id: (one.label,) for one in changeable(walk)})
    return str(read.value) if isinstance(read, Understood) else ""


def _line(walk: Walk, question: Question) -> str:
    words = in_words(question, walk.dialogue.answers.get(question.id), walk.language, walk.program)
    return walk.say("application.summary.line", label=question.label, value=clipped(words, _LONGEST) or "–")


def _button(walk: Walk, name: str) -> Choice:
    return Choice(walk.say(f"application.button.{name}"), walk.value(SUMMARY, f"~{name}"))


def _turning(walk: Walk, page: int, pages: int) -> tuple[Choice, ...]:
    label = walk.say("application.button.more", page=page + 1, pages=pages)
    return (Choice(label, walk.value(SUMMARY, f"~change{page}")),)
