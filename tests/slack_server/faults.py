"""What goes wrong on purpose on the way to Slack and back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tests.strict.faults import Chances


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


@dataclass(kw_only=True)
class Faults(Chances[Fault]):
    """How often which faults happen, to what; and how deliveries are repeated and shuffled."""

    copies: int = 1
    shuffle: bool = False

    def disorder(self, waiting: list[T]) -> list[T]:
        """Gives the waiting deliveries in the order of a bad network path."""
        return self.random.sample(waiting, len(waiting)) if self.shuffle else waiting
