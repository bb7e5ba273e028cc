"""The few things every reader of updates needs: who it was, and what every event has."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from bot.events import Sender


Json: TypeAlias = Mapping[str, Any]

PLATFORM = "telegram"
#: Accounts that stand for somebody hidden: an anonymous administrator, a channel, Telegram itself.
HIDDEN = frozenset({1087968824, 136817688, 777000})


def person(user: Json, message: Json | None = None) -> Sender:
    """Give who a user is; `message` may say that they write in the name of a chat."""
    name = " ".join(part for part in (user.get("first_name"), user.get("last_name")) if part)
    return Sender(
        account=str(int(user["id"])),
        name=clean_name(name),
        handle=user.get("username", ""),
        language=user.get("language_code", "").lower(),
        anonymous=user["id"] in HIDDEN or (message is not None and "sender_chat" in message),
    )


def base(
    event: str, at: datetime, chat: int, user: Json | None, message: Json | None = None
) -> dict[str, Any]:
    """Give what every event has; shared chats have negative ids."""
    return {
        "id": event,
        "platform": PLATFORM,
        "at": at,
        "chat": str(int(chat)),
        "private": int(chat) > 0,
        "sender": person(user, message) if user else None,
    }


def clean_name(name: str) -> str:
    """Give a name as one line that a database can hold."""
    return " ".join(name.encode("utf-8", "replace").decode().replace("\x00", "").split())
