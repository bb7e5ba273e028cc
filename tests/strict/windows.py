"""How a platform counts against its limits: so many in a window of time, or a bucket that fills again."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar


K = TypeVar("K", bound=Hashable)


@dataclass
class Buckets(Generic[K]):
    """A bucket for each key: it holds `burst`, and `rate` a second come back."""

    _left: dict[K, tuple[float, float]] = field(default_factory=dict)

    def wait(self, key: K, at: float, *, burst: float, rate: float) -> float:
        """Gives for how long nothing can be taken; 0.0 where something can."""
        left, since = self._left.get(key, (burst, at))
        left = min(burst, left + (at - since) * rate)
        self._left[key] = (left, at)
        return 0.0 if left >= 1 - 1e-6 else (1 - left) / rate

    def take(self, key: K) -> None:
        """Takes one, right after `wait` gave 0.0."""
        left, since = self._left[key]
        self._left[key] = (left - 1, since)


def window_wait(times: deque[float], at: float, length: float, most: int) -> float:
    """Gives for how long a window is full; forgets what has left it."""
    while times and times[0] <= at - length:
        times.popleft()
    return 0.0 if len(times) < most else times[0] + length - at
