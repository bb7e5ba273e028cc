"""The snapshot as it is after an outcome, as far as a person's own page shows it."""

from dataclasses import replace

from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Dialogue,
    Partnership,
    PartnershipState,
    Person,
    Record,
    SurveyAnswer,
)
from bot.outcome import Outcome
from bot.snapshots import Turn


_OVER = frozenset({PartnershipState.ENDED, PartnershipState.DISSOLVED})


def after(turn: Turn, outcome: Outcome) -> Turn:
    """Give the turn with what the outcome saves and drops; what others did meanwhile is not in it."""
    for record in outcome.saves:
        turn = _with(turn, record)
    gone = any(isinstance(one, Dialogue) and one.person == turn.person.id for one in outcome.drops)
    return replace(turn, dialogue=None) if gone else turn


def _with(turn: Turn, record: Record) -> Turn:
    own = turn.person.id
    match record:
        case Person(id=own_id) if own_id == own:
            return replace(turn, person=record)
        case Dialogue(person=person) if person == own:
            return replace(turn, dialogue=record)
        case Application(person=person) if person == own:
            return _applied(turn, record)
        case CheckIn(person=person) if person == own:
            return _checked_in(turn, record)
        case SurveyAnswer(person=person) if person == own:
            return replace(turn, surveys=(*turn.surveys, record))
        case Partnership() if turn.partnership and record.id == turn.partnership.id:
            over = record.state in _OVER
            return replace(
                turn,
                partnership=None if over else record,
                partners=() if over else turn.partners,
            )
    return turn


def _applied(turn: Turn, record: Application) -> Turn:
    if record.state == ApplicationState.WITHDRAWN:
        return replace(turn, application=None, round=turn.earlier, earlier=None)
    rounds = (turn.open_round, turn.round)
    its_round = next((each for each in rounds if each and each.id == record.round), turn.round)
    return replace(turn, application=record, round=its_round)


def _checked_in(turn: Turn, record: CheckIn) -> Turn:
    waiting = turn.check_in
    same = waiting is not None and (waiting.partnership, waiting.week) == (record.partnership, record.week)
    answered = same and record.answer is not None
    return replace(turn, check_in=None) if answered else turn
