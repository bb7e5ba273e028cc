"""What Telegram allows, as figures (core.telegram.org/bots/faq, "My bot is hitting limits")."""

from datetime import timedelta

from bot.messages import Carry, Message, OpenRoom
from bot.pace import Budget, Pace, all_chats, each_chat


#: Most signs of a text after its markup is read, of a caption, of a button's value (bytes), of a popup.
TEXT = 4096
CAPTION = 1024
BUTTON_BYTES = 64
POPUP = 200


def is_group(chat: str) -> bool:
    """Tell whether a chat id is a group's: those are negative."""
    return chat.startswith("-")


def _group(chat: str) -> str | None:
    return chat if is_group(chat) else None


#: One a second in a chat with short bursts (we keep to three: of five some were refused now and then, on the
#: wire), 20 a minute in a group, 30 a second over all, which go evenly: 25 a second at first, 28 to 29 when
#: the way to Telegram is known to vary by less than 50 ms.
_MESSAGES = (
    Budget("chat", each_chat, every=timedelta(seconds=1), burst=3, parks=True),
    Budget("group", _group, count=20, span=timedelta(minutes=1)),
    Budget("all", all_chats, count=30, span=timedelta(seconds=1), evenly=True, slows=True),
)
#: The limits are of messages: taking buttons away and tending a chat count for nothing.
PACE = Pace({Message: _MESSAGES, Carry: _MESSAGES, OpenRoom: _MESSAGES})
