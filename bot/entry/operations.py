"""`antipode outbox`, `antipode deadletters`, `antipode restored`: what operators look at and mend by hand.

Looking works beside a running bot on either database. A change does so on PostgreSQL; SQLite's file belongs
to one process, so there the bot must be stopped first, and the answer says so. What people wrote or are to
read is printed only when it is asked for.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from adapters.clock import SystemClock
from bot.settings import Settings
from storage import StoreInUse, StoreUnusable
from storage.beside import Connection, changing, looking
from storage.letters import Letter, drop_letter, letter_of, letters, try_again
from storage.mending import (
    Row,
    drop_older,
    drop_row,
    mark_restored,
    row_of,
    rows_of,
    send_again,
)
from storage.operations import backlog_of


class Refused(Exception):
    """What was asked for cannot be; the message is the sentence for the operator."""


async def list_outbox(settings: Settings, state: str, *, platform: str = "", limit: int = 50) -> list[str]:
    """Give a line for each row of that state."""
    now = SystemClock().now()
    async with _look(settings) as connection:
        rows = await rows_of(connection, state, now, platform=platform, limit=limit)
    head = ("number", "platform", "due", "tries", "to", "key", "why")
    cells = [
        (str(row.number), row.platform, _moment(row.due_at), str(row.attempts), _to(row), row.key, row.why)
        for row in rows
    ]
    return _table(head, cells) if rows else [f"Nothing is {state}."]


async def show_row(settings: Settings, number: int, *, text: bool) -> list[str]:
    """Give all that is known of a row, its words only with `text`."""
    async with _look(settings) as connection:
        row = await row_of(connection, number)
    if row is None:
        raise Refused(f"There is no delivery {number}.")
    known: dict[str, Any] = row._asdict() | {"target": _to(row), "state": row.state.value}
    body = known.pop("body")
    lines = [f"{name}: {_shown(value)}" for name, value in known.items()]
    return [*lines, f"body: {_body(body, text=text)}"]


async def retry_row(settings: Settings, number: int) -> list[str]:
    """Send a row again, or at once."""
    async with _change(settings) as connection:
        why = await send_again(connection, number, SystemClock().now())
    if why:
        raise Refused(f"Delivery {number} cannot be sent again: {why}.")
    return [f"Delivery {number} goes when the bot sends next."]


async def drop_rows(settings: Settings, number: int | None, older: timedelta | None) -> list[str]:
    """Drop one row, or all that wait since before `older`."""
    now = SystemClock().now()
    if (number is None) is (older is None):
        raise Refused("Give a number, or --older-than with a span such as 2d.")
    async with _change(settings) as connection:
        if older is not None:
            dropped = await drop_older(connection, now - older, now, "dropped by hand")
            return [f"Deliveries dropped: {dropped}."]
        assert number is not None
        why = await drop_row(connection, number, now)
    if why:
        raise Refused(f"Delivery {number} cannot be dropped: {why}.")
    return [f"Delivery {number} will not be sent."]


async def restored(settings: Settings, at: datetime | None) -> list[str]:
    """Note that the database is a backup: nothing that was due before `at` (now) is sent."""
    now = SystemClock().now()
    at = at or now
    if at > now:
        raise Refused("The moment lies ahead: give when the lost database last worked.")
    async with _change(settings) as connection:
        dropped = await mark_restored(connection, at, now)
    return [
        f"Deliveries dropped: {dropped}.",
        f"What was due before {_moment(at)} UTC is not sent again. Start the bot.",
    ]


async def list_letters(settings: Settings, *, limit: int = 50) -> list[str]:
    """Give a line for each event that could not be decided."""
    async with _look(settings) as connection:
        found = await letters(connection, limit=limit)
    head = ("number", "platform", "came", "kind", "event", "error", "")
    cells = [
        (
            str(each.number),
            each.platform,
            _moment(each.at) if each.at else "",
            _kind(each),
            each.event,
            each.error,
            "will be tried again" if each.again else "",
        )
        for each in found
    ]
    return _table(head, cells) if found else ["There is no dead letter."]


async def show_letter(settings: Settings, number: int, *, text: bool) -> list[str]:
    """Give all that is known of a dead letter, what was written only with `text`."""
    async with _look(settings) as connection:
        letter = await letter_of(connection, number)
    if letter is None:
        raise Refused(f"There is no dead letter {number}.")
    known: dict[str, Any] = letter._asdict()
    body = known.pop("body")
    lines = [f"{name}: {_shown(value)}" for name, value in known.items()]
    return [*lines, f"body: {_body(body, text=text)}"]


async def retry_letter(settings: Settings, number: int) -> list[str]:
    """Ask the bot to decide about the event anew."""
    async with _change(settings) as connection:
        letter = await letter_of(connection, number)
        if letter is None:
            raise Refused(f"There is no dead letter {number}.")
        if letter.body is None:
            raise Refused(f"Dead letter {number} cannot be tried again: the event could not even be read.")
        await try_again(connection, number)
    return [f"Dead letter {number} is tried again within ten seconds of the bot's running."]


async def drop_one_letter(settings: Settings, number: int) -> list[str]:
    """Throw a dead letter away."""
    async with _change(settings) as connection:
        if not await drop_letter(connection, number):
            raise Refused(f"There is no dead letter {number}.")
    return [f"Dead letter {number} is gone."]


async def standing(settings: Settings) -> tuple[bool, str]:
    """Tell in a line how the way out stands, for `antipode check`; False where somebody has to mend it."""
    now = SystemClock().now()
    try:
        async with _look(settings) as connection:
            found = await backlog_of(connection, now)
    except Refused as refused:
        return False, str(refused)
    late = sum(many for (_, age), many in found.waiting.items() if age not in ("planned", "minute"))
    bad = sum(many for (_, why), many in found.given_up.items() if why in ("rejected", "unsure"))
    told = [
        f"{late} late: antipode outbox list --state late" if late else "nothing is late",
        *([f"{bad} not taken: antipode outbox list --state given-up"] if bad else []),
        *([f"{found.dead_letters} events failed: antipode deadletters list"] if found.dead_letters else []),
    ]
    return not bad and not found.dead_letters, "; ".join(told)


@asynccontextmanager
async def _look(settings: Settings) -> AsyncIterator[Connection]:
    try:
        async with looking(settings.antipode_database_url) as connection:
            yield connection
    except (StoreUnusable, OSError) as error:
        raise _unusable(error) from None


@asynccontextmanager
async def _change(settings: Settings) -> AsyncIterator[Connection]:
    try:
        async with changing(settings.antipode_database_url) as connection:
            yield connection
    except StoreInUse:
        raise Refused("The bot is running: stop it first, then change its SQLite file.") from None
    except (StoreUnusable, OSError) as error:
        raise _unusable(error) from None


def _unusable(error: StoreUnusable | OSError) -> Refused:
    return Refused(f"ANTIPODE_DATABASE_URL cannot be used ({error}). Run `antipode migrate`, then again.")


def _to(row: Row) -> str:
    """Give whom it goes to by our own numbers; a platform's chat id says who somebody is."""
    return row.target if row.target.startswith(("person/", "room/")) else row.target.partition("/")[0]


def _kind(letter: Letter) -> str:
    return str(letter.body["is"]) if letter.body else "unreadable"


def _body(body: dict[str, Any] | None, *, text: bool) -> str:
    if body is None:
        return "not kept"
    return str(body) if text else f"{body['is']} (--text shows it)"


def _shown(value: object) -> str:
    return _moment(value) if isinstance(value, datetime) else str(value if value is not None else "")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
