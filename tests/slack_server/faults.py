"""Things that go wrong on purpose: by seeded chance, or for the next call of a method."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar


T = TypeVar("T")


class Fault(StrEnum):
    """What happens to a call. Only the `after` ones let it take effect."""

    TOO_MANY = "too_many"  # 429 with `Faults.retry_after`
    SERVER_ERROR = "server_error"  # 500 with JSON: internal_error
    UNAVAILABLE = "unavailable"  # 503 with HTML
    FATAL_AFTER = "fatal_after"  # done, answered with fatal_error ("may have succeeded")
    RESET_BEFORE = "reset_before"  # connection reset, nothing done
    RESET_AFTER = "reset_after"  # done, then the connection is reset
    HANG = "hang"  # nothing done, never answered
    HANG_AFTER = "hang_after"  # done, never answered
    GARBAGE_AFTER = "garbage_after"  # done, answered with something that is not JSON


@dataclass
class Faults:
    """Which faults happen how often (0 to 1 each), to what; `copies` and `shuffle` are for deliveries."""

    seed: int = 0
    chances: dict[Fault, float] = field(default_factory=dict)
    methods: frozenset[str] | None = None
    copies: int = 1
    shuffle: bool = False
    retry_after: int = 1
    happened: Counter[Fault] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._planned: list[tuple[str, Fault]] = []

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """Makes the next calls of a method go wrong."""
        self._planned += [(method, fault)] * times

    def choose(self, method: str) -> Fault | None:
        """Gives what happens to this call."""
        fault = self._choose(method)
        if fault:
            self.happened[fault] += 1
        return fault

    def _choose(self, method: str) -> Fault | None:
        for planned in self._planned:
            if planned[0] == method:
                self._planned.remove(planned)
                return planned[1]
        if self.methods is not None and method not in self.methods:
            return None
        draw = self._random.random()
        for fault, chance in self.chances.items():
            draw -= chance
            if draw < 0:
                return fault
        return None

    def disorder(self, waiting: list[T]) -> list[T]:
        """Gives the waiting deliveries in the order of a bad network path."""
        return self._random.sample(waiting, len(waiting)) if self.shuffle else waiting
