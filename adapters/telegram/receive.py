"""A raw update becomes events: pure, and reading only what it needs.

The library's own types refuse a whole update when a field that we never look at is missing
(ChatMemberAdministrator without can_post_stories), so updates are read as they come. What a pair writes
to each other is dropped here, before anything is kept: of a shared chat only commands, replies to the bot
and service messages get any further; of the directors' own group every line does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from adapters.telegram.members import chat_member, join_request, my_chat_member
from adapters.telegram.read import Json, base
from bot.events import Event, Joined, Left, Moved, RoomOpened, Said, Tapped


#: What a message can be besides text; the first that is there names it.
MEDIA = (
    "animation",  # has a document as well
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",  # has a location as well
    "location",
    "video",
    "video_note",
    "voice",
)
#: The value of a button that only shows what was chosen.
INERT = "-"
#: All the kinds of update we read; Telegram keeps an earlier wish when none is said.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str
    #: The directors' group, where plain lines are commands too; "" before one is known.
    directors: str = ""


def read(update: Json, me: Me, now: datetime) -> list[Event]:
    """Give the events of one update, none for what does not concern us.

    The update's own time counts where it has one. Raises KeyError, TypeError or ValueError (and their
    like) for an update that is not as Telegram documents it.
    """
    for kind, reader in _READERS.items():
        if kind in update:
            return reader(update[kind], f"u{int(update['update_id'])}", me, now)
    return []


def callback_id(update: Json) -> str:
    """Give the id by which a tap must be answered; "" for anything else."""
    query = update.get("callback_query")
    return str(query.get("id", "")) if isinstance(query, Mapping) else ""


def _message(message: Json, event: str, me: Me, now: datetime, *, edited: bool = False) -> list[Event]:
    kind = message["chat"]["type"]
    if kind == "channel" or "from" not in message:
        return []
    at = _time(message.get("edit_date") if edited else message["date"], now)
    if kind == "private":
        return _private(message, event, me, at, edited=edited)
    return _shared(message, event, me, at, edited=edited)


def _edited(message: Json, event: str, me: Me, now: datetime) -> list[Event]:
    return _message(message, event, me, now, edited=True)


def _private(message: Json, event: str, me: Me, at: datetime, *, edited: bool) -> list[Event]:
    shared = message.get("chat_shared")
    if shared is not None:
        common = base(event, at, shared["chat_id"], message["from"]) | {"private": False}
        return [RoomOpened(about=str(shared["request_id"]), **common)]
    said = _said(message, event, me, at, edited=edited)
    return [said] if said else []


def _shared(message: Json, event: str, me: Me, at: datetime, *, edited: bool) -> list[Event]:
    chat = message["chat"]["id"]
    if "migrate_to_chat_id" in message:
        return [Moved(to=str(message["migrate_to_chat_id"]), **base(event, at, chat, None))]
    if "new_chat_members" in message:
        came = [user for user in message["new_chat_members"] if not user.get("is_bot")]
        return [Joined(**base(_part(event, at_), at, chat, user)) for at_, user in enumerate(came)]
    gone = message.get("left_chat_member")
    if gone is not None:
        return [] if gone.get("is_bot") else [Left(**base(event, at, chat, gone))]
    said = _said(message, event, me, at, edited=edited)
    if said is None or not (said.text.startswith("/") or _is_reply(message, me) or str(chat) == me.directors):
        return []
    word, _, payload = said.text.partition(" ")
    if word == "/start" and payload.isdigit() and not edited and said.sender and not said.sender.anonymous:
        return [RoomOpened(about=payload, **base(event, at, chat, message["from"]))]
    return [said]


def _said(message: Json, event: str, me: Me, at: datetime, *, edited: bool) -> Said | None:
    """Give what was said; None for a service message, and for another bot's command in a shared chat."""
    media = next((kind for kind in MEDIA if kind in message), "")
    if not media and "text" not in message:
        return None
    private = message["chat"]["type"] == "private"
    text = clean(message.get("text", message.get("caption", "")))
    own = _own_command(text, me)
    if own is None and not private:
        return None
    return Said(
        text=text if own is None else own,
        media=media,
        ref=str(message["message_id"]),
        order=float(message["message_id"]) if private and not edited else 0.0,
        forwarded="forward_origin" in message,
        edited=edited,
        **(base(event, at, message["chat"]["id"], message["from"], message) | {"private": private}),
    )


def _own_command(text: str, me: Me) -> str | None:
    """Give the text with the bot's name taken off its command; None where another bot is called."""
    if not text.startswith("/"):
        return text
    command, space, rest = text.partition(" ")
    word, at, name = command.partition("@")
    if not at:
        return text
    return word + space + rest if name.lower() == me.username.lower() else None


def _is_reply(message: Json, me: Me) -> bool:
    to = message.get("reply_to_message")
    return to is not None and to.get("from", {}).get("id") == me.id


def _callback_query(query: Json, event: str, me: Me, now: datetime) -> list[Event]:
    message, value = query.get("message"), query.get("data", INERT)
    if message is None or value == INERT:
        return []
    private = message["chat"]["type"] == "private"
    common = base(event, now, message["chat"]["id"], query["from"]) | {"private": private}
    return [Tapped(value=clean(value), ref=str(message["message_id"]), **common)]


def clean(text: str) -> str:
    """Give the text without what a database cannot hold: halves of surrogate pairs, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _part(event: str, number: int) -> str:
    return f"{event}.{number}" if number else event


def _time(seconds: int | None, now: datetime) -> datetime:
    """Give a moment of Telegram's clock, never later than ours: what is to be sent would wait for it."""
    return min(datetime.fromtimestamp(seconds, UTC), now) if seconds else now


def _my_chat_member(change: Json, event: str, me: Me, now: datetime) -> list[Event]:
    return my_chat_member(change, event, me.id, _time(change.get("date"), now))


def _chat_member(change: Json, event: str, me: Me, now: datetime) -> list[Event]:
    return chat_member(change, event, _time(change.get("date"), now))


def _join_request(request: Json, event: str, me: Me, now: datetime) -> list[Event]:
    return join_request(request, event, _time(request.get("date"), now))


Reader: TypeAlias = Callable[[Any, str, Me, datetime], list[Event]]
_READERS: Mapping[str, Reader] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _callback_query,
    "my_chat_member": _my_chat_member,
    "chat_member": _chat_member,
    "chat_join_request": _join_request,
}
