"""Telegram: updates become events, messages become calls of the Bot API."""

import os


# Otherwise the library warns, whenever Telegram asks us to wait, that it will soon tell that as a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")
