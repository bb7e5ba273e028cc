"""How fast a platform lets messages go out: arithmetic on the time it is given, no waiting of its own.

The figures are each platform's (`Pace`). Platforms change theirs without saying so, hence what they answer
counts more: a refused chat is parked as long as it was told, and for a while everything goes half as fast.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta


NONE = timedelta(0)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
#: Chats that were not written to for a while are forgotten once there are so many.
REMEMBERED = 20_000


def _no_group(_chat: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Pace:
    """A platform's limits; the defaults are careful ones."""

    #: Time between two messages to one chat, and how many may go at once after a rest.
    chat_every: timedelta = timedelta(seconds=1)
    chat_burst: int = 3
    #: No more than this many messages to one group in any such span.
    group_count: int = 20
    group_span: timedelta = timedelta(minutes=1)
    #: Messages a second over all chats, and how many of them may go at once.
    all_per_second: float = 25
    all_burst: int = 5
    #: How long everything goes at half the pace after a refusal.
    careful_for: timedelta = timedelta(minutes=2)
    is_group: Callable[[str], bool] = _no_group

    def faster(self, factor: float) -> "Pace":
        """Give the same limits on a clock that runs `factor` times as fast: for tests and trials."""
        return replace(
            self,
            chat_every=self.chat_every / factor,
            group_span=self.group_span / factor,
            all_per_second=self.all_per_second * factor,
            careful_for=self.careful_for / factor,
        )


@dataclass(slots=True)
class _Seen:
    """One chat: when its allowance is full again, its last messages, until when it is parked."""

    full_at: datetime = LONG_AGO
    times: deque[datetime] = field(default_factory=deque)
    parked_until: datetime = LONG_AGO


class Pacer:
    """Tells how long a message must wait; one for each bot token, which is what platforms limit."""

    def __init__(self, pace: Pace | None = None) -> None:
        """Take the platform's limits."""
        self.pace = pace or Pace()
        self._chats: dict[str, _Seen] = {}
        self._all_full_at = LONG_AGO
        self._parked_until = LONG_AGO
        self._careful_until = LONG_AGO

    def wait(self, chat: str, now: datetime) -> timedelta:
        """Give how long a message to `chat` must wait from `now`; zero when it may go."""
        at = max(
            now, self._parked_until, _allowed(self._all_full_at, self._all_every(now), self.pace.all_burst)
        )
        seen = self._chats.get(chat)
        if seen is None:
            return at - now
        at = max(at, seen.parked_until, _allowed(seen.full_at, self.pace.chat_every, self.pace.chat_burst))
        if self.pace.is_group(chat) and len(seen.times) >= self.pace.group_count:
            at = max(at, seen.times[-self.pace.group_count] + self.pace.group_span)
        return at - now

    def took(self, chat: str, now: datetime) -> None:
        """Note that a message to `chat` goes out at `now`."""
        self._all_full_at = max(self._all_full_at, now) + self._all_every(now)
        if len(self._chats) > REMEMBERED:
            self._forget(now)
        seen = self._chats.setdefault(chat, _Seen())
        seen.full_at = max(seen.full_at, now) + self.pace.chat_every
        if self.pace.is_group(chat):
            seen.times.append(now)
            while len(seen.times) > self.pace.group_count:
                seen.times.popleft()

    def refused(self, chat: str, now: datetime, after: timedelta, *, everything: bool = False) -> None:
        """Note that the platform told `chat` (or everything) to wait `after`; all goes slower for a while."""
        self._careful_until = max(self._careful_until, now + self.pace.careful_for)
        if everything:
            self._parked_until = max(self._parked_until, now + after)
            return
        seen = self._chats.setdefault(chat, _Seen())
        seen.parked_until = max(seen.parked_until, now + after)

    def _all_every(self, now: datetime) -> timedelta:
        every = timedelta(seconds=1 / self.pace.all_per_second)
        return every * 2 if now < self._careful_until else every

    def _forget(self, now: datetime) -> None:
        long_ago = now - self.pace.group_span
        self._chats = {
            chat: seen
            for chat, seen in self._chats.items()
            if seen.full_at > long_ago or seen.parked_until > now
        }


def _allowed(full_at: datetime, every: timedelta, burst: int) -> datetime:
    """Give when the next may go, if `burst` may go at once and the allowance is full again at `full_at`."""
    return full_at if full_at == LONG_AGO else full_at - every * (burst - 1)
