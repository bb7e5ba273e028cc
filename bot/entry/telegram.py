"""The side of Telegram in `antipode run`."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import structlog

from adapters.telegram.chat import TelegramChat
from adapters.telegram.limits import PACE
from adapters.telegram.menu import publish
from adapters.telegram.polling import Polling
from adapters.telegram.webhook import webhook_route
from bot.entry.claiming import keep_met
from bot.entry.machine import Receiver, Receiving
from bot.entry.side import Around, Heard, NotStarted, Side
from bot.pacer import Pacer
from bot.ports import CannotReach, ChatError, Clock, NotSent, Rejected, RetryLater, Uncertain
from bot.settings import Settings
from storage.speaking import speaks_as


log = structlog.get_logger()

#: Telegram answers a question after 50 seconds at the latest.
SILENCE = timedelta(minutes=3)
#: How long a start waits between its tries, and at most as long as Telegram asks it to.
WAITS = (timedelta(milliseconds=200), timedelta(seconds=1), timedelta(seconds=2))
LONGEST_WAIT = timedelta(seconds=5)


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


async def telegram_chat(settings: Settings, clock: Clock, stack: AsyncExitStack) -> TelegramChat:
    """Give the chat, with its own account known; raises NotStarted."""
    chat = TelegramChat(settings.telegram_bot_token, settings.telegram_api_url, clock)
    stack.push_async_callback(chat.close)
    try:
        await _patiently(chat.start, clock)
    except ChatError as error:
        raise NotStarted(unusable(error)) from error
    return chat


async def telegram_side(chat: TelegramChat, around: Around) -> Side:
    """Give everything of Telegram that runs; raises NotStarted."""
    chat.spoken = around.program.texts.spoken
    await speaks_as(around.store.database, "telegram", str(chat.me.id), around.clock.now())
    wanted = around.settings.telegram_directors_chat
    if wanted.removeprefix("-").isdecimal():
        wanted = await chat.where_is(wanted)
    chat.hear_directors(await around.room("telegram", wanted))
    try:
        receiving = await _receiving(chat, around)
    except ChatError as error:
        raise NotStarted(unusable(error)) from error
    with suppress(ChatError):  # a menu is a help to the eye only; the next start sets it again
        await publish(chat, around.program, chat.me.directors)
    claiming = "No directors' group yet. In a private group with the bot, send: /claim {code}"
    return Side(chat, receiving, Pacer(PACE), "" if chat.me.directors else claiming)


async def _receiving(chat: TelegramChat, around: Around) -> Receiving:
    meet = partial(_meet_directors, chat, around)
    handle: Heard = around.heard(meet)
    met: Receiver = partial(keep_met, meet, lambda: chat.me.directors, around.clock)
    settings = around.settings
    if settings.telegram_mode == "polling":
        polling = Polling(chat, handle, around.bury, may=partial(around.leads, "telegram"))
        began = around.clock.now()
        return Receiving(
            runs=(polling.run, met), missing=lambda: _unheard(polling.last_received or began, around.clock)
        )
    path = urlsplit(settings.telegram_webhook_url).path or "/"
    try:
        listen = partial(chat.listen_at, settings.telegram_webhook_url, settings.telegram_webhook_secret)
        await _patiently(listen, around.clock)
    except RetryLater:
        # Another replica has just set the same address.
        log.warning("webhook_set_by_another")
    route = webhook_route(path, settings.telegram_webhook_secret, chat, handle, around.bury)
    return Receiving((route,), (met,))


async def _patiently(ask: Callable[[], Awaitable[object]], clock: Clock) -> None:
    """Ask; a platform that stumbles just now is asked again a few times before the start is given up."""
    for wait in WAITS:
        try:
            await ask()
        except RetryLater as error:
            if error.everything or error.after > LONGEST_WAIT:
                raise
            await clock.sleep(error.after)
        except (NotSent, Uncertain):
            await clock.sleep(wait)
        else:
            return
    await ask()


def _unheard(last: datetime, clock: Clock) -> Mapping[str, str]:
    """Tell when Telegram has not answered for longer than it may hold a question."""
    if clock.now() - last < SILENCE:
        return {}
    return {"telegram": "no answer for more than three minutes"}


async def _meet_directors(chat: TelegramChat, around: Around) -> None:
    """Hear the group that was claimed just now, and show its menu."""
    known = await around.room("telegram")
    if not known or known == chat.me.directors:
        return
    chat.hear_directors(known)
    with suppress(ChatError):  # a menu is a help to the eye only
        await publish(chat, around.program, known)
