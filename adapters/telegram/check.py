"""What `antipode check` wants to know about Telegram: facts, each with what was found."""

from dataclasses import dataclass

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.chat import TelegramChat


_AWAY = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at."""

    name: str
    ok: bool
    #: What was found, for the operator.
    found: str


async def facts(chat: TelegramChat, directors_chat: str = "", *, webhook: str = "") -> list[Fact]:
    """Look at the token, the settings with BotFather, the directors' room, and the webhook where one is used.

    Never raises: what cannot be found out is a fact that is not ok. Looks behind nothing that failed.
    """
    bot = chat.bot
    try:
        me = await bot.get_me()
    except InvalidToken:
        return [Fact("telegram token", ok=False, found="Telegram does not know TELEGRAM_BOT_TOKEN.")]
    except TelegramError as error:
        return [
            Fact("telegram", ok=False, found=f"{chat.api_url} cannot be reached: {type(error).__name__}.")
        ]
    found = [Fact("telegram token", ok=True, found=f"@{me.username}")]
    found.append(_groups(can_join=bool(me.can_join_groups)))
    found.append(_privacy(reads_all=bool(me.can_read_all_group_messages)))
    if directors_chat:
        found.append(await _directors(bot, me.id, directors_chat))
    if webhook:
        found.append(await _webhook(bot, webhook))
    return found


def _groups(*, can_join: bool) -> Fact:
    words = "can be added to groups" if can_join else "turn on /setjoingroups with @BotFather"
    return Fact("telegram groups", ok=can_join, found=words)


def _privacy(*, reads_all: bool) -> Fact:
    words = "turn on /setprivacy with @BotFather" if reads_all else "privacy mode is on"
    return Fact("telegram privacy", ok=not reads_all, found=words)


async def _webhook(bot: Bot, wanted: str) -> Fact:
    name = "telegram webhook"
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        return Fact(name, ok=False, found=f"Telegram could not be asked about it: {type(error).__name__}.")
    if not info.url:
        return Fact(name, ok=True, found="not set yet; `antipode run` sets it")
    if info.url != wanted:
        return Fact(name, ok=False, found="set to another address: start anew, or does another bot run?")
    if info.pending_update_count and info.last_error_message:
        waits, why = info.pending_update_count, info.last_error_message
        return Fact(name, ok=False, found=f"Telegram cannot deliver: {why} ({waits} waiting)")
    return Fact(name, ok=True, found="set")


async def _directors(bot: Bot, me: int, chat_id: str) -> Fact:
    name = "telegram directors' room"
    try:
        room = await bot.get_chat(int(chat_id))
        if room.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
            return Fact(name, ok=False, found=f"it is a {room.type} chat; a private group is needed.")
        own = await bot.get_chat_member(room.id, me)
    except (TelegramError, ValueError) as error:
        return Fact(name, ok=False, found=f"TELEGRAM_DIRECTORS_CHAT is no group of the bot: {error}.")
    if room.username:
        return Fact(name, ok=False, found="it is a public group; a private one is needed.")
    if own.status in _AWAY:
        return Fact(name, ok=False, found="the bot is not in it.")
    admin = isinstance(own, ChatMemberAdministrator | ChatMemberOwner)
    return Fact(name, ok=True, found="private, the bot is " + ("an administrator" if admin else "a member"))
