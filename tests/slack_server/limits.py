"""Slack's rate limits: calls of a method per minute and workspace, one message a second per channel.

Source: https://docs.slack.dev/apis/web-api/rate-limits. The bursts are Slack's secret; these are small.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass, field

from tests.slack_server.errors import too_many
from tests.strict.windows import Buckets, window_wait


PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL = {"chat.postMessage": 300, "auth.test": 600, "chat.getPermalink": 600, "oauth.v2.access": 600}
POSTS = frozenset({"chat.postMessage"})


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures; `speed=60` makes every window 60 times shorter, `on=False` lets everything through."""

    speed: float = 1.0
    on: bool = True
    per_channel: float = 1.0
    burst: int = 4
    events_per_hour: int = 30_000
    special: dict[str, int] = field(default_factory=lambda: dict(SPECIAL))

    def allowed(self, method: str, tier: int) -> int:
        """Gives how many calls of a method one workspace has in a minute."""
        return self.special.get(method) or PER_MINUTE.get(tier, 600)


@dataclass
class Pacer:
    """Counts what was called and says when it was too much; a refused call does not count."""

    limits: Limits = field(default_factory=Limits)
    refused: Counter[str] = field(default_factory=Counter)
    _buckets: Buckets[tuple[str, str]] = field(default_factory=Buckets)
    _windows: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    def count(self, method: str, tier: int, team: str, channel: str, *, now: float) -> None:
        """Counts one call, or refuses it with how many whole seconds to wait."""
        if not self.limits.on:
            return
        at = now * self.limits.speed
        window = self._windows.setdefault((team, method), deque())
        wait = window_wait(window, at, 60.0, self.limits.allowed(method, tier))
        if method in POSTS:
            burst, rate = self.limits.burst, self.limits.per_channel
            wait = max(wait, self._buckets.wait((team, channel), at, burst=burst, rate=rate))
        if wait > 0:
            self.refused[method] += 1
            raise too_many(max(1, math.ceil(wait / self.limits.speed)))
        window.append(at)
        if method in POSTS:
            self._buckets.take((team, channel))
