"""A chat on the wire, what is sent to it, and what it answers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.clock import VirtualClock
from adapters.telegram.chat import TelegramChat
from bot.events import RoomLost
from bot.messages import Address, Body, RoomDeed, Tend
from bot.ports import ChatError, Parcel
from tests.telegram_server import Group, Person, TelegramServer


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def chat_for(server: TelegramServer, **options: Any) -> TelegramChat:
    """Give a chat of the server's bot, not started."""
    url = f"http://127.0.0.1:{server.port}/"
    return TelegramChat(server.token, url, VirtualClock(NOW), **options)


def parcel(to: Person | Group, body: Body, **changes: Any) -> Parcel:
    """Give a body to send to somebody or to a group."""
    address = Address("telegram", "chat", str(to.id))
    return replace(Parcel(1, "reply/telegram/u1", address, str(to.id), body, NOW, None), **changes)


async def refusal(chat: TelegramChat, told: Parcel) -> ChatError:
    """Send what is refused; give the error."""
    with pytest.raises(ChatError) as caught:
        await chat.send(told)
    return caught.value


def deed(what: RoomDeed, group: Group, **values: str) -> Parcel:
    """Give a deed in a group to send."""
    return parcel(group, Tend(what, str(group.id), "spring.1", **values), key=f"room/spring.1/{what}")


async def lost(chat: TelegramChat, told: Parcel) -> list[str]:
    """Send a deed; give why the room is lost, if it is."""
    return [event.why for event in (await chat.send(told)).events if isinstance(event, RoomLost)]
