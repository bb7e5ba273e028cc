"""Starting, ending and cancelling a round: shown in figures first, then done on a yes."""

from bot import rounds
from bot.commands.command import Answer, Call
from bot.commands.rounds import standing
from bot.commands.status import participants, week_of
from bot.deliveries import choices
from bot.model import Application, ApplicationState, Partnership, PartnershipState, Person, Round


def preview_start(call: Call) -> Answer:
    """Say who would be introduced."""
    found = standing(call, "start")
    if isinstance(found, Answer):
        return found
    drafted = drafted_of(call, found)
    if not drafted:
        return call.refuse("round.no-draft", name=found.name)
    people = sum(len(pair.members) for pair in drafted)
    return call.answer(
        "round.start-preview",
        name=found.name,
        pairs=sum(len(pair.members) == 2 for pair in drafted),
        trios=sum(len(pair.members) > 2 for pair in drafted),
        people=people,
        unplaced=sum(each.state is ApplicationState.UNPLACED for each in applications_of(call, found)),
        weeks=found.weeks,
    )


def start(call: Call) -> Answer:
    """Approve the pairs: rooms are opened, and people are introduced."""
    found = standing(call, "start")
    if isinstance(found, Answer):
        return found
    drafted = drafted_of(call, found)
    people = sum(len(pair.members) for pair in drafted)
    started = rounds.start(found, drafted, applications_of(call, found), call.desk.now, call.program)
    return Answer(
        call.say("round.started", name=found.name, pairs=len(drafted), people=people),
        choices((call.label("status"), "d:round status")),
        saves=started.saves,
        deliveries=started.deliveries,
        drops=started.drops,
        audit="round start",
        about=found.id,
    )


def preview_end(call: Call) -> Answer:
    """Say whose partnerships would end before their time."""
    found = standing(call, "end")
    if isinstance(found, Answer):
        return found
    return call.answer(
        "round.end-preview",
        name=found.name,
        week=week_of(call, found),
        weeks=found.weeks,
        people=participants(call.desk.counts),
    )


def end(call: Call) -> Answer:
    """End the round today: everybody gets their digest and certificate."""
    found = standing(call, "end")
    if isinstance(found, Answer):
        return found
    ended = rounds.finish(found, partnerships_of(call, found), call.desk.now)
    return Answer(
        call.say("round.ended", name=found.name),
        choices(("report", "d:report")),
        saves=ended.saves,
        deliveries=ended.deliveries,
        drops=ended.drops,
        audit="round end",
        about=found.id,
    )


def preview_cancel(call: Call) -> Answer:
    """Say who would be told that there is no round."""
    found = standing(call, "cancel")
    if isinstance(found, Answer):
        return found
    people = _hearing(call, found)
    return call.answer("round.cancel-preview", name=found.name, n=len(people))


def cancel(call: Call) -> Answer:
    """Cancel the round before it runs, and tell everybody who applied."""
    found = standing(call, "cancel")
    if isinstance(found, Answer):
        return found
    people, now = _hearing(call, found), call.desk.now
    cancelled = rounds.cancel(found, partnerships_of(call, found), people, now, call.program)
    return Answer(
        call.say("round.cancelled", name=found.name, n=len(people)),
        saves=cancelled.saves,
        deliveries=cancelled.deliveries,
        drops=cancelled.drops,
        audit="round cancel",
        about=found.id,
    )


def partnerships_of(call: Call, one: Round) -> tuple[Partnership, ...]:
    """Give the round's partnerships, by number."""
    found = [each for each in call.desk.partnerships if each.round == one.id]
    return tuple(sorted(found, key=lambda each: each.number))


def drafted_of(call: Call, one: Round) -> tuple[Partnership, ...]:
    """Give the round's drafted partnerships, by number."""
    return tuple(each for each in partnerships_of(call, one) if each.state is PartnershipState.DRAFTED)


def applications_of(call: Call, one: Round) -> tuple[Application, ...]:
    """Give the round's applications."""
    return tuple(each for each in call.desk.applications if each.round == one.id)


def _hearing(call: Call, one: Round) -> tuple[Person, ...]:
    """Give those who applied and can be written to."""
    applied = {
        each.person for each in applications_of(call, one) if each.state is not ApplicationState.WITHDRAWN
    }
    return tuple(
        each
        for each in sorted(call.desk.people, key=lambda each: each.id)
        if each.id in applied and each.reachable and each.erased_at is None
    )
