"""A message becomes the calls that send it: pure, the arguments of the library's methods."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram import (
    ChatAdministratorRights,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    KeyboardButtonRequestChat,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from adapters.telegram.limits import BUTTON_BYTES, CAPTION, TEXT
from adapters.telegram.receive import INERT
from adapters.telegram.text import length, pieces
from bot.markup import plain
from bot.messages import Ask, Attachment, Choice, Message
from bot.ports import Rejected


#: Stands over buttons that cannot be under the text, because a picker or its removal is there.
POINTER = "👇"
_PHOTOS = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method of the library's Bot, with its arguments but the chat."""

    method: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: the words an adapter adds, and how moments and people are shown, depend on it."""

    accounts: Mapping[int, str] = field(default_factory=dict)
    zone: str = ""
    language: str = "en"
    #: Only in a private chat can a picker be shown.
    private: bool = True


def calls(message: Message, reader: Reader) -> list[Call]:
    """Give the calls that send a message, in order; the markup is on the last that may have one.

    Raises Rejected for a button that Telegram would not take.
    """
    texts = pieces(message.text, TEXT, accounts=reader.accounts, zone=reader.zone, language=reader.language)
    quiet = {"disable_notification": True} if message.silent else {}
    found = [_text(text, quiet) for text in texts]
    if message.attachment:
        found = _with_file(found, message, quiet)
    return _marked(found, message, reader, quiet)


def inline(rows: tuple[tuple[Choice, ...], ...]) -> InlineKeyboardMarkup | None:
    """Give the buttons under a message; None where there are none."""
    keyboard = [[_button(choice) for choice in row] for row in rows if row]
    return InlineKeyboardMarkup(keyboard) if keyboard else None


def settled(chosen: str) -> InlineKeyboardMarkup | None:
    """Give what stands in place of a message's buttons: what was chosen, as a button that does nothing."""
    return _single(f"✓ {plain(chosen)}", INERT) if chosen else None


def signed(by: str) -> InlineKeyboardMarkup | None:
    """Give who wrote a carried message, as a button under it: a copy shows no author."""
    return _single(plain(by), "r:by") if by else None


def _text(text: str, quiet: dict[str, Any]) -> Call:
    preview = LinkPreviewOptions(is_disabled=True)
    arguments = {"text": text, "parse_mode": "HTML", "link_preview_options": preview}
    return Call("send_message", arguments | quiet)


def _with_file(texts: list[Call], message: Message, quiet: dict[str, Any]) -> list[Call]:
    assert message.attachment is not None
    photo = message.attachment.mime in _PHOTOS
    name = "photo" if photo else "document"
    file: dict[str, Any] = {name: _file(message.attachment)}
    if not message.text.strip():
        return [Call(f"send_{name}", file | quiet)]
    if len(texts) == 1 and length(plain(message.text)) <= CAPTION:
        caption = {"caption": texts[0].arguments["text"], "parse_mode": "HTML"}
        return [Call(f"send_{name}", file | caption | quiet)]
    return [*texts, Call(f"send_{name}", file | quiet)]


def _file(attachment: Attachment) -> InputFile:
    content = base64.b64decode(attachment.content) if attachment.base64 else attachment.content.encode()
    return InputFile(content, filename=attachment.name)


def _marked(found: list[Call], message: Message, reader: Reader, quiet: dict[str, Any]) -> list[Call]:
    buttons = inline(message.rows)
    keyboard = _keyboard(message) if reader.private else None
    if keyboard is None:
        return _on_last(found, buttons)
    found = _on_last(found, keyboard)
    return found if buttons is None else [*found, *_on_last([_text(POINTER, quiet)], buttons)]


def _on_last(found: list[Call], markup: object) -> list[Call]:
    if markup is None:
        return found
    last = found[-1]
    return [*found[:-1], Call(last.method, last.arguments | {"reply_markup": markup})]


def _keyboard(message: Message) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if message.ask is Ask.CLOSE:
        return ReplyKeyboardRemove()
    if message.ask is Ask.NEW_GROUP:
        button = KeyboardButton(message.ask_label, request_chat=_request(message.ask_about))
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    return None


def _request(about: int) -> KeyboardButtonRequestChat:
    """Give the picker's wish: a new group of one's own, the bot in it, with the right to invite and to pin.

    Without any rights the button "succeeds" and adds nobody (tdlib/td#2572).
    """
    rights = ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=True,
        can_delete_messages=False,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users=True,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
        can_pin_messages=True,
        can_manage_topics=False,
    )
    return KeyboardButtonRequestChat(
        request_id=about,
        chat_is_channel=False,
        chat_is_forum=False,
        chat_has_username=False,
        chat_is_created=True,
        user_administrator_rights=rights,
        bot_administrator_rights=rights,
        bot_is_member=True,
        request_title=True,
    )


def _button(choice: Choice) -> InlineKeyboardButton:
    if choice.url:
        return InlineKeyboardButton(choice.label, url=choice.url)
    if not 1 <= len(choice.value.encode()) <= BUTTON_BYTES:
        raise Rejected(f"a button's value has 1 to {BUTTON_BYTES} bytes, not {choice.value!r}")
    return InlineKeyboardButton(choice.label, callback_data=choice.value)


def _single(label: str, value: str) -> InlineKeyboardMarkup:
    short = label if len(label) <= 60 else label[:59] + "…"
    return InlineKeyboardMarkup([[InlineKeyboardButton(short, callback_data=value)]])
