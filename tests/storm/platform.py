"""What the storm asks of a platform: the bot's settings for it, trouble and calm, and what it counted.

A second platform is a second object like this one; the audit knows nothing else of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import unquote

from adapters.telegram.receive import Me, read
from bot.events import Event, Said, Tapped
from tests.storm.postman import SETTINGS
from tests.storm.replica import Replica
from tests.telegram_server import Fault, Faults, TelegramServer
from tests.telegram_server.limits import Limits
from tests.telegram_server.world import BOT_ID


#: Of all calls: 8 % 429, 5 % 5xx, 3 % reset before, 3 % reset after acceptance, 1 % hang.
CHANCES = {
    Fault.TOO_MANY: 0.08,
    Fault.SERVER_ERROR: 0.03,
    Fault.BAD_GATEWAY: 0.02,
    Fault.RESET_BEFORE: 0.03,
    Fault.RESET_AFTER: 0.03,
    Fault.HANG: 0.005,
    Fault.HANG_AFTER: 0.005,
}
HANGS = frozenset({Fault.HANG, Fault.HANG_AFTER})
AMBIGUOUS = frozenset({Fault.RESET_AFTER, Fault.HANG_AFTER, Fault.GARBAGE_AFTER})
_MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument", "copyMessage"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message that the platform took."""

    delivery: str
    method: str
    chat: str
    words: str
    at: float
    #: The bot did not learn that it was taken, by a fault of the platform's making.
    ambiguous: bool
    #: The name of the process that sent it.
    by: str = ""
    #: It went to somebody's own conversation with the bot.
    private: bool = False


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One event that the platform was told to have been received."""

    id: str
    #: Somebody said or tapped it in their own chat, so they are owed an answer.
    personal: bool
    #: What was tapped, "" for anything else, and by whom.
    value: str = ""
    account: str = ""

    @classmethod
    def of(cls, event: Event) -> Acknowledged:
        """Give what the storm looks at of an event."""
        value = event.value if isinstance(event, Tapped) else ""
        account = event.sender.account if event.sender else ""
        return cls(event.id, event.private and isinstance(event, Said | Tapped), value, account)


class Platform(Protocol):
    """One platform's stand-in."""

    name: str
    #: It can be asked whether a message has arrived, in somebody's own conversation with the bot.
    tells: bool

    def opens(self, replicas: Sequence[Replica]) -> None:
        """Learn which processes it may bring updates to."""

    def settings(self) -> dict[str, str]:
        """Give the bot's settings for it."""

    def trouble(self, seed: int, *, hangs: bool = True) -> None:
        """Begin to fail; without hangs, which take 20 seconds each, for a short storm."""

    def calm(self) -> None:
        """Fail no more."""

    def waiting(self) -> int:
        """Count what was not yet acknowledged."""

    def accepted(self) -> list[Accepted]:
        """Give every message it took, oldest first."""

    def acknowledged(self) -> list[Acknowledged]:
        """Give every event it was told to have been received."""

    def wrong(self) -> list[str]:
        """Give what no correct bot does."""

    def faults(self) -> dict[str, int]:
        """Count what went wrong, by kind."""


class FewHangs(Faults):
    """A question for updates that hangs would take a minute of everybody's: there it is an error instead."""

    def choose(self, method: str) -> Fault | None:
        """Give what happens to this call."""
        found = super().choose(method)
        return Fault.SERVER_ERROR if method == "getUpdates" and found in HANGS else found


@dataclass
class TelegramPlatform:
    """`tests.telegram_server` as the storm sees it."""

    server: TelegramServer
    #: How many times as fast its limits are.
    speed: float
    #: Several replicas hear of updates by webhooks, which somebody else delivers.
    webhooks: bool = False
    name: str = "telegram"
    tells: bool = False
    _past: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server.limits = Limits(speed=self.speed)

    def settings(self) -> dict[str, str]:
        """Give the bot's settings for it."""
        return {
            "TELEGRAM_API_URL": f"http://127.0.0.1:{self.server.port}",
            "TELEGRAM_BOT_TOKEN": self.server.token,
            "STORM_SPEED": str(self.speed),
        } | (SETTINGS if self.webhooks else {})

    def opens(self, replicas: Sequence[Replica]) -> None:
        """Do nothing: updates are asked for, or brought by a postman."""

    def trouble(self, seed: int, *, hangs: bool = True) -> None:
        """Begin to fail: faults, every update three times, out of order."""
        chances = {kind: chance for kind, chance in CHANCES.items() if hangs or kind not in HANGS}
        self.server.faults = FewHangs(seed=seed, chances=chances, copies=3, shuffle=50)

    def calm(self) -> None:
        """Fail no more."""
        self._past = {kind.value: count for kind, count in self.server.faults.happened.items()}
        self.server.faults = Faults()

    def waiting(self) -> int:
        """Count what was not yet acknowledged."""
        return len(self.server.updates.waiting())

    def accepted(self) -> list[Accepted]:
        """Give every message it took, oldest first."""
        with self.server.stage.lock:
            calls = [call for call in self.server.calls if call.ok and call.method in _MESSAGES]
        return [
            Accepted(
                unquote(call.delivery.partition("|")[2]),
                call.method,
                str(call.params["chat_id"]),
                str(
                    call.result.get("text") or call.result.get("caption") or call.params.get("message_id", "")
                ),
                call.at,
                call.fault in AMBIGUOUS,
                call.delivery.partition("|")[0],
            )
            for call in calls
        ]

    def acknowledged(self) -> list[Acknowledged]:
        """Give every event it was told to have been received."""
        me = Me(BOT_ID, self.server.bot.username)
        with self.server.stage.lock:
            waiting = {update.id for update in self.server.updates.waiting()}
            bodies = {update.id: update.body for update in self.server.updates.history}
        events = [
            event
            for number, body in bodies.items()
            if number not in waiting
            for event in read(body, me, datetime.now(UTC))
        ]
        return [Acknowledged.of(event) for event in events]

    def wrong(self) -> list[str]:
        """Give what no correct bot does."""
        return [str(violation) for violation in self.server.violations]

    def faults(self) -> dict[str, int]:
        """Count what went wrong, by kind."""
        return dict(self._past)
