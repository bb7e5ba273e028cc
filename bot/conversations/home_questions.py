"""What waits for an answer of a paired person, on their own page: the week's question, keeping in touch."""

from datetime import datetime

from bot import ladder
from bot.access import owns
from bot.conversations.calls import Call, Rows
from bot.conversations.standing import week
from bot.deliveries import choices, moment
from bot.messages import Message
from bot.model import CheckIn, PartnershipState
from bot.partnerships.calendar import CHECK_IN, SETTLING_IN, back_at, days, own_moment, timetable_of
from bot.partnerships.keeping import KEEP_IN_TOUCH, keep_question
from bot.partnerships.weekly import LADDER_ROWS, check_in_buttons
from bot.rooms.pair import names
from bot.snapshots import Turn
from bot.texts import Program
from bot.texts.names import day_name
from bot.timetable import zone_of


_NOTHING = Message("")


def check_in(call: Call) -> Message:
    """Ask what waits for an answer; else say when the next question comes; "" where none comes."""
    turn, head = call.turn, call.say("home.check-in")
    row = turn.check_in
    if row and owns(turn, row.partnership):
        text, buttons = _asked(call, row)
        return Message(f"{head}\n{text}", buttons)
    at = next_check_in(turn, call.program)
    if at is None:
        return _NOTHING
    there = at.astimezone(zone_of(turn.person.zone))
    words = moment(at, f"{day_name(there.date(), call.spoken)} {there:%H:%M}")
    return Message(f"{head}\n{call.say('home.next-check-in', at=words)}")


def keep_in_touch(call: Call) -> Message:
    """Ask from the last week but one whether the partners may stay in touch, until it is answered."""
    turn = call.turn
    pair, its_round = turn.partnership, turn.its_round
    if pair is None or its_round is None or pair.state != PartnershipState.RUNNING:
        return _NOTHING
    answered = any(row.survey == KEEP_IN_TOUCH and row.question == pair.id for row in turn.surveys)
    if answered or week(call) < max(its_round.weeks - 1, 1):
        return _NOTHING
    partner = names(turn.partners, call.language, call.program)
    return keep_question(turn.person, partner, pair.id, call.program)


def next_check_in(turn: Turn, program: Program) -> datetime | None:
    """Give when the person is asked next; None when no question comes any more."""
    pair, its_round = turn.partnership, turn.its_round
    if pair is None or pair.state != PartnershipState.RUNNING or pair.introduced_at is None:
        return None
    if its_round is None or its_round.started_at is None:
        return None
    timetable = timetable_of(its_round, program)
    settled = pair.introduced_at + days(program, SETTLING_IN)
    since = max(turn.now, settled, back_at(turn.person) or turn.now)
    weeks = range(max(timetable.week(turn.now), 1), its_round.weeks + 1)
    moments = (own_moment(timetable, CHECK_IN, week, turn.person) for week in weeks)
    return next((at for at in moments if at > since), None)


def _asked(call: Call, row: CheckIn) -> tuple[str, Rows]:
    partner = names(call.turn.partners, call.language, call.program)
    if row.week >= LADDER_ROWS:
        taps = [
            (call.say(f"ladder.button.{tap}"), f"l:{row.partnership}:{row.week}:{tap}")
            for tap in ladder.ANSWERS
        ]
        return call.say("ladder.question", partner=partner), choices(*taps)
    buttons = check_in_buttons(row.partnership, row.week, call.language, call.program)
    return call.say("checkins.ask", week=row.week, partner=partner), buttons
