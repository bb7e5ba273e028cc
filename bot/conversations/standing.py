"""Where somebody stands: their application, their place in a queue, their week, and what comes next."""

from datetime import datetime

from bot.conversations.absence import is_away
from bot.conversations.calls import Call
from bot.conversations.submission import taking
from bot.deliveries import mention, moment
from bot.markup import Markup
from bot.model import ApplicationState, PartnershipState, RoundState
from bot.outcome import Outcome
from bot.texts.names import full_date
from bot.timetable import Timetable, zone_of


OVER = frozenset({RoundState.ENDED, RoundState.CANCELLED})


def status(call: Call) -> Outcome:
    """Say where the person stands and what comes next."""
    return call.answer(stands(call), call.row(*_buttons(call)))


def stands(call: Call) -> str:
    """Give where the person stands, in words."""
    lines = (_application(call), _partnership(call), _away(call), _unfinished(call))
    return "\n\n".join(line for line in lines if line)


def week(call: Call) -> int:
    """Give the week of the round it is; 0 when it has not begun."""
    its_round = call.turn.its_round
    if its_round is None or its_round.started_at is None:
        return 0
    return Timetable(its_round.started_at, its_round.weeks, call.program.pace).week(call.turn.now)


def names_of_partners(call: Call) -> Markup:
    """Give the partners' names as mentions."""
    return Markup(", ".join(mention(partner) for partner in call.turn.partners))


def _application(call: Call) -> str:
    turn = call.turn
    if turn.application is None or turn.round is None:
        return "" if is_drafting(call) else _nowhere(call)
    if turn.round.state in OVER:
        return f"{call.say(f'people.status.{turn.round.state}', round=turn.round.name)} {_nowhere(call)}"
    placed = turn.application.state in (ApplicationState.PLACED, ApplicationState.ALONE)
    if turn.partnership and placed and not turn.earlier:
        return ""
    undated = turn.round.closes_at is None and turn.round.starts_at is None
    submitted = turn.application.state is ApplicationState.SUBMITTED
    return call.say(
        f"people.status.{'undated' if undated and submitted else turn.application.state}",
        round=turn.round.name,
        place=turn.queue_place + 1,
        closes=_date(call, turn.round.closes_at),
        starts=_date(call, turn.round.starts_at),
    )


def _nowhere(call: Call) -> str:
    """Say what somebody can do who takes part in nothing."""
    its_round = taking(call.turn, call.program)
    if its_round is None:
        return call.say("people.status.news" if call.turn.person.wants_news else "people.status.closed")
    known = "open" if its_round.state == RoundState.OPEN else "line"
    return call.say(f"people.status.{known}", round=its_round.name)


def is_drafting(call: Call) -> bool:
    """Tell whether an application is begun and not sent."""
    dialogue = call.turn.dialogue
    return dialogue is not None and dialogue.kind == "application" and dialogue.about != "profile"


def _partnership(call: Call) -> str:
    turn = call.turn
    its_round = turn.its_round
    if turn.partnership is None or its_round is None:
        return ""
    opening = turn.partnership.state == PartnershipState.OPENING
    return call.say(
        "people.status.opening" if opening else "people.status.running",
        round=its_round.name,
        partners=names_of_partners(call),
        week=min(max(week(call), 1), its_round.weeks),
        weeks=its_round.weeks,
    )


def _away(call: Call) -> str:
    person = call.turn.person
    if person.away_until is None or not is_away(person, call.turn.now):
        return ""
    return call.say("people.status.away", until=full_date(person.away_until, call.spoken))


def _unfinished(call: Call) -> str:
    return call.say("people.status.unfinished") if is_drafting(call) else ""


def _buttons(call: Call) -> tuple[str, ...]:
    turn = call.turn
    if turn.partnership:
        return ("partner", "when", "prompt")
    if turn.application and turn.round and turn.round.state not in OVER:
        return ("profile", "withdraw", "help")
    return ("apply", "help")


def _date(call: Call, at: datetime | None) -> str:
    if at is None:
        return call.say("commands.soon")
    day = at.astimezone(zone_of(call.turn.person.zone)).date()
    return moment(at, full_date(day, call.spoken))
