"""What every process must know of the directors' room: the code that claims it, and that it was claimed.

An update reaches whichever process the proxy chose; what one of them printed or heard, all of them must know.
"""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.ports import Clock, StoreAway
from bot.settings import Settings
from storage.database import Database
from storage.milestones import noted


#: How soon a process notices that another heard of the first directors' room, or of another one.
SOON, RELOAD = timedelta(seconds=1), timedelta(minutes=1)


async def claim_code(settings: Settings, database: Database, now: datetime) -> str:
    """Give the code of this database: the same at every process and every start, and nobody can guess it.

    It is made of the tokens, which nobody else knows, and of the moment at which it was first asked for.
    """
    began = await noted(database, "claiming", now)
    tokens = (
        settings.telegram_bot_token,
        settings.slack_bot_token,
        settings.slack_signing_secret,
        settings.slack_client_secret,
    )
    return hmac.new("\n".join(tokens).encode(), began.isoformat().encode(), "sha256").hexdigest()[:8]


async def keep_met(meet: Callable[[], Awaitable[object]], known: Callable[[], str], clock: Clock) -> None:
    """Notice that another process heard of a room: in a second when there was none, else in a minute."""
    while True:
        await clock.sleep(RELOAD if known() else SOON)
        with suppress(StoreAway):  # /readyz tells of it; a moment later it is tried again
            await meet()
