"""A round while it takes applications: it opens, tells people, keeps the country balance, and closes."""

from dataclasses import replace

from bot.model import Application, ApplicationState, Person, RoundState
from bot.outcome import NOTHING, Outcome
from bot.rounds import ambassadors, telling
from bot.rounds.admission import admit
from bot.rounds.telling import Look


#: How often an open round is looked at, in days of the program: every hour.
EVERY = 1 / 24


def look_at_draft(look: Look) -> Outcome:
    """Open the round when its day has come."""
    opens = look.round.opens_at
    if opens is None or opens > look.now:
        return Outcome((replace(look.round, look_at=opens, looked_at=look.now),))
    opened = replace(look.round, state=RoundState.OPEN, look_at=look.now, looked_at=look.now)
    return Outcome((opened,), telling.directors(look, "opened", "opened"))


def look_at_open(look: Look) -> Outcome:
    """Tell the next of those who wait for the news, decide about new applications, close on the day."""
    told, batch = _tell(look)
    batch += Outcome(deliveries=ambassadors.reports(look))
    after = replace(look.round, told_up_to=told, looked_at=look.now)
    closes = look.round.closes_at
    if closes is not None and closes <= look.now:
        after = replace(after, state=RoundState.CLOSED, look_at=look.now)
        return batch + admission(look) + Outcome((after,), telling.directors(look, "closed", "closed"))
    soon = look.now + look.days(EVERY)
    again = look.now if look.hall.audience else min(soon, closes or soon)
    return batch + admission(look) + Outcome((replace(after, look_at=again),))


def admission(look: Look) -> Outcome:
    """Accept who keeps the country balance, first come first, and tell each in words."""
    if not look.hall.waiting:
        return NOTHING
    people = {application.person: person for application, person in look.hall.waiting}
    applications = [application for application, _ in look.hall.waiting]
    found = admit(applications, look.hall.accepted, look.round.cap_percent)
    saves: list[Application] = []
    deliveries = []
    for each in found.accepted:
        saves.append(replace(each, state=ApplicationState.ACCEPTED))
        deliveries.append(telling.accepted(look, each, people[each.person]))
    for each, place in found.waiting:
        if each.state is ApplicationState.SUBMITTED:
            saves.append(replace(each, state=ApplicationState.WAITING))
            deliveries.append(telling.waits(look, each, people[each.person], place))
    return Outcome(tuple(saves), tuple(deliveries))


def _tell(look: Look) -> tuple[int, Outcome]:
    """Tell a batch of people that the round is open; give up to whom it went."""
    people = [person for person in look.hall.audience if _may_hear(person)]
    told = max((person.id for person in look.hall.audience), default=look.round.told_up_to)
    return told, Outcome(deliveries=tuple(telling.opened(look, person) for person in people))


def _may_hear(person: Person) -> bool:
    return person.reachable and person.erased_at is None and person.removed_at is None
