"""Which fault of a platform happens to a call: by seeded chance, or as planned for the next of a method."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar


F = TypeVar("F", bound=StrEnum)


@dataclass(kw_only=True)
class Chances(Generic[F]):
    """Which faults happen how often (0 to 1 each), and to which methods (None: to all)."""

    seed: int = 0
    chances: dict[F, float] = field(default_factory=dict)
    methods: frozenset[str] | None = None
    retry_after: int = 1
    happened: Counter[F] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self._planned: list[tuple[str, F]] = []

    def plan(self, method: str, fault: F, times: int = 1) -> None:
        """Makes the next calls of a method go wrong."""
        self._planned += [(method, fault)] * times

    def choose(self, method: str) -> F | None:
        """Gives what happens to this call."""
        fault = self._choose(method)
        if fault:
            self.happened[fault] += 1
        return fault

    def _choose(self, method: str) -> F | None:
        for planned in self._planned:
            if planned[0] == method:
                self._planned.remove(planned)
                return planned[1]
        if self.methods is not None and method not in self.methods:
            return None
        draw = self.random.random()
        for fault, chance in self.chances.items():
            draw -= chance
            if draw < 0:
                return fault
        return None
