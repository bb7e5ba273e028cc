"""`antipode check` and `antipode migrate`: is everything there that the program needs, a line each."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from adapters.clock import SystemClock
from adapters.proxy import proxy_for
from adapters.slack import check as slack
from adapters.slack.installs import Workspaces, scopes_for
from adapters.telegram.chat import TelegramChat
from adapters.telegram.check import facts
from bot.entry.operations import standing
from bot.settings import Settings
from bot.texts import load_program
from storage import StoreInUse, StoreUnusable, open_store
from storage.database import address


#: A platform's own clock may differ by so much before nights and prompts would be noticeably off.
CLOCK_OFF = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str


async def check_all(settings: Settings) -> int:
    """Print a line for each thing; gives 1 when one of them is not as it must be."""
    lines = [_content(settings), await _database(settings, beside=True), await _clock(settings)]
    lines += [_secrets(), *_file(settings)]
    lines.append(Line("deliveries", *await standing(settings)))
    lines += [*await _telegram(settings), *await _slack(settings)]
    for line in lines:
        print(f"{'ok ' if line.ok else 'NOT'}  {line.name}: {line.found}")
    return 0 if all(line.ok for line in lines) else 1


async def migrate_only(settings: Settings) -> int:
    """Bring the database to this version's schema; gives the exit code."""
    line = await _database(settings)
    print(line.found)
    return 0 if line.ok else 1


def _content(settings: Settings) -> Line:
    try:
        program = load_program(settings.antipode_content)
    except ValueError as error:
        return Line("content", ok=False, found=str(error))
    return Line(
        "content", ok=True, found=f"{len(program.topics)} topics, {', '.join(program.texts.languages)}"
    )


async def _database(settings: Settings, *, beside: bool = False) -> Line:
    """Open it and bring its schema up to date; `beside` a bot that has the file, that is the bot's matter."""
    try:
        store = open_store(settings.antipode_database_url)
        try:
            await store.migrate()
        finally:
            await store.close()
    except StoreInUse as error:
        found = f"a bot that runs works with {error.file}" if beside else str(error)
        return Line("database", ok=beside, found=found)
    except (StoreUnusable, OSError) as error:
        return Line("database", ok=False, found=f"ANTIPODE_DATABASE_URL cannot be used: {error}.")
    return Line("database", ok=True, found="reachable, the schema is this version's")


async def _clock(settings: Settings) -> Line:
    """Compare with a platform's own clock: every answer over HTTP has a Date."""
    addresses = {"telegram": settings.telegram_api_url, "slack": settings.slack_api_url}
    asked = next((name for name in addresses if name in settings.platforms), "")
    if not asked:
        return Line("clock", ok=True, found=f"{SystemClock().now():%Y-%m-%d %H:%M} UTC, not compared")
    try:
        patience = aiohttp.ClientTimeout(total=10)
        async with (
            aiohttp.ClientSession(timeout=patience, proxy=proxy_for(addresses[asked])) as session,
            session.get(addresses[asked], allow_redirects=False) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError):
        return Line("clock", ok=False, found=f"{asked.capitalize()}'s clock could not be asked")
    off = abs(SystemClock().now() - theirs)
    found = f"differs from {asked.capitalize()}'s by {off.total_seconds():.0f} s"
    return Line("clock", ok=off <= CLOCK_OFF, found=found)


def _secrets() -> Line:
    file = Path(".env")
    if not file.is_file():
        return Line("settings", ok=True, found="from the environment")
    readable = bool(file.stat().st_mode & 0o077)
    found = "others on this machine can read .env: chmod 600 .env" if readable else "only you can read .env"
    return Line("settings", ok=not readable, found=found)


def _file(settings: Settings) -> list[Line]:
    """Look who may read the file of SQLite: a backup that was put in its place may be open to everybody."""
    try:
        known = address(settings.antipode_database_url)
    except StoreUnusable:  # said by the line of the database
        return []
    file = Path(known.database or "")
    if known.get_backend_name() != "sqlite" or not file.is_file() or not file.stat().st_mode & 0o077:
        return []
    return [Line("file", ok=False, found=f"others on this machine can read {file}: chmod 600 {file}")]


async def _telegram(settings: Settings) -> list[Line]:
    if not settings.telegram_bot_token:
        return [Line("telegram", ok=True, found="not configured")]
    chat = TelegramChat(settings.telegram_bot_token, settings.telegram_api_url, SystemClock())
    webhook = settings.telegram_webhook_url if settings.telegram_mode == "webhook" else ""
    try:
        found = await facts(chat, settings.telegram_directors_chat, webhook=webhook)
    finally:
        await chat.close()
    return [Line(fact.name, fact.ok, fact.found) for fact in found]


async def _slack(settings: Settings) -> list[Line]:
    if "slack" not in settings.platforms:
        return [Line("slack", ok=True, found="not configured")]
    workspaces = Workspaces(settings.slack_api_url)
    try:
        found = await slack.facts(
            workspaces,
            SystemClock(),
            token=settings.slack_bot_token,
            app_token=settings.slack_app_token,
            channel=settings.slack_directors_channel,
            scopes=scopes_for(settings.slack_rooms),
        )
    finally:
        await workspaces.close()
    if not settings.slack_app_token:
        where = f"http://{settings.antipode_http}/slack/events (and commands, interactivity)"
        found.append(slack.Fact("slack requests", ok=True, found=f"signed, at {where}"))
    return [Line(fact.name, fact.ok, fact.found) for fact in found]
