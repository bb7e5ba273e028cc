"""The one walker of questions: what an answer, a tap or a steering word does to where a walk stands.

Every call gives exactly one reply. What is not understood or does not apply any more changes nothing.
"""

from bot.conversations import kinds, summary
from bot.conversations.moving import (
    accept,
    back_here,
    finish_picks,
    leave,
    onward,
    resume,
    stand_at,
    start,
    steered,
    with_picks,
)
from bot.conversations.readers import reader_of
from bot.conversations.show import (
    ask,
    ask_again,
    ask_on,
    asked,
    clipped,
    option_label,
    page_of,
    pick_label,
    shorthand,
)
from bot.conversations.stand import Walk, answered, was_away
from bot.conversations.steering import steer_of
from bot.events import Said
from bot.outcome import Outcome
from bot.texts import Question
from bot.texts.reading.answers import Unclear, Understood
from bot.texts.reading.yes_no import read_yes_no


__all__ = ["OPEN_KINDS", "answers", "hear", "resume", "start", "takes_anything", "tap", "was_away"]
#: Any words would do as an answer here, so a "hello" must not become one.
OPEN_KINDS = frozenset({"line", "text"})
#: What a "yes" says to these must be read first.
UNSEEN = frozenset({"consent", "yes-no"})
#: Steering words that need no question to have been seen.
LEAVING = frozenset({"later", "cancel", "throw"})


def hear(walk: Walk, event: Said) -> Outcome:
    """Take words as the answer, or as a steering word."""
    own = kinds.of(walk).hear
    if own:
        return own(walk, event)
    text = event.text.strip()
    if came_late(walk, event):
        return resume(walk, note=walk.say("application.came-late"))
    if came_before(walk, event):
        return resume(walk, note=walk.say("application.came-before"))
    if not text:
        return resume(walk, note=walk.say("application.only-words"))
    steer = steer_of(text, walk.language, walk.program)
    away = was_away(walk)
    if away and (steer or not walk.question or takes_anything(walk.question)):
        return resume(walk, note=walk.say("application.welcome-back"))
    walk = kinds.of(walk).before(back_here(walk), text)
    if walk.question is None:
        return _at_summary(walk, steer or _wanted(walk, text))
    if steer and _steers(walk, walk.question, steer):
        return steered(walk, walk.question, steer)
    return _read(walk, walk.question, text, away=away)


def came_late(walk: Walk, event: Said) -> bool:
    """Tell whether words were written before what was heard last: they were for an older question.

    Slack brings again what was not acknowledged after one and after five minutes (its Events API), and what
    was written in a longer outage is read when it is over.
    """
    return 0 < event.order < walk.dialogue.heard


def came_before(walk: Walk, event: Said) -> bool:
    """Tell whether words were written before the question could be seen, and so are no answer to it.

    Whoever waits for a bot that is away writes "yes" or "forget" again, and both are read when it is back:
    that is no name and no second consent, sends nothing in and deletes nothing. But who writes their country
    and their city in two lines at once is understood, and words that leave the walk are taken whenever they
    come.
    """
    if not 0 < event.order < walk.turn.put:
        return False
    question = walk.question
    steer = steer_of(event.text.strip(), walk.language, walk.program)
    if steer and (question is None or _steers(walk, question, steer)):
        return steer not in LEAVING
    return question is None or question.kind in UNSEEN or takes_anything(question)


def answers(walk: Walk, event: Said) -> bool:
    """Tell whether words do something here: they steer, or are understood as the answer."""
    text, question = event.text.strip(), walk.question
    if kinds.of(walk).hear:
        return True
    if came_late(walk, event) or came_before(walk, event):
        return False
    if steer_of(text, walk.language, walk.program):
        return True
    if question is None:
        return _wanted(walk, text) != "?"
    return isinstance(reader_of(question).words(asked(walk, question), text), Understood)


def takes_anything(question: Question) -> bool:
    """Tell whether any words would be understood as an answer to this question."""
    return question.kind in OPEN_KINDS or question.own


