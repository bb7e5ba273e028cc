"""`tests.slack_server` as the storm sees it: by Socket Mode or by signed requests, with taps that Slack
delivers once only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from adapters.slack.receive import Known, read
from tests.slack_server import Fault, Faults, Limits, SlackServer
from tests.slack_server.deliveries import Delivery, Outcome
from tests.slack_server.posting import Posting, Urls
from tests.storm.platform import Accepted, Acknowledged
from tests.storm.replica import Replica


#: Of all calls: 8 % 429, 5 % 5xx, 3 % reset before, 3 % reset after acceptance, 1 % hang.
CHANCES = {
    Fault.TOO_MANY: 0.08,
    Fault.SERVER_ERROR: 0.03,
    Fault.UNAVAILABLE: 0.02,
    Fault.RESET_BEFORE: 0.03,
    Fault.RESET_AFTER: 0.03,
    Fault.HANG: 0.005,
    Fault.HANG_AFTER: 0.005,
}
#: How the ids of conversations with one person begin, and those of people.
OWN = ("D", "U", "W")
HANGS = frozenset({Fault.HANG, Fault.HANG_AFTER})
AMBIGUOUS = frozenset({Fault.RESET_AFTER, Fault.HANG_AFTER})
#: A form that was being opened when the bot was killed is asked for again: the person has it already.
EXCUSED = ("exchanged_trigger", "expired_trigger")
#: How many times as fast its limits are, and how many times sooner it tries an event again.
SPEED = 60.0


class FewHangs(Faults):
    """A start that hangs would take everybody's time: there it is an error instead."""

    def choose(self, method: str) -> Fault | None:
        """Give what happens to this call."""
        found = super().choose(method)
        starts = method in {"apps.connections.open", "auth.test"}
        return Fault.SERVER_ERROR if starts and found in HANGS else found


@dataclass
class Door:
    """The proxy before the replicas: each signed request goes to one of those that listen."""

    posting: Posting
    replicas: Sequence[Replica]
    choice: random.Random = field(default_factory=lambda: random.Random(0))

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Try once and give what came of it."""
        ports = [port for port in (replica.port for replica in self.replicas if replica.alive) if port]
        if not ports:
            return Outcome("connection_failed")
        self.posting.urls = Urls.at(f"http://127.0.0.1:{self.choice.choice(ports)}")
        return await self.posting.deliver(delivery)


@dataclass
class SlackPlatform:
    """One workspace."""

    server: SlackServer
    #: By signed requests in place of the socket.
    signed: bool = False
    name: str = "slack"
    tells: bool = True
    _past: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server.limits = Limits(speed=SPEED)
        self.server.courier.backoff = 1 / SPEED

    def settings(self) -> dict[str, str]:
        """Give the bot's settings for it."""
        return {
            "SLACK_API_URL": self.server.base_url,
            "SLACK_BOT_TOKEN": self.server.bot_token,
            "SLACK_PACE_FACTOR": f"{SPEED:g}",
        } | (
            {"SLACK_SIGNING_SECRET": self.server.signing_secret}
            if self.signed
            else {"SLACK_APP_TOKEN": self.server.app_token}
        )

    def opens(self, replicas: Sequence[Replica]) -> None:
        """Learn where the signed requests may go."""
        if self.signed:
            door = Door(self.server.posting, replicas)
            self.server.courier.route = lambda: door

    def trouble(self, seed: int, *, hangs: bool = True) -> None:
        """Begin to fail: faults, every event three times, out of order."""
        chances = {kind: chance for kind, chance in CHANCES.items() if hangs or kind not in HANGS}
        self.server.faults = FewHangs(seed=seed, chances=chances, copies=3, shuffle=True)

    def calm(self) -> None:
        """Fail no more."""
        self._past = {kind.value: count for kind, count in self.server.faults.happened.items()}
        self.server.faults = Faults()

    def waiting(self) -> int:
        """Count what was not yet acknowledged."""
        with self.server.stage.lock:
            return sum(not delivery.done for delivery in self.server.deliveries)

    def accepted(self) -> list[Accepted]:
        """Give every message it took, oldest first."""
        return [
            Accepted(
                str(call.params.get("metadata", {}).get("event_payload", {}).get("key", "")),
                call.method,
                str(call.params["channel"]),
                str(call.params["text"]).replace("*", ""),
                call.at,
                call.fault in AMBIGUOUS,
                call.by.partition("|")[0],
                str(call.params["channel"]).startswith(OWN),
            )
            for call in self.server.calls_of("chat.postMessage")
            if call.ok
        ]

    def acknowledged(self) -> list[Acknowledged]:
        """Give every event it was told to have been received."""
        known = Known({self.server.team.id: self.server.team.bot.id})
        with self.server.stage.lock:
            bodies = [delivery.body for delivery in self.server.deliveries if delivery.acked]
        events = [event for body in bodies for event in read(body, known, datetime.now(UTC)).events]
        return [Acknowledged.of(event) for event in events]

    def wrong(self) -> list[str]:
        """Give what no correct app does."""
        return [str(each) for each in self.server.violations if not each.words.startswith(EXCUSED)]

    def faults(self) -> dict[str, int]:
        """Count what went wrong, by kind."""
        return dict(self._past)
