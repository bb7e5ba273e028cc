"""`antipode run`: the program on every platform the settings configure."""

import secrets
import socket
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta

from adapters.clock import SystemClock
from adapters.web import PortTaken
from bot.app import Bot
from bot.entry.again import try_letters
from bot.entry.claiming import claim_code
from bot.entry.logs import set_up_logs
from bot.entry.machine import Machine
from bot.entry.meter import Counted, Meter
from bot.entry.side import Around, NotStarted, Side, all_of
from bot.entry.watch import Watch
from bot.ports import StoreAway
from bot.sender import Lane
from bot.settings import Settings
from bot.texts import Program, load_program
from scheduler.jobs import Job
from storage import StoreInUse, StoreUnusable, open_store


#: How soon what an operator asked for is tried again.
AGAIN = timedelta(seconds=10)


async def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl-C; gives the exit code, 1 with one sentence when it could not start."""
    set_up_logs()
    if not settings.platforms:
        print(
            "No platform is configured: set TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN"
            " (see README, or try `antipode play`)."
        )
        return 1
    try:
        async with AsyncExitStack() as stack:
            machine, sides = await _machine(settings, stack)
            await machine.run(lambda port: _started(machine, sides, port))
    except StoreAway:
        print("The database (ANTIPODE_DATABASE_URL) cannot be reached. Run `antipode check`.")
        return 1
    except StoreUnusable as error:
        print(f"The database (ANTIPODE_DATABASE_URL) cannot be used: {error}. Run `antipode check`.")
        return 1
    except (StoreInUse, PortTaken, ValueError, NotStarted) as error:
        print(error)
        return 1
    return 0


def _started(machine: Machine, sides: Sequence[Side], port: int) -> None:
    for side in sides:
        if side.claiming:
            print(side.claiming.format(code=machine.bot.claim_code))
    print(f"Antipode is running (health: port {port}).", flush=True)


async def _machine(settings: Settings, stack: AsyncExitStack) -> tuple[Machine, Sequence[Side]]:
    clock = SystemClock()
    holder = "local" if settings.antipode_database_url.startswith("sqlite") else _own_name()
    store = open_store(
        settings.antipode_database_url, holder=holder, pace=settings.antipode_pace, shared=True
    )
    stack.push_async_callback(store.close)
    await store.migrate()
    telegram = slack = None
    # A platform's libraries take a quarter of a second and thirty MiB: only who uses it waits for them.
    if "telegram" in settings.platforms:
        from bot.entry.telegram import telegram_chat, telegram_side  # noqa: PLC0415 - as said

        telegram = await telegram_chat(settings, clock, stack)
    if "slack" in settings.platforms:
        from bot.entry.slack import slack_side, slack_workspaces  # noqa: PLC0415 - as said

        slack = await slack_workspaces(settings, stack)
    program = _program(settings, {"telegram": telegram.me.username} if telegram else {})
    meter = Meter()
    counted = Counted(store, meter, clock.now, clock.monotonic)
    code = await claim_code(settings, store.database, clock.now())
    bot = Bot(counted, program, clock, claim_code=code)
    around = Around(settings, store, bot, stack)
    sides = []
    if telegram:
        sides.append(await telegram_side(telegram, around))
    if slack:
        sides.append(await slack_side(slack, around))
    if not any(side.claiming for side in sides):
        bot.claim_code = ""
    lanes = [Lane(side.chat, counted, clock, bot.handle, holder=holder, pacer=side.pacer) for side in sides]
    around.lanes.update({lane.chat.platform: lane for lane in lanes})
    # A week of seconds needs looks many times a day of it.
    every = min(timedelta(seconds=1), settings.antipode_pace / 100)
    keep = timedelta(days=settings.antipode_retention_days)
    tidy = Job("tidy", timedelta(hours=1), lambda: store.tidy(clock.now(), keep))
    again = Job("letters", AGAIN, lambda: try_letters(store, bot.handle, clock.now()))
    watch = Watch(store, meter, clock.now, tuple(side.chat.platform for side in sides))
    machine = Machine(bot, clock, lanes, all_of(sides), watch, settings.http, jobs=(tidy, again), every=every)
    return machine, sides


def _program(settings: Settings, names: dict[str, str]) -> Program:
    return load_program(
        settings.antipode_content,
        pace=settings.antipode_pace,
        retention_days=settings.antipode_retention_days,
        bot_names=names,
    )


def _own_name() -> str:
    return f"{socket.gethostname()}-{secrets.token_hex(4)}"
