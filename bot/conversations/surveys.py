"""The two surveys: walked like any table of questions, every answer kept at once, each asked once."""

from bot.cases import open_case
from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.show import ask
from bot.conversations.stand import Walk, answered, closed, walk_of
from bot.messages import Message
from bot.model import Record, RoundState, SurveyAnswer
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program, Question
from bot.timetable import Timetable


MID, END = "mid", "end"


def survey(call: Call) -> Outcome:
    """Ask the survey of this part of the round; say when there is none, or when it was answered."""
    which = due(call.turn, call.program)
    if not which:
        return call.answer(call.say("surveys.none"), call.row("status", "help"))
    waiting = _waiting(call, f"survey-{which}")
    if waiting:
        return waiting
    if any(given.survey == which for given in call.turn.surveys):
        return call.answer(call.say("surveys.already"), call.row("status", "help"))
    count = len(call.program.questions(f"survey-{which}", call.language))
    return begin(
        call, f"survey-{which}", about=_round(call.turn), note=call.say(f"surveys.intro.{which}", n=count)
    )


def _waiting(call: Call, kind: str) -> Outcome | None:
    """Ask again what this survey asks already."""
    walk = walk_of(call.event, call.turn, call.program)
    if walk is None or walk.dialogue.kind != kind or walk.question is None:
        return None
    return answered(walk, ask(walk, walk.question))


def due(turn: Turn, program: Program) -> str:
    """Give which survey can be answered now: "mid" from the middle, "end" from the last but one week on."""
    its_round = turn.its_round
    if its_round is None or its_round.started_at is None:
        return ""
    week = Timetable(its_round.started_at, its_round.weeks, program.pace).week(turn.now)
    if its_round.state == RoundState.ENDED or week >= its_round.weeks - 1:
        return END
    running = its_round.state == RoundState.RUNNING
    return MID if running and week >= its_round.weeks // 2 else ""


def answer(walk: Walk, question: Question) -> tuple[Record, ...]:
    """Give the answer as a record; what was skipped leaves none."""
    value = walk.dialogue.answers.get(question.id)
    if value in ("", None):
        return ()
    survey = walk.dialogue.kind.removeprefix("survey-")
    about = walk.dialogue.about or _round(walk.turn)
    return (SurveyAnswer(about, walk.turn.person.id, survey, question.id, str(value), walk.turn.now),)


def thank(walk: Walk, chosen: str) -> Outcome:
    """End with thanks; who asked for a director gets a case."""
    return closed(walk, Message(walk.say("surveys.thanks")), chosen=chosen, outcome=_help(walk))


def _help(walk: Walk) -> Outcome:
    turn, person = walk.turn, walk.turn.person
    if walk.dialogue.answers.get("help") != "yes":
        return Outcome()
    return Outcome(telling=True) + open_case(
        f"help/{person.id}/{walk.dialogue.about}/{walk.dialogue.kind}",
        "help",
        turn.now,
        walk.program,
        person=person,
        partnership=turn.partnership.id if turn.partnership else "",
        round=walk.dialogue.about,
        room=turn.directors_room,
    )


def _round(turn: Turn) -> str:
    return turn.its_round.id if turn.its_round else ""
