"""What Telegram allows, as figures (core.telegram.org/bots/faq, "My bot is hitting limits")."""

from datetime import timedelta

from bot.pacer import Pace


#: Most signs of a text after its markup is read, of a caption, of a button's value (bytes), of a popup.
TEXT = 4096
CAPTION = 1024
BUTTON_BYTES = 64
POPUP = 200


def is_group(chat: str) -> bool:
    """Tell whether a chat id is a group's: those are negative."""
    return chat.startswith("-")


#: One a second in a chat with short bursts, 20 a minute in a group, 30 a second over all; we keep to 25 and
#: burst by two, since on their way messages come closer together (5 were refused now and then, on the wire).
PACE = Pace(
    chat_every=timedelta(seconds=1),
    chat_burst=3,
    group_count=20,
    group_span=timedelta(minutes=1),
    all_per_second=25,
    all_burst=2,
    is_group=is_group,
)
