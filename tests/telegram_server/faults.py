"""What goes wrong on purpose on the way to Telegram and back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tests.strict.faults import Chances
from tests.telegram_server.updates import Update


class Fault(StrEnum):
    """What happens to a call. Only the `after` ones let it take effect."""

    TOO_MANY = "too_many"  # 429 with `Faults.retry_after`
    SERVER_ERROR = "server_error"  # 500 with JSON
    BAD_GATEWAY = "bad_gateway"  # 502 with HTML
    RESET_BEFORE = "reset_before"  # connection reset, nothing done
    RESET_AFTER = "reset_after"  # done, then the connection is reset
    HANG = "hang"  # nothing done, never answered
    HANG_AFTER = "hang_after"  # done, never answered
    GARBAGE_AFTER = "garbage_after"  # done, answered with something that is not JSON


@dataclass(kw_only=True)
class Faults(Chances[Fault]):
    """How often which faults happen, to what; and how updates are repeated and shuffled."""

    copies: int = 1
    shuffle: int = 0

    def disorder(self, updates: list[Update]) -> list[Update]:
        """Gives updates repeated and out of order, as a bad network path could make them."""
        repeated = [update for update in updates for _ in range(self.copies)]
        if not self.shuffle:
            return repeated
        keys = {i: i + self.random.random() * self.shuffle for i in range(len(repeated))}
        return [repeated[i] for i in sorted(keys, key=lambda i: keys[i])]
