"""`antipode run`: the program on every platform the settings configure."""

import secrets
import socket
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from adapters.clock import SystemClock
from adapters.telegram.chat import TelegramChat
from adapters.telegram.limits import PACE
from adapters.telegram.menu import publish
from adapters.telegram.polling import Polling
from adapters.telegram.webhook import webhook_route
from adapters.web import PortTaken
from bot.app import Bot
from bot.entry.again import try_letters
from bot.entry.logs import set_up_logs
from bot.entry.machine import Machine, Receiving
from bot.entry.meter import Counted, Meter
from bot.entry.watch import Watch
from bot.events import Event, Moved
from bot.model import DirectorsRoom
from bot.outcome import Outcome
from bot.pacer import Pacer
from bot.ports import CannotReach, ChatError, Clock, Rejected, RetryLater
from bot.routing import is_claim
from bot.sender import Lane
from bot.settings import Settings
from bot.texts import Program, load_program
from scheduler.jobs import Job
from storage import StoreImplementation, StoreInUse, open_store


log = structlog.get_logger()

#: Telegram answers a question after 50 seconds at the latest.
SILENCE = timedelta(minutes=3)
#: How soon what an operator asked for is tried again.
AGAIN = timedelta(seconds=10)


async def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl-C; gives the exit code, 1 with one sentence when it could not start."""
    set_up_logs()
    sentence = _not_configured(settings)
    if sentence:
        print(sentence)
        return 1
    try:
        async with AsyncExitStack() as stack:
            machine = await _machine(settings, stack)
            await machine.run(lambda port: _started(machine, port))
    except (StoreInUse, PortTaken, ValueError) as error:
        print(error)
        return 1
    except ChatError as error:
        print(unusable(error))
        return 1
    return 0


def unusable(error: ChatError) -> str:
    """Give the sentence for a start that Telegram did not let happen, without names of a library."""
    match error:
        case RetryLater(everything=True):
            return "Telegram does not know TELEGRAM_BOT_TOKEN. Run `antipode check`."
        case RetryLater():
            return f"Telegram asks to wait {error.after.total_seconds():g} s. Then start again."
        case CannotReach() | Rejected():
            return f"Telegram refused the start: {error.why}. Run `antipode check`."
    return "Telegram cannot be reached. Run `antipode check`."


def _started(machine: Machine, port: int) -> None:
    code = machine.bot.claim_code
    if code:
        print(f"No directors' group yet. In a private group with the bot, send: /claim {code}")
    print(f"Antipode is running (health: port {port}).", flush=True)


def _not_configured(settings: Settings) -> str:
    if settings.slack_bot_token:
        return "Slack is not part of this version yet: take SLACK_BOT_TOKEN out of the settings."
    if not settings.telegram_bot_token:
        return "No platform is configured: set TELEGRAM_BOT_TOKEN (see README, or try `antipode play`)."
    return ""


async def _machine(settings: Settings, stack: AsyncExitStack) -> Machine:
    clock = SystemClock()
    holder = "local" if settings.antipode_database_url.startswith("sqlite") else _own_name()
    store = open_store(settings.antipode_database_url, holder=holder, pace=settings.antipode_pace)
    stack.push_async_callback(store.close)
    await store.migrate()
    telegram = TelegramChat(settings.telegram_bot_token, settings.telegram_api_url, clock)
    stack.push_async_callback(telegram.close)
    me = await telegram.start()
    program = _program(settings, {"telegram": me.username})
    telegram.spoken = program.texts.spoken
    meter = Meter()
    counted = Counted(store, meter, clock.now, clock.monotonic)
    bot = Bot(counted, program, clock, claim_code=secrets.token_hex(4))
    telegram.hear_directors(await _directors(settings, store, bot))
    receiving = await _receiving(settings, telegram, bot, store)
    await publish(telegram, program, telegram.me.directors)
    lane = Lane(telegram, counted, clock, bot.handle, holder=holder, pacer=Pacer(PACE))
    # A week of seconds needs looks many times a day of it.
    every = min(timedelta(seconds=1), settings.antipode_pace / 100)
    keep = timedelta(days=settings.antipode_retention_days)
    tidy = Job("tidy", timedelta(hours=1), lambda: store.tidy(clock.now(), keep))
    again = Job("letters", AGAIN, lambda: try_letters(store, bot.handle, clock.now()))
    watch = Watch(store, meter, clock.now, (telegram.platform,))
    return Machine(bot, clock, (lane,), receiving, watch, settings.http, jobs=(tidy, again), every=every)


def _program(settings: Settings, names: dict[str, str]) -> Program:
    return load_program(
        settings.antipode_content,
        pace=settings.antipode_pace,
        retention_days=settings.antipode_retention_days,
        bot_names=names,
    )


async def _directors(settings: Settings, store: StoreImplementation, bot: Bot) -> str:
    """Give the directors' room; where there is none, the bot's code claims one."""
    now = bot.clock.now()
    async with store.unit() as unit:
        known = (await unit.work.rooms()).get("telegram")
        if settings.telegram_directors_chat and (not known or known.chat != settings.telegram_directors_chat):
            known = DirectorsRoom("telegram", settings.telegram_directors_chat, now)
            await unit.save(Outcome((known,)), now)
    if known is None:
        return ""
    bot.claim_code = ""
    return known.chat


async def _receiving(
    settings: Settings, telegram: TelegramChat, bot: Bot, store: StoreImplementation
) -> Receiving:
    async def bury(platform: str, event: str, error: str, payload: str) -> None:
        log.error("update_not_read", platform=platform, event_id=event, error=error)
        async with store.unit() as unit:
            await unit.dead_letter(platform, event, error, payload, at=bot.clock.now())

    async def handle(events: Sequence[Event]) -> None:
        await bot.handle(events)
        if any(isinstance(event, Moved) or is_claim(event) for event in events):
            await _meet_directors(telegram, store, bot.program)

    if settings.telegram_mode == "polling":
        polling, began = Polling(telegram, handle, bury), bot.clock.now()
        return Receiving(
            runs=(polling.run,), missing=lambda: _unheard(polling.last_received or began, bot.clock)
        )
    path = urlsplit(settings.telegram_webhook_url).path or "/"
    try:
        await telegram.listen_at(settings.telegram_webhook_url, settings.telegram_webhook_secret)
    except RetryLater:
        # Another replica has just set the same address.
        log.warning("webhook_set_by_another")
    return Receiving((webhook_route(path, settings.telegram_webhook_secret, telegram, handle, bury),))


def _unheard(last: datetime, clock: Clock) -> Mapping[str, str]:
    """Tell when Telegram has not answered for longer than it may hold a question."""
    if clock.now() - last < SILENCE:
        return {}
    return {"telegram": "no answer for more than three minutes"}


async def _meet_directors(telegram: TelegramChat, store: StoreImplementation, program: Program) -> None:
    """Hear the group that was claimed just now, and show its menu."""
    async with store.unit() as unit:
        known = (await unit.work.rooms()).get("telegram")
    if known is None or known.chat == telegram.me.directors:
        return
    telegram.hear_directors(known.chat)
    with suppress(ChatError):  # a menu is a help to the eye only
        await publish(telegram, program, known.chat)


def _own_name() -> str:
    return f"{socket.gethostname()}-{secrets.token_hex(4)}"
