"""The one walker of questions: what an answer, a tap or a steering word does to where a walk stands.

Every call gives exactly one reply. What is not understood or does not apply any more changes nothing.
"""

from datetime import timedelta

from bot.conversations import kinds, summary
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
from bot.conversations.stand import LATER, SUMMARY, Walk, answered, closed
from bot.conversations.steering import steer_of
from bot.events import Said
from bot.messages import Choice, Message
from bot.model import Answers
from bot.outcome import Outcome
from bot.texts import Question
from bot.texts.names import city_of
from bot.texts.reading.answers import Unclear, Understood
from bot.texts.reading.places import zones_of
from bot.texts.reading.yes_no import read_yes_no
from bot.wording import in_words, local_time


#: Who comes back after so long is welcomed and asked again, before anything is taken for an answer.
AWAY = timedelta(days=1)
#: Any words would do as an answer here, so a "hello" must not become one.
OPEN_KINDS = frozenset({"line", "text"})
#: Where words were understood the person sees what was understood.
_READ_KINDS = frozenset(
    {"country", "languages", "choices", "hours", "wish", "choice", "date", "years", "fields"}
)


def start(walk: Walk, *, note: str = "") -> Outcome:
    """Ask the first question that has no answer; where all have one: show the summary."""
    return _onward(walk, note)


def resume(walk: Walk, *, note: str = "") -> Outcome:
    """Ask again what waits for an answer."""
    walk = _back_here(walk)
    message = ask(walk, walk.question, note=note) if walk.question else summary.summary(walk, note=note)
    return answered(walk, message)


def hear(walk: Walk, event: Said) -> Outcome:
    """Take words as the answer, or as a steering word."""
    text = event.text.strip()
    if not text:
        return resume(walk, note=walk.say("application.only-words"))
    steer = steer_of(text, walk.language, walk.program)
    away = was_away(walk)
    if away and (steer or not walk.question or takes_anything(walk.question)):
        return resume(walk, note=walk.say("application.welcome-back"))
    walk = _back_here(walk)
    if walk.question is None:
        return _at_summary(walk, steer or _wanted(walk, text))
    if steer and _steers(walk, walk.question, steer):
        return _steered(walk, walk.question, steer)
    return _read(walk, walk.question, text, away=away)


def takes_anything(question: Question) -> bool:
    """Tell whether any words would be understood as an answer to this question."""
    return question.kind in OPEN_KINDS or question.own


def tap(walk: Walk, question: str, option: str) -> Outcome:
    """Take a tapped button as the answer; a button of another question changes nothing."""
    walk = _back_here(walk)
    own = walk.value(walk.dialogue.at, "").removeprefix("a:").removesuffix(":")
    if question != own:
        return resume(walk, note=walk.say("application.old-button"))
    if walk.question is None:
        return _at_summary(walk, option.removeprefix("~") if option.startswith("~") else option)
    if option.startswith("~page"):
        page = int(option[5:]) if option[5:].isdecimal() else 0
        return answered(walk, ask(walk, walk.question, page=page))
    if option.startswith("~"):
        return _steered(walk, walk.question, option[1:])
    return _tapped(walk, walk.question, option)


def was_away(walk: Walk) -> bool:
    """Tell whether the person left the walk alone for long, or said "later"."""
    touched = walk.dialogue.touched_at
    since_long = touched is not None and walk.turn.now - touched >= AWAY
    return since_long or bool(walk.dialogue.answers.get(LATER))


def _back_here(walk: Walk) -> Walk:
    given = walk.dialogue.answers
    return walk.with_answers(_without(given, LATER)) if LATER in given else walk


def _without(answers: Answers, *names: str) -> dict[str, object]:
    return {name: value for name, value in answers.items() if name not in names}


def _read(walk: Walk, question: Question, text: str, *, away: bool) -> Outcome:
    reader = reader_of(question)
    read = reader.words(asked(walk, question), text)
    if isinstance(read, Unclear):
        if away:
            return resume(walk, note=walk.say("application.welcome-back"))
        return _not_read(walk, question, read)
    if not reader.several:
        return _accept(walk, question, read.value)
    named = tuple(read.value) if isinstance(read.value, list) else ()
    picks = tuple(dict.fromkeys((*walk.picks(question.id), *map(str, named))))
    return _finish_picks(walk, question, picks, nothing=not named)


