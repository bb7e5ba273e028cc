"""The words of the operators' commands on the command line; `bot.entry.operations` does what they ask for."""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer


if TYPE_CHECKING:
    from bot.settings import Settings


Number = Annotated[int, typer.Argument(min=1, help="As `list` gives it.")]
Text = Annotated[bool, typer.Option("--text", help="Show what is written in it, too. It is personal.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000)]

outbox = typer.Typer(no_args_is_help=True, help="Look at what is to be sent; send it again, drop it.")
deadletters = typer.Typer(no_args_is_help=True, help="Look at events that failed; try them again, drop them.")


class State(StrEnum):
    """Which rows to list."""

    WAITING = "waiting"
    LATE = "late"
    SENDING = "sending"
    GIVEN_UP = "given-up"


@outbox.command("list")
def list_outbox(
    state: Annotated[State, typer.Option(help="late: due for more than five minutes.")] = State.WAITING,
    platform: Annotated[str, typer.Option(help="telegram, slack")] = "",
    limit: Limit = 50,
) -> None:
    """List deliveries, without their words."""
    from bot.entry import operations

    _print(operations.list_outbox(_settings(), state.value, platform=platform, limit=limit))


@outbox.command("show")
def show_outbox(number: Number, *, text: Text = False) -> None:
    """Show all that is known of one delivery."""
    from bot.entry import operations

    _print(operations.show_row(_settings(), number, text=text))


@outbox.command("retry")
def retry_outbox(number: Number) -> None:
    """Send one at once, or once more after it was given up for a defect."""
    from bot.entry import operations

    _print(operations.retry_row(_settings(), number))


@outbox.command("drop")
def drop_outbox(
    number: Annotated[int | None, typer.Argument(min=1)] = None,
    older_than: Annotated[str, typer.Option(help="Everything that waits for longer: 2d, 6h, 30m.")] = "",
) -> None:
    """Never send one, or nothing that waits for too long."""
    from bot.entry import operations

    _print(operations.drop_rows(_settings(), number, _span(older_than)))


@deadletters.command("list")
def list_letters(limit: Limit = 50) -> None:
    """List events that could not be decided, without their words."""
    from bot.entry import operations

    _print(operations.list_letters(_settings(), limit=limit))


@deadletters.command("show")
def show_letter(number: Number, *, text: Text = False) -> None:
    """Show all that is known of one."""
    from bot.entry import operations

    _print(operations.show_letter(_settings(), number, text=text))


@deadletters.command("retry")
def retry_letter(number: Number) -> None:
    """Let the bot decide about one anew."""
    from bot.entry import operations

    _print(operations.retry_letter(_settings(), number))


@deadletters.command("drop")
def drop_letter(number: Number) -> None:
    """Throw one away."""
    from bot.entry import operations

    _print(operations.drop_one_letter(_settings(), number))


def restored(
    at: Annotated[
        str,
        typer.Argument(help="UTC, such as 2027-03-05T14:00; when the lost one last worked; without it: now."),
    ] = "",
) -> None:
    """Say that the database is a backup: nothing that was due before AT is sent again."""
    from bot.entry import operations

    _print(operations.restored(_settings(), _at(at)))


def _print(work: Coroutine[None, None, list[str]]) -> None:
    from bot.entry.operations import Refused

    try:
        for line in asyncio.run(work):
            print(line)
    except Refused as refused:
        _stop(str(refused))


def _settings() -> "Settings":
    from bot.settings import SettingsWrong, load_settings

    try:
        return load_settings()
    except SettingsWrong as wrong:
        _stop(str(wrong))


def _span(text: str) -> timedelta | None:
    units = {"d": "days", "h": "hours", "m": "minutes"}
    if not text:
        return None
    if text[-1] not in units or not text[:-1].isdigit():
        _stop(f"{text} is no span: write 2d, 6h or 30m.")
    return timedelta(**{units[text[-1]]: int(text[:-1])})


def _at(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _stop(f"{text} is no moment: write it as 2027-03-05T14:00 (UTC).")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
