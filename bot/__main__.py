"""The command line and the composition root: the only place that knows every part."""

import asyncio
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.entry import operations_commands


if TYPE_CHECKING:
    from bot.settings import Settings


app = typer.Typer(
    name="antipode",
    help="Runs facilitated partnerships inside Telegram and Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Database = Annotated[Path | None, typer.Option(help="Keep the database here instead of a temporary file.")]


@app.command()
def run() -> None:
    """Run the program on every platform the settings configure, until SIGTERM or Ctrl-C."""
    with _importing():
        from bot.entry.run import run_bot

    raise typer.Exit(asyncio.run(run_bot(_settings())))


@app.command()
def play(
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8080,
    people: Annotated[int, typer.Option(min=4, max=400, help="How many simulated people live there.")] = 40,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
) -> None:
    """Open the playground: one page on which you play a participant and a director."""
    from bot.entry.play import play_here

    raise typer.Exit(asyncio.run(play_here(port=port, people=people, seed=seed)))


@app.command()
def rehearse(
    people: Annotated[int, typer.Option(min=2, max=100_000)] = 200,
    weeks: Annotated[int, typer.Option(min=4, max=52)] = 16,
    seed: Annotated[int, typer.Option(help="The same seed gives the same transcript.")] = 1,
    cast: Annotated[Path | None, typer.Option(help="TOML: [share] keen = 50, slow = 30 …")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
    transcript: Annotated[Path | None, typer.Option(help="Write every message here.")] = None,
    database: Database = None,
) -> None:
    """Play a whole round with simulated people on a virtual clock, in seconds."""
    from bot.entry.rehearse import rehearse_here

    try:
        code = rehearse_here(
            people=people,
            weeks=weeks,
            seed=seed,
            cast_file=cast,
            json=json,
            transcript=transcript,
            database=database,
        )
    except (ValueError, OSError) as error:
        _stop(str(error))
    raise typer.Exit(code)


@app.command()
def match(
    people: Annotated[Path, typer.Option(help="CSV of the people.")],
    out: Annotated[Path, typer.Option(help="CSV of the pairs to write.")],
    history: Annotated[Path | None, typer.Option(help="CSV of former pairs: round,a,b.")] = None,
    blocks: Annotated[Path | None, typer.Option(help="CSV of people never to be paired: a,b.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same pairs.")] = 1,
    report: Annotated[Path | None, typer.Option(help="JSON report to write.")] = None,
    scores: Annotated[
        Path | None, typer.Option(help="CSV of every legal pair's score (up to 5,000 people).")
    ] = None,
    picture: Annotated[Path | None, typer.Option(help="SVG of the report to write.")] = None,
) -> None:
    """Pair people from CSV files."""
    from bot.matching.command import run_match

    raise typer.Exit(
        run_match(
            people=people, history=history, blocks=blocks, seed=seed, out=out, report=report, scores=scores,
            picture=picture, progress=partial(print, file=sys.stderr),
        )
    )  # fmt: skip


@app.command()
def check() -> None:
    """Check settings, tokens, scopes, the directors' rooms, the database and the clock."""
    from bot.entry.check import check_all

    raise typer.Exit(asyncio.run(check_all(_settings())))


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from bot.entry.check import migrate_only

    raise typer.Exit(asyncio.run(migrate_only(_settings())))


app.add_typer(operations_commands.outbox, name="outbox")
app.add_typer(operations_commands.deadletters, name="deadletters")
app.command()(operations_commands.restored)


def main() -> None:
    """Run the command line."""
    app()


def _settings() -> "Settings":
    from bot.settings import SettingsWrong, load_settings

    try:
        return load_settings()
    except SettingsWrong as wrong:
        _stop(str(wrong))


@contextmanager
def _importing() -> Iterator[None]:
    """Look for no garbage among what is imported, now or later: it stays. A tenth of a start's work."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    main()