def _not_read(walk: Walk, question: Question, unclear: Unclear) -> Outcome:
    reader, context = reader_of(question), asked(walk, question)
    guesses = [guess for guess in unclear.guesses if reader.takes(context, guess)][:5]
    if reader.several:
        kept = [one for one in unclear.kept if reader.takes(context, one)]
        walk = _with_picks(walk, question, tuple(dict.fromkeys((*walk.picks(question.id), *kept))))
    return answered(walk, ask_again(walk, question, unclear.what, guesses))


def _tapped(walk: Walk, question: Question, option: str) -> Outcome:
    reader = reader_of(question)
    sign, pick = option[:1], option[1:]
    if not reader.several:
        if reader.takes(asked(walk, question), option):
            return _accept(walk, question, option, chosen=option_label(walk, question, option))
        return resume(walk, note=walk.say("application.old-button"))
    if sign == "!":
        pick = next((one for one in walk.picks(question.id) if shorthand(one) == pick), "")
    elif not reader.takes(asked(walk, question), pick):
        return resume(walk, note=walk.say("application.old-button"))
    return _ticked(walk, question, pick, on=sign == "+")


def _ticked(walk: Walk, question: Question, pick: str, *, on: bool) -> Outcome:
    before = [one for one in walk.picks(question.id) if one != pick]
    walk = _with_picks(walk, question, (*before, pick) if on else tuple(before))
    words = ", ".join(pick_label(walk, question, one) for one in walk.picks(question.id))
    note = (
        walk.say("application.picked", picks=clipped(words, 600))
        if words
        else walk.say("application.picked-none")
    )
    return answered(walk, ask_on(walk, question, note, page=page_of(walk, question, pick)))


def _with_picks(walk: Walk, question: Question, picks: tuple[str, ...]) -> Walk:
    return walk.with_answers({**walk.dialogue.answers, f"~{question.id}": list(picks)})


def _finish_picks(
    walk: Walk, question: Question, picks: tuple[str, ...], *, nothing: bool = False
) -> Outcome:
    """Take the ticked ones as the answer: none is an answer only where none may be given."""
    most = question.most or len(picks)
    if len(picks) > most:
        walk = _with_picks(walk, question, picks[:most])
        return answered(walk, ask_on(walk, question, walk.say("application.too-many", most=most)))
    if not picks and question.kind != "fields" and not question.optional:
        return answered(walk, ask_on(walk, question, walk.say("application.at-least-one")))
    kept = () if nothing and question.kind == "fields" else picks
    return _accept(walk, question, reader_of(question).value(asked(walk, question), kept))


def _accept(walk: Walk, question: Question, value: object, *, chosen: str = "") -> Outcome:
    if question.kind == "consent":
        return _consented(walk, question, agreed=value == "yes", chosen=chosen)
    answers = {**_without(walk.dialogue.answers, f"~{question.id}", LATER), question.id: value}
    if question.kind == "country" and answers.get("zone") not in zones_of(str(value)):
        answers.pop("zone", None)
    chosen = chosen or clipped(in_words(question, value, walk.language, walk.program), 200)
    return _given(walk, question, answers, _noted(walk, question, value), chosen)


def _consented(walk: Walk, question: Question, *, agreed: bool, chosen: str) -> Outcome:
    if not agreed:
        return closed(walk, Message(walk.say("application.no-consent")), chosen=chosen)
    version = walk.program.notice(question.id, "en").version
    return _given(walk, question, {**walk.dialogue.answers, question.id: version}, "", chosen)


def _given(walk: Walk, question: Question, answers: Answers, note: str, chosen: str) -> Outcome:
    trail = tuple(one for one in walk.dialogue.trail if one != question.id)
    walk = walk.moved(answers=dict(answers), trail=(*trail, question.id))
    walk = walk.saving(*kinds.of(walk).given(walk, question))
    return _onward(walk, note, chosen=chosen)


def _noted(walk: Walk, question: Question, value: object) -> str:
    if question.kind == "zone":
        time = local_time(walk.turn.now, str(value), walk.language)
        return walk.say("application.noted-zone", city=city_of(str(value)), time=time)
    if not isinstance(walk.event, Said) or question.kind not in _READ_KINDS:
        return ""
    words = in_words(question, value, walk.language, walk.program)
    return walk.say("application.noted", label=question.label, value=clipped(words, 300)) if words else ""


