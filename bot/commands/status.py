"""One screen each: how the round stands, how the machine is, what was done lately."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.commands.command import Answer, Call
from bot.commands.dates import shown
from bot.commands.finding import named, page_row
from bot.commands.rounds import dates_line, rounds_of
from bot.deliveries import choices, moment
from bot.markup import Markup, escape
from bot.model import ApplicationState, PartnershipState, RoomKind, Round, RoundState
from bot.timetable import Timetable


#: The command that comes next in each state, for the button.
NEXT = {
    RoundState.DRAFT: "round open",
    RoundState.OPEN: "round close",
    RoundState.CLOSED: "round status",
    RoundState.PROPOSED: "pairs",
    RoundState.RUNNING: "queue",
    RoundState.ENDED: "report",
    RoundState.CANCELLED: "help",
}
#: So many of the last weeks are on the screen.
WEEKS_SHOWN = 4


def status(call: Call) -> Answer:
    """Show the round on one screen."""
    here = call.desk.round
    if here is None:
        return call.answer("round.none")
    lines = [
        _head(call, here),
        _dates(call, here),
        _counted(call, "applications", "application", ApplicationState),
        _counted(call, "partnerships", "partnership", PartnershipState),
        _counted(call, "rooms", "room", (*(kind for kind in RoomKind if kind), "none")),
        *_contact(call, here),
        _work(call),
        *_others(call, here),
    ]
    after = NEXT[here.state]
    queue = () if after == "queue" else ((call.label("queue"), "d:queue"),)
    buttons = choices((after, f"d:{after}"), *queue)
    return Answer("\n".join(line for line in lines if line), buttons)


def health(call: Call) -> Answer:
    """Show the outbox and the machine in a few figures."""
    found = call.desk.health
    if not found:
        return call.answer("health.none")
    each = [_health_line(call, name, value) for name, value in found.items()]
    trouble = any(found.get(name) for name in ("late", "given_up", "dead_letters"))
    lines = "\n".join([*each, str(call.say("health.operator"))] if trouble else each)
    return Answer(call.say("health.head", lines=Markup(lines)))


def audit(call: Call) -> Answer:
    """Show the newest entries of the audit log."""
    size = call.commands["audit"].limit
    entries = sorted(call.desk.audit, key=lambda each: each.at, reverse=True)[:size]
    if not entries:
        return call.answer("audit.none")
    lines = [
        call.say(
            "audit.line",
            when=moment(each.at, f"{each.at:%Y-%m-%d %H:%M} UTC"),
            who=named(call, each.who),
            what=each.what,
            about=each.about,
        )
        for each in entries
    ]
    rows = page_row(call, "audit", more=len(entries) == size)
    return Answer("\n".join([call.say("audit.head"), *lines]), rows)


def week_of(call: Call, one: Round) -> int:
    """Give the week the round is in; 0 before it began, its last one after the end."""
    if one.started_at is None:
        return 0
    week = Timetable(one.started_at, one.weeks, call.program.pace).week(min(call.desk.now, _end(one, call)))
    return min(week, one.weeks)


def per_hundred(minutes: int, people: int) -> str:
    """Give the labour meter: minutes for each hundred participants."""
    return f"{minutes * 100 / people:.0f}" if people else "0"


def percent(part: int, whole: int) -> str:
    """Give a share as a whole percentage; a dash where there is nothing to share."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def participants(counts: Mapping[str, int]) -> int:
    """Give how many people take or took part in the round."""
    states = (ApplicationState.PLACED, ApplicationState.ALONE)
    return sum(counts.get(f"applications.{state}", 0) for state in states)


def _end(one: Round, call: Call) -> datetime:
    return one.ended_at or call.desk.now


def _head(call: Call, one: Round) -> str:
    week = week_of(call, one)
    state = call.say(f"state.{one.state}")
    if one.state is RoundState.RUNNING:
        return call.say("status.running", name=one.name, week=week, weeks=one.weeks)
    return call.say("status.head", name=one.name, state=state)


def _dates(call: Call, one: Round) -> str:
    """Give the dates that matter now: of a round that has begun, when it began and ends."""
    if one.started_at is None:
        return str(dates_line(call, one))
    language, timetable = call.language, Timetable(one.started_at, one.weeks, call.program.pace)
    ends = shown(one.ended_at or timetable.end, language)
    return call.say("status.dates", started=shown(one.started_at, language), ends=ends)


def _counted(call: Call, part: str, words: str, states: Iterable[str]) -> str:
    """Give a line of counts by state; no line where all are 0."""
    known = [(str(state), call.desk.counts.get(f"{part}.{state}", 0)) for state in states]
    given = [(state, count) for state, count in known if count]
    if not given:
        return ""
    total = sum(count for _, count in given)
    each = " · ".join(f"{count} {call.say(f'{words}.{state}')}" for state, count in given)
    return call.say(f"status.{part}", n=total, each=Markup(each))


def _contact(call: Call, one: Round) -> list[str]:
    counts, week = call.desk.counts, week_of(call, one)
    weeks = [each for each in range(1, week + 1) if counts.get(f"week.{each}.asked")]
    return [
        call.say(
            "status.contact",
            week=each,
            share=percent(counts.get(f"week.{each}.contact", 0), counts.get(f"week.{each}.pairs", 0)),
            answered=percent(counts.get(f"week.{each}.answered", 0), counts[f"week.{each}.asked"]),
        )
        for each in weeks[-WEEKS_SHOWN:]
    ]


def _work(call: Call) -> str:
    counts = call.desk.counts
    minutes = counts.get("minutes", 0)
    return call.say(
        "status.work",
        open=counts.get("cases.open", 0),
        closed=counts.get("cases.closed", 0),
        minutes=minutes,
        each=per_hundred(minutes, participants(counts)),
    )


def _others(call: Call, one: Round) -> list[str]:
    """Name the other rounds that are not over."""
    over = (RoundState.ENDED, RoundState.CANCELLED)
    others = [each for each in rounds_of(call) if each.id != one.id and each.state not in over]
    return [
        call.say("status.other", name=each.name, state=call.say(f"state.{each.state}")) for each in others
    ]


def _health_line(call: Call, name: str, value: object) -> str:
    key = f"directors.health.{name.replace('_', '-')}"
    language = call.language
    label = call.program.say(language, key) if call.program.texts.has(key) else escape(name.replace("_", " "))
    if isinstance(value, datetime):
        return f"{label}: {shown(value, language)} {value:%H:%M} UTC"
    if isinstance(value, timedelta):
        return f"{label}: {value.total_seconds():.0f} s"
    return f"{label}: **{escape(str(value))}**"
