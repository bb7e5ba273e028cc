"""The real client library, pointed at the server."""

from __future__ import annotations

import os

from telegram import Bot
from telegram.request import HTTPXRequest

from tests.telegram_server.server import TelegramServer


#: RetryAfter warns of its own future unless told to have arrived there (python-telegram-bot 22.2).
os.environ.setdefault("PTB_TIMEDELTA", "true")


def library(server: TelegramServer) -> Bot:
    """Gives python-telegram-bot's Bot for `async with`; it loads no certificates, which takes a while."""
    plain = {"verify": False, "trust_env": False}
    return Bot(
        server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=HTTPXRequest(httpx_kwargs=plain),
        get_updates_request=HTTPXRequest(httpx_kwargs=plain),
    )
