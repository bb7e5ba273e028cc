"""What the page shows around the chats: the clock, the round on one line, the people and their chats."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from babel.dates import format_datetime

from adapters.playground.boards import Board
from adapters.playground.chat import PLATFORM
from adapters.playground.game import DIRECTOR, DIRECTORS_CHAT, Game
from bot.events import Said, Sender
from bot.model import Round, RoundState
from bot.ports import Needs
from bot.rehearsal.people import Actor
from bot.timetable import Timetable, zone_of


Counts = Mapping[str, int]


async def state_of(game: Game) -> dict[str, object]:
    """Give the state as plain JSON."""
    now = game.course.now
    upcoming = await game.course.next_at()
    return {
        "game": game.id,
        "now": format_datetime(now, "EEE d MMM y, HH:mm", locale="en") + " UTC",
        "next": span_words(upcoming - now) if upcoming else "",
        "running": game.course.running,
        "share": game.course.share,
        "round": await _round(game, now),
        "people": [_person(game, actor, now) for actor in game.company.actors.values()],
        "chats": [_chat(game, board) for board in game.boards.all()],
    }


async def _round(game: Game, now: datetime) -> dict[str, str]:
    director = Sender(DIRECTOR, "Director", language="en")
    asked = Said(
        id="view",
        platform=PLATFORM,
        at=now,
        chat=DIRECTORS_CHAT,
        private=False,
        sender=director,
        text="round status",
    )
    async with game.stage.store.unit() as unit:
        desk = await unit.desk(asked, Needs(frozenset({"counts"})), now)
    if desk is None or desk.round is None:
        return {"state": "none", "line": "No round yet"}
    return {"state": str(desk.round.state), "line": round_line(desk.round, desk.counts, now)}


def round_line(round: Round, counts: Counts, now: datetime) -> str:  # noqa: A002 - the record's own name
    """Give the round on one line, with the open cases when there are any."""
    words = f"{round.name}: {_LINES[round.state](round, counts, now)}"
    cases = counts.get("cases.open", 0)
    return f"{words} · {_many(cases, 'open case')}" if cases else words


def span_words(span: timedelta) -> str:
    """Give a span as "in 3 d", "in 4 h", "in 5 min" or "now"."""
    minutes = max(0, int(span.total_seconds() // 60))
    if not minutes:
        return "now"
    size, word = next((each for each in ((1440, "d"), (60, "h")) if minutes >= each[0]), (1, "min"))
    return f"in {minutes // size} {word}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _applied(counts: Counts) -> str:
    everybody = sum(count for name, count in counts.items() if name.startswith("applications."))
    return _many(everybody - counts.get("applications.withdrawn", 0), "application")


def _week(round: Round, counts: Counts, now: datetime) -> str:  # noqa: A002 - as above
    week = Timetable(round.started_at or now, round.weeks).week(now)
    pairs = _many(counts.get("partnerships.running", 0), "pair")
    return f"week {min(week, round.weeks)} of {round.weeks} · {pairs}"


_LINES: Mapping[RoundState, Callable[[Round, Counts, datetime], str]] = {
    RoundState.DRAFT: lambda *_: "a draft, not open yet",
    RoundState.OPEN: lambda _, counts, __: f"open · {_applied(counts)}",
    RoundState.CLOSED: lambda *_: "closed, pairs are being drafted",
    RoundState.PROPOSED: lambda *_: "pairs are drafted, look at them",
    RoundState.RUNNING: _week,
    RoundState.ENDED: lambda *_: "ended",
    RoundState.CANCELLED: lambda *_: "cancelled",
}


def _chat(game: Game, board: Board) -> dict[str, object]:
    return {
        "id": board.id,
        "kind": board.kind,
        "title": board.title,
        "members": board.members,
        "posts": len(board.posts),
        "mine": bool(game.company.by_hand & set(board.members)),
    }


def _person(game: Game, actor: Actor, now: datetime) -> dict[str, object]:
    return {
        "account": actor.account,
        "name": actor.name,
        "place": f"{actor.place.city}, {actor.place.country}",
        "time": f"{now.astimezone(zone_of(actor.place.zone)):%a %H:%M}",
        "temper": str(actor.temper),
        "by_hand": actor.account in game.company.by_hand,
        "blocked": actor.account in game.company.blocked,
    }
