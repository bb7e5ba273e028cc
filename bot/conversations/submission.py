"""The end of an application: it is sent in, changed, or kept for the next round."""

from dataclasses import replace
from datetime import datetime

from bot.answers import kept, told
from bot.conversations.stand import Walk, closed
from bot.deliveries import moment
from bot.messages import Choice, Message
from bot.model import Application, ApplicationState, Person, Record, Round, RoundState
from bot.outcome import Outcome
from bot.snapshots import Turn
from bot.texts import Program, Question
from bot.texts.names import full_date
from bot.timetable import Timetable, zone_of


#: While an application is in one of these the country decides about its place: a new one is looked at anew.
_UNDECIDED = frozenset({ApplicationState.SUBMITTED, ApplicationState.ACCEPTED, ApplicationState.WAITING})
#: Whose last application ended so comes first in the next matching.
_LET_DOWN = frozenset({ApplicationState.UNPLACED, ApplicationState.ALONE, ApplicationState.WAITING})
#: Nobody begins in a round that has no more weeks than this.
TOO_SHORT = 4
#: Where the id of the ambassador whose link was used waits for the application.
SOURCE = "~source"


def taking(turn: Turn, program: Program) -> Round | None:
    """Give the round one can apply to: the open one, or one in whose line the late can still wait."""
    its_round = turn.open_round if turn.person.removed_at is None else None
    if its_round is None or its_round.state != RoundState.RUNNING or its_round.started_at is None:
        return its_round
    week = Timetable(its_round.started_at, its_round.weeks, program.pace).week(turn.now)
    return its_round if week <= its_round.weeks - TOO_SHORT else None


def agreed(walk: Walk, question: Question) -> tuple[Record, ...]:
    """Give the person with their consent as soon as it is given: from then on answers are kept."""
    if question.kind != "consent":
        return ()
    given = walk.dialogue.answers
    consents = (one.id for one in walk.questions if one.kind == "consent" and given.get(one.id))
    words = ", ".join(f"{name} {given[name]}" for name in consents)
    return (replace(walk.turn.person, consent=words, consented_at=walk.turn.now),)


def submit(walk: Walk, chosen: str) -> Outcome:
    """Save the application and say what happens next and when."""
    if walk.turn.person.removed_at:
        return closed(walk, Message(walk.say("application.removed")), chosen=chosen)
    answers = kept(walk.dialogue.answers)
    application = _application(walk, answers)
    person = _person(walk, answers)
    if application is None:
        waiting = replace(person, wants_news=walk.dialogue.about != "profile" or person.wants_news)
        words = "saved" if walk.dialogue.about == "profile" else "no-round"
        message = Message(walk.say(f"application.sent.{words}", name=person.name))
        return closed(walk, message, chosen=chosen, outcome=Outcome((waiting,)))
    text = _next(walk, application, person)
    names = ("status", "profile")
    rows = (tuple(Choice(walk.say(f"commands.button.{name}"), f"cmd:{name}") for name in names),)
    return closed(walk, Message(text, rows), chosen=chosen, outcome=Outcome((person, application)))


def _application(walk: Walk, answers: dict[str, object]) -> Application | None:
    """Give the application as it is after this; None when there is no round for it."""
    turn, current = walk.turn, walk.turn.application
    country = told(answers).country
    open_round = taking(turn, walk.program)
    target = open_round or (turn.round if walk.dialogue.about == "profile" else None)
    if current and target and current.round == target.id and current.state != ApplicationState.WITHDRAWN:
        moved = country != current.country and current.state in _UNDECIDED
        state = ApplicationState.SUBMITTED if moved else current.state
        return replace(current, answers=answers, country=country, state=state)
    if open_round is None or walk.dialogue.about == "profile":
        return None
    taken = open_round.state == RoundState.OPEN
    state = ApplicationState.SUBMITTED if taken else ApplicationState.LATE
    source = turn.person.profile.get(SOURCE, 0)
    let_down = current is not None and current.state in _LET_DOWN
    return Application(
        round=open_round.id,
        person=turn.person.id,
        state=state,
        answers=answers,
        submitted_at=turn.now,
        country=country,
        source=source if isinstance(source, int) else 0,
        priority=int(let_down),
    )


def _person(walk: Walk, answers: dict[str, object]) -> Person:
    given, person = told(answers), walk.turn.person
    return replace(
        person,
        name=given.name or person.name,
        country=given.country or person.country,
        zone=given.zone or person.zone,
        profile=answers,
    )


def _next(walk: Walk, application: Application, person: Person) -> str:
    """Say that it is in, and what comes next and when."""
    before = walk.turn.application
    if before and before.round == application.round and before.state == application.state:
        return walk.say("application.sent.changed")
    its_round = walk.turn.open_round or walk.turn.round
    assert its_round is not None
    if application.state == ApplicationState.LATE:
        return walk.say("application.sent.late", name=person.name, round=its_round.name)
    undated = its_round.closes_at is None and its_round.starts_at is None
    return walk.say(
        "application.sent.undated" if undated else "application.sent.submitted",
        name=person.name,
        round=its_round.name,
        closes=_date(walk, its_round.closes_at, person.zone),
        starts=_date(walk, its_round.starts_at, person.zone),
    )


def _date(walk: Walk, at: datetime | None, zone: str) -> str:
    if at is None:
        return walk.say("commands.soon")
    return moment(at, full_date(at.astimezone(zone_of(zone)).date(), walk.spoken))
