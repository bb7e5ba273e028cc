"""The menus of commands: a list for each kind of chat and each language, with the words of the content.

Menus are a help to the eye only: who may do what is decided elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from adapters.telegram.chat import TelegramChat
from adapters.telegram.errors import translate
from bot.markup import plain
from bot.texts import Program


#: The commands of each menu, in its order; the words are `menu.<menu>.<command>`.
PRIVATE = (
    "apply",
    "status",
    "partner",
    "prompt",
    "when",
    "profile",
    "away",
    "back",
    "language",
    "report",
    "block",
    "withdraw",
    "mydata",
    "forget",
    "privacy",
    "help",
)
ROOM = ("prompt", "when", "partner", "status", "help")
DIRECTORS = (
    "queue",
    "status",
    "round",
    "pairs",
    "case",
    "people",
    "person",
    "topics",
    "broadcast",
    "ambassadors",
    "survey",
    "report",
    "share",
    "export",
    "audit",
    "health",
    "rehearse",
    "directors",
    "help",
)
MOST_LETTERS = 256


@dataclass(frozen=True, slots=True)
class Menu:
    """One list of commands, as Telegram takes it."""

    scope: BotCommandScope
    #: Two letters; "" for everybody whose language has no list of its own.
    language: str
    commands: tuple[BotCommand, ...]


def menus(program: Program, directors_chat: str = "") -> Iterator[Menu]:
    """Give every list: private chats and groups in each language, the directors' room in English."""
    for language in program.texts.languages:
        code = "" if language == "en" else language
        if len(code) > 2 or not _has_words(program, language):
            continue
        private = commands(program, language, "private", PRIVATE)
        yield Menu(BotCommandScopeAllPrivateChats(), code, private)
        yield Menu(BotCommandScopeAllGroupChats(), code, commands(program, language, "room", ROOM))
    if directors_chat:
        scope = BotCommandScopeChat(int(directors_chat))
        yield Menu(scope, "", commands(program, "en", "directors", DIRECTORS))


def commands(program: Program, language: str, menu: str, names: Sequence[str]) -> tuple[BotCommand, ...]:
    """Give one menu's commands with their words."""
    return tuple(
        BotCommand(name, plain(program.say(language, f"menu.{menu}.{name}"))[:MOST_LETTERS]) for name in names
    )


async def publish(chat: TelegramChat, program: Program, directors_chat: str = "") -> None:
    """Set every list; raises one of the ChatErrors for the first that could not be set."""
    for menu in menus(program, directors_chat):
        try:
            await chat.bot.set_my_commands(
                menu.commands, scope=menu.scope, language_code=menu.language or None
            )
        except TelegramError as error:
            raise translate(error) from error


def _has_words(program: Program, language: str) -> bool:
    return any(key.startswith("menu.") for key in program.texts.keys(language))