def _onward(walk: Walk, note: str = "", *, chosen: str = "") -> Outcome:
    """Ask the next question that has no answer; after the last: the summary, or the end."""
    following = next((one for one in walk.questions if one.id not in walk.dialogue.answers), None)
    if following:
        walk = _at(walk, following)
        return answered(walk, ask(walk, following, note=note), chosen=chosen)
    kind = kinds.of(walk)
    if not kind.summary:
        return kind.finish(walk, chosen)
    walk = walk.moved(at=SUMMARY, editing=False)
    return answered(walk, summary.summary(walk, note=note), chosen=chosen)


def _at(walk: Walk, question: Question) -> Walk:
    """Give the walk standing at this question, with what was answered before ticked already."""
    reader = reader_of(question)
    answers = dict(walk.dialogue.answers)
    if reader.several and question.id in answers:
        answers[f"~{question.id}"] = list(reader.picks(asked(walk, question), answers[question.id]))
    return walk.moved(at=question.id, answers=answers)


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


def _steered(walk: Walk, question: Question, steer: str) -> Outcome:
    match steer:
        case "back":
            return _back(walk, question)
        case "skip" if question.optional:
            empty = [] if reader_of(question).several else ""
            return _given(
                walk,
                question,
                {**_without(walk.dialogue.answers, f"~{question.id}"), question.id: empty},
                "",
                "",
            )
        case "skip":
            return resume(walk, note=walk.say("application.no-skip"))
        case "done" if reader_of(question).several:
            return _finish_picks(walk, question, walk.picks(question.id))
        case "all" if question.kind == "fields":
            shareable = tuple(one.id for one in walk.questions if one.shareable)
            return _finish_picks(walk, question, shareable)
        case "later" | "cancel" | "throw":
            return _leave(walk, steer)
        case _:
            return resume(walk)


def _back(walk: Walk, question: Question) -> Outcome:
    walk = walk.with_answers(_without(walk.dialogue.answers, f"~{question.id}"))
    if walk.dialogue.editing:
        return _to_summary(walk)
    trail = tuple(one for one in walk.dialogue.trail if one != question.id)
    before = next((one for one in walk.questions if trail and one.id == trail[-1]), None)
    if before is None:
        return resume(walk, note=walk.say("application.first"))
    walk = _at(walk.moved(trail=trail[:-1]), before)
    return answered(walk, ask(walk, before))


def _to_summary(walk: Walk) -> Outcome:
    walk = walk.moved(at=SUMMARY, editing=False)
    return answered(walk, summary.summary(walk))


def _leave(walk: Walk, steer: str) -> Outcome:
    """Stop for now, or for good: an application is thrown away only when that was said in so many words."""
    if walk.dialogue.editing and steer == "cancel":
        return _to_summary(walk)
    if not kinds.of(walk).summary:
        return closed(walk, Message(walk.say(kinds.of(walk).stopped)))
    if steer == "throw":
        return closed(walk, Message(walk.say("application.thrown")))
    if steer == "later":
        kept = walk.with_answers({**walk.dialogue.answers, LATER: True})
        button = Choice(walk.say("application.button.go-on"), "cmd:continue")
        return answered(kept, Message(walk.say("application.later"), ((button,),)))
    names = ("again", "later", "throw")
    buttons = (
        Choice(walk.say(f"application.button.{name}"), walk.value(walk.dialogue.at, f"~{name}"))
        for name in names
    )
    return answered(walk, Message(walk.say("application.cancel"), tuple((button,) for button in buttons)))


def _sent(walk: Walk) -> Outcome:
    """Finish, unless a question has come into the table that was not asked yet."""
    if any(one.id not in walk.dialogue.answers for one in walk.questions):
        return _onward(walk)
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
        return answered(_back_here(walk), summary.changes(walk, page=page))
    if wanted in ("later", "cancel", "throw"):
        return _leave(walk, wanted)
    question = next((one for one in summary.changeable(walk) if one.id == wanted), None)
    if question is None:
        return resume(
            walk, note="" if wanted in ("again", "back") else walk.say("application.summary.unclear")
        )
    walk = _at(walk.moved(editing=True), question)
    return answered(walk, ask(walk, question))
