"""Telegram's flood limits: about one message a second per chat, 20 a minute per group, 30 a second over all.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.strict.windows import Buckets, window_wait
from tests.telegram_server.errors import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures; `speed=20` makes every window 20 times shorter, `on=False` lets everything through."""

    speed: float = 1.0
    on: bool = True
    per_chat: float = 1.0
    burst: int = 5
    per_group_minute: int = 20
    overall: int = 30


@dataclass
class Pacer:
    """Counts what was sent and says when it was too much; a refused message does not count."""

    limits: Limits = field(default_factory=Limits)
    refused: Counter[int] = field(default_factory=Counter)
    _buckets: Buckets[int] = field(default_factory=Buckets)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=deque)

    def count(self, chat_id: int, *, now: float) -> None:
        """Counts one message into a chat, or refuses it with how many whole seconds to wait."""
        if not self.limits.on:
            return
        at = now * self.limits.speed
        wait = max(self._chat_wait(chat_id, at), self._group_wait(chat_id, at), self._overall_wait(at))
        if wait > 0:
            self.refused[chat_id] += 1
            raise too_many(max(1, math.ceil(wait / self.limits.speed)))
        self._buckets.take(chat_id)
        self._all.append(at)
        if chat_id < 0:
            self._groups[chat_id].append(at)

    def _chat_wait(self, chat_id: int, at: float) -> float:
        return self._buckets.wait(chat_id, at, burst=self.limits.burst, rate=self.limits.per_chat)

    def _group_wait(self, chat_id: int, at: float) -> float:
        if chat_id > 0:
            return 0.0
        return window_wait(self._groups.setdefault(chat_id, deque()), at, 60.0, self.limits.per_group_minute)

    def _overall_wait(self, at: float) -> float:
        return window_wait(self._all, at, 1.0, self.limits.overall)
