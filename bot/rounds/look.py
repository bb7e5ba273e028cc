"""One look at one round: what its state asks for, and when it must be looked at next."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.model import Round, RoundState
from bot.outcome import Outcome
from bot.rounds import ambassadors, ending, opening, rematching, telling
from bot.rounds.drafting import draft
from bot.rounds.telling import Look
from bot.snapshots import Hall
from bot.texts import Program
from bot.timetable import Timetable


#: How often a running round looks for people without a partner, in days of the program: twice a day.
EVERY = 0.5


def advance(hall: Hall, now: datetime, program: Program) -> Outcome:
    """Give what is due for this round: it opens, decides, drafts, reminds, re-matches or ends."""
    return _LOOKS[hall.round.state](Look(hall, now, program))


def _closed(look: Look) -> Outcome:
    """Decide about the last applications, then draft the pairs and show the directors."""
    decided = opening.admission(look)
    if decided.saves:  # the draft takes them from the next look's candidates
        return decided + Outcome((replace(look.round, look_at=look.now, looked_at=look.now),))
    outcome = draft(look.hall, look.program)
    proposed = next(record for record in outcome.saves if isinstance(record, Round))
    proposed = replace(proposed, looked_at=look.now, look_at=look.round.starts_at)
    return outcome + Outcome((proposed,), telling.drafted(look, proposed))


def _proposed(look: Look) -> Outcome:
    """Remind the directors once a day when the first day has come and nobody approved."""
    starts = look.round.starts_at
    if starts is None or starts > look.now:
        return Outcome((replace(look.round, look_at=starts, looked_at=look.now),))
    again = replace(look.round, look_at=look.now + look.days(1), looked_at=look.now)
    day = int((look.now - starts) / look.days(1))
    return Outcome((again,), telling.directors(look, "approve", str(day)))


def _running(look: Look) -> Outcome:
    started = look.round.started_at or look.now
    timetable = Timetable(started, look.round.weeks, look.program.pace)
    if look.now >= timetable.end:
        return ending.end(look)
    outcome = rematching.rematch(look, timetable) + Outcome(deliveries=ambassadors.reports(look))
    after = next((record for record in outcome.saves if isinstance(record, Round)), look.round)
    again = min(look.now + look.days(EVERY), timetable.end)
    return outcome + Outcome((replace(after, look_at=again, looked_at=look.now),))


def _over(look: Look) -> Outcome:
    """Look a last time: the ambassadors of a round that has ended are thanked."""
    return Outcome((replace(look.round, look_at=None, looked_at=look.now),), ambassadors.reports(look))


_LOOKS: Mapping[RoundState, Callable[[Look], Outcome]] = {
    RoundState.DRAFT: opening.look_at_draft,
    RoundState.OPEN: opening.look_at_open,
    RoundState.CLOSED: _closed,
    RoundState.PROPOSED: _proposed,
    RoundState.RUNNING: _running,
    RoundState.ENDED: _over,
    RoundState.CANCELLED: _over,
}
