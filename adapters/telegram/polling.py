"""Receiving by asking (getUpdates), so that nothing is lost: the offset moves after the commit.

The library's own loop confirms updates before they are handled and stops for ever at one it cannot read,
hence this one (python-telegram-bot 22.8, measured 2026-11-21).
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from adapters.telegram.chat import TelegramChat
from adapters.telegram.intake import Bury, Handle, Intake
from adapters.telegram.receive import ALLOWED_UPDATES
from bot.ports import ChatError, StoreAway


log = structlog.get_logger()

#: Seconds Telegram may hold a question while there is nothing to tell (it allows 50).
HOLD = 50
BATCH = 100
SHORTEST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=1)
#: How soon a process that stands by notices that it is its turn.
LOOK_AGAIN = timedelta(milliseconds=250)


class NotReceived(Exception):
    """Telegram gave no updates: the wait it asked for, or None where it asked for none."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Polling:
    """Receives for one bot until cancelled; one process at a time, or Telegram answers 409.

    Of several processes the one asks that `may`: the others stand by.
    """

    def __init__(
        self,
        chat: TelegramChat,
        handle: Handle,
        bury: Bury,
        *,
        hold: int = HOLD,
        backoff: timedelta = SHORTEST_BACKOFF,
        may: Callable[[], bool] = lambda: True,
    ) -> None:
        """Take the chat whose token it asks for, and where updates and dead letters go."""
        self.may = may
        self.intake = Intake(chat, handle, bury)
        self.chat = chat
        self.hold = hold
        self.shortest = backoff
        #: When Telegram last answered: a watchdog compares it with the time.
        self.last_received: datetime | None = None
        self._offset: int | None = None

    async def run(self) -> None:
        """Receive until cancelled: what was not committed then comes again at the next start."""
        await self._begin()
        backoff = self.shortest
        while True:
            await self._stand_by()
            try:
                await self._once()
                backoff = self.shortest
            except NotReceived as error:
                log.warning("telegram_not_received", why=str(error))
                await self.chat.clock.sleep(max(error.after or backoff, backoff))
                backoff = min(backoff * 2, LONGEST_BACKOFF)
            except StoreAway as error:
                # Nothing is confirmed, so the same updates come again.
                log.warning("telegram_not_handled", why=str(error))
                await self.chat.clock.sleep(self.shortest)
            except Exception:
                # A defect that not even a dead letter could be made of: receiving must not end with it.
                # Nothing is confirmed, so the same updates come again, ever more seldom.
                log.exception("telegram_not_handled")
                await self.chat.clock.sleep(backoff)
                backoff = min(backoff * 2, LONGEST_BACKOFF)

    async def _stand_by(self) -> None:
        while not self.may():
            self.last_received = self.chat.clock.now()  # nothing is missed: another process receives
            await self.chat.clock.sleep(LOOK_AGAIN)

    async def _begin(self) -> None:
        backoff = self.shortest
        while True:
            try:
                await self.chat.listen_by_asking()
            except ChatError as error:
                log.warning("telegram_not_reached", why=str(error))
                await self.chat.clock.sleep(backoff)
                backoff = min(backoff * 2, LONGEST_BACKOFF)
            else:
                return

    async def _once(self) -> None:
        updates = await self._ask()
        self.last_received = self.chat.clock.now()
        updates.sort(key=_number)
        await self.intake.take(updates)
        # After a week without updates Telegram begins anywhere anew, perhaps lower: an offset that has
        # been confirmed by an empty answer is therefore forgotten.
        last = max(map(_number, updates), default=-1)
        self._offset = last + 1 if last >= 0 else None

    async def _ask(self) -> list[Any]:
        question: dict[str, Any] = {
            "timeout": self.hold,
            "limit": BATCH,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            question["offset"] = self._offset
        url = f"{self.chat.api_url}/bot{self.chat.token}/getUpdates"
        try:
            status, raw = await self.chat.requests.ask("POST", url, self.hold + 15, json=question)
            told = json.loads(raw)
        except TelegramError as error:
            raise NotReceived(error.message) from None
        except ValueError as error:
            raise NotReceived(type(error).__name__) from None
        return _updates(status, told)


def _updates(status: int, told: Any) -> list[Any]:
    if isinstance(told, dict) and told.get("ok") and isinstance(told.get("result"), list):
        return list(told["result"])
    parameters = told.get("parameters") if isinstance(told, dict) else None
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    after = timedelta(seconds=seconds) if isinstance(seconds, int) else None
    raise NotReceived(f"status {status}", after)


def _number(update: Any) -> int:
    """Give an update's number, -1 for what has none: something on the way may have changed their order."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else -1