def tap(walk: Walk, question: str, option: str) -> Outcome:
    """Take a tapped button as the answer; a button of another question changes nothing."""
    walk = back_here(walk)
    own = walk.value(walk.dialogue.at, "").removeprefix("a:").removesuffix(":")
    if question != own:
        return resume(walk, note=walk.say("application.old-button"))
    if walk.question is None:
        return _at_summary(walk, option.removeprefix("~") if option.startswith("~") else option)
    if option.startswith("~page"):
        page = int(option[5:]) if option[5:].isdecimal() else 0
        return answered(walk, ask(walk, walk.question, page=page))
    if option.startswith("~"):
        return steered(walk, walk.question, option[1:])
    return _tapped(walk, walk.question, option)


def _read(walk: Walk, question: Question, text: str, *, away: bool) -> Outcome:
    reader = reader_of(question)
    read = reader.words(asked(walk, question), text)
    if isinstance(read, Unclear):
        if away:
            return resume(walk, note=walk.say("application.welcome-back"))
        return _not_read(walk, question, read)
    if not reader.several:
        return accept(walk, question, read.value)
    named = tuple(read.value) if isinstance(read.value, list) else ()
    picks = tuple(dict.fromkeys((*walk.picks(question.id), *map(str, named))))
    return finish_picks(walk, question, picks, nothing=not named)


def _not_read(walk: Walk, question: Question, unclear: Unclear) -> Outcome:
    reader, context = reader_of(question), asked(walk, question)
    guesses = [guess for guess in unclear.guesses if reader.takes(context, guess)][:5]
    if reader.several:
        kept = [one for one in unclear.kept if reader.takes(context, one)]
        walk = with_picks(walk, question, tuple(dict.fromkeys((*walk.picks(question.id), *kept))))
    return answered(walk, ask_again(walk, question, unclear.what, guesses))


def _tapped(walk: Walk, question: Question, option: str) -> Outcome:
    reader = reader_of(question)
    sign, pick = option[:1], option[1:]
    if not reader.several:
        if reader.takes(asked(walk, question), option):
            return accept(walk, question, option, chosen=option_label(walk, question, option))
        return resume(walk, note=walk.say("application.old-button"))
    if sign == "!":
        pick = next((one for one in walk.picks(question.id) if shorthand(one) == pick), "")
    elif not reader.takes(asked(walk, question), pick):
        return resume(walk, note=walk.say("application.old-button"))
    return _ticked(walk, question, pick, on=sign == "+")


def _ticked(walk: Walk, question: Question, pick: str, *, on: bool) -> Outcome:
    before = [one for one in walk.picks(question.id) if one != pick]
    walk = with_picks(walk, question, (*before, pick) if on else tuple(before))
    words = ", ".join(pick_label(walk, question, one) for one in walk.picks(question.id))
    note = (
        walk.say("application.picked", picks=clipped(words, 600))
        if words
        else walk.say("application.picked-none")
    )
    return answered(walk, ask_on(walk, question, note, page=page_of(walk, question, pick)))


def _steers(walk: Walk, question: Question, steer: str) -> bool:
    """Tell whether a steering word means anything here; where not, it is an answer like any other."""
    is_open = question.kind in OPEN_KINDS
    match steer:
        case "skip":
            return question.optional or not is_open
        case "done":
            return reader_of(question).several
        case "throw" | "again":
            return not is_open
        case "later":
            return kinds.of(walk).summary
    return steer in ("back", "cancel")


def _sent(walk: Walk) -> Outcome:
    """Finish, unless a question has come into the table that was not asked yet."""
    if any(one.id not in walk.dialogue.answers for one in walk.questions):
        return onward(walk)
    return kinds.of(walk).finish(walk, walk.say("application.button.send"))


def _wanted(walk: Walk, text: str) -> str:
    """Give what words at the summary want: to send, to change, or the id of the answer to change."""
    agreed = read_yes_no(text)
    if isinstance(agreed, Understood):
        return "send" if agreed.value else "change"
    return summary.named(walk, text) or "?"


def _at_summary(walk: Walk, wanted: str) -> Outcome:
    if wanted == "send":
        return _sent(walk)
    if wanted.startswith("change"):
        page = int(wanted[6:]) if wanted[6:].isdecimal() else 0
        return answered(back_here(walk), summary.changes(walk, page=page))
    if wanted in ("later", "cancel", "throw"):
        return leave(walk, wanted)
    question = next((one for one in summary.changeable(walk) if one.id == wanted), None)
    if question is None:
        return resume(
            walk, note="" if wanted in ("again", "back") else walk.say("application.summary.unclear")
        )
    walk = stand_at(walk.moved(editing=True), question)
    return answered(walk, ask(walk, question))
