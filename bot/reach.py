"""Whether a platform and the database can be reached: misses in a row are their trouble, not a message's.

While a platform is away one message at a time tries it, each to another chat, ever more seldom up to half a
minute; all keep their places. So an outage of an hour ends within that half minute, the oldest go first,
and a message that alone is refused again and again holds up nobody.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.ports import Clock, StoreAway


log = structlog.get_logger()

#: So many in a row that certainly did not arrive mean that the platform is away.
AWAY_AFTER = 3
#: The longest rest between two tries of a platform that is away.
AWAY = timedelta(seconds=30)
#: How long the sender waits before it asks a database again that was away.
STORE_BACK = timedelta(milliseconds=500)


@dataclass(slots=True)
class Reach:
    """What the last tries came to, in steady seconds."""

    #: Chats that have tried it since it is away: the others come first.
    tried: set[str] = field(default_factory=set)
    _missed: int = 0
    _rest_until: float = 0.0

    @property
    def away(self) -> bool:
        """Tell whether the platform counts as away."""
        return self._missed >= AWAY_AFTER

    def answered(self) -> None:
        """Note that the platform said anything at all."""
        self._missed = 0
        self.tried.clear()

    def missed(self, now: float, chat: str = "") -> bool:
        """Note that something did not arrive; tells whether the platform counts as away now."""
        self._missed += 1
        if self.away:
            rest = min(2.0 ** min(self._missed - AWAY_AFTER, 10), AWAY.total_seconds())
            self._rest_until = max(self._rest_until, now + rest)
            self.tried.add(chat)
        return self.away

    def room(self, free: int, under_way: int, now: float) -> int:
        """Give how many of the free places may be used: all, or one for a try after a rest."""
        if not self.away:
            return free
        return 0 if under_way or now < self._rest_until else min(free, 1)


async def surely(deed: Callable[[], Awaitable[None]], clock: Clock) -> bool:
    """Do it, however long the database is away; tells whether it could be done."""
    while True:
        try:
            await deed()
        except StoreAway as error:
            log.warning("store_away", why=str(error))
            await clock.sleep(STORE_BACK)
        except Exception:
            # Trying the same again would meet the same defect; the caller ends the message another way.
            log.exception("mark_failed")
            return False
        else:
            return True
