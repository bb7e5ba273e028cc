"""The steps of a walk: an answer taken, the next question, back, skipped, left for later, ended.

Every step gives exactly one reply.
"""

from bot.conversations import kinds, summary
from bot.conversations.readers import reader_of
from bot.conversations.show import ask, ask_on, asked, clipped
from bot.conversations.stand import LATER, SUMMARY, Walk, answered, closed
from bot.events import Said
from bot.messages import Choice, Message
from bot.model import Answers
from bot.outcome import Outcome
from bot.texts import Question
from bot.texts.names import city_of
from bot.texts.reading.places import zones_of
from bot.wording import in_words, local_time


#: Where words were understood the person sees what was understood.
_READ_KINDS = frozenset(
    {"country", "languages", "choices", "hours", "wish", "choice", "date", "years", "fields"}
)


def start(walk: Walk, *, note: str = "") -> Outcome:
    """Ask the first question that has no answer; where all have one: show the summary."""
    return onward(walk, note)


def resume(walk: Walk, *, note: str = "") -> Outcome:
    """Ask again what waits for an answer."""
    walk = back_here(walk)
    message = ask(walk, walk.question, note=note) if walk.question else summary.summary(walk, note=note)
    return answered(walk, message)


def back_here(walk: Walk) -> Walk:
    """Give the walk without the mark that it was left for later."""
    given = walk.dialogue.answers
    return walk.with_answers(_without(given, LATER)) if LATER in given else walk


def _without(answers: Answers, *names: str) -> dict[str, object]:
    return {name: value for name, value in answers.items() if name not in names}


def finish_picks(walk: Walk, question: Question, picks: tuple[str, ...], *, nothing: bool = False) -> Outcome:
    """Take the ticked ones as the answer: none is an answer only where none may be given."""
    most = question.most or len(picks)
    if len(picks) > most:
        walk = with_picks(walk, question, picks[:most])
        return answered(walk, ask_on(walk, question, walk.say("application.too-many", most=most)))
    if not picks and question.kind != "fields" and not question.optional:
        return answered(walk, ask_on(walk, question, walk.say("application.at-least-one")))
    kept = () if nothing and question.kind == "fields" else picks
    return accept(walk, question, reader_of(question).value(asked(walk, question), kept))


def accept(walk: Walk, question: Question, value: object, *, chosen: str = "") -> Outcome:
    """Take a value as the answer and go on."""
    if question.kind == "consent":
        return _consented(walk, question, agreed=value == "yes", chosen=chosen)
    answers = {**_without(walk.dialogue.answers, f"~{question.id}", LATER), question.id: value}
    if question.kind == "country" and answers.get("zone") not in zones_of(str(value)):
        answers.pop("zone", None)
    chosen = chosen or clipped(in_words(question, value, walk.language, walk.program), 60)
    return _given(walk, question, answers, _noted(walk, question, value), chosen)


def _consented(walk: Walk, question: Question, *, agreed: bool, chosen: str) -> Outcome:
    if not agreed:
        return closed(walk, Message(walk.say("application.no-consent")), chosen=chosen)
    version = walk.program.version(question.id)
    return _given(walk, question, {**walk.dialogue.answers, question.id: version}, "", chosen)


def _given(walk: Walk, question: Question, answers: Answers, note: str, chosen: str) -> Outcome:
    trail = tuple(one for one in walk.dialogue.trail if one != question.id)
    walk = walk.moved(answers=dict(answers), trail=(*trail, question.id))
    walk = walk.saving(*kinds.of(walk).given(walk, question))
    return onward(walk, note, chosen=chosen)


def _noted(walk: Walk, question: Question, value: object) -> str:
    if question.kind == "zone":
        time = local_time(walk.turn.now, str(value), walk.spoken)
        return walk.say("application.noted-zone", city=city_of(str(value)), time=time)
    if not isinstance(walk.event, Said) or question.kind not in _READ_KINDS:
        return ""
    words = in_words(question, value, walk.language, walk.program)
    return walk.say("application.noted", label=question.label, value=clipped(words, 300)) if words else ""


def onward(walk: Walk, note: str = "", *, chosen: str = "") -> Outcome:
    """Ask the next question that has no answer; after the last: the summary, or the end."""
    following = next((one for one in walk.questions if one.id not in walk.dialogue.answers), None)
    if following:
        walk = stand_at(walk, following)
        return answered(walk, ask(walk, following, note=note), chosen=chosen)
    kind = kinds.of(walk)
    if not kind.summary:
        return kind.finish(walk, chosen)
    walk = walk.moved(at=SUMMARY, editing=False)
    return answered(walk, summary.summary(walk, note=note), chosen=chosen)


def stand_at(walk: Walk, question: Question) -> Walk:
    """Give the walk standing at this question, with what was answered before ticked already."""
    reader = reader_of(question)
    answers = dict(walk.dialogue.answers)
    if reader.several and question.id in answers:
        answers[f"~{question.id}"] = list(reader.picks(asked(walk, question), answers[question.id]))
    return walk.moved(at=question.id, answers=answers)


def steered(walk: Walk, question: Question, steer: str) -> Outcome:
    """Do what a steering word or its button says."""
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
            return finish_picks(walk, question, walk.picks(question.id))
        case "all" if question.kind == "fields":
            shareable = tuple(one.id for one in walk.questions if one.shareable)
            return finish_picks(walk, question, shareable)
        case "later" | "cancel" | "throw":
            return leave(walk, steer)
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
    walk = stand_at(walk.moved(trail=trail[:-1]), before)
    return answered(walk, ask(walk, before))


def _to_summary(walk: Walk) -> Outcome:
    walk = walk.moved(at=SUMMARY, editing=False)
    return answered(walk, summary.summary(walk))


def leave(walk: Walk, steer: str) -> Outcome:
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


def with_picks(walk: Walk, question: Question, picks: tuple[str, ...]) -> Walk:
    """Give the walk with these ticked."""
    return walk.with_answers({**walk.dialogue.answers, f"~{question.id}": list(picks)})
