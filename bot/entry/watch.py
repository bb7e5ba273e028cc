"""What those who watch the machine are told: /metrics (numbers) and /readyz (what is missing, in sentences).

The numbers of this process come from its `Meter`, those of the way out from the database when somebody asks.
A database that does not answer in time is itself told, and nothing waits for it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from adapters.metrics import Family, Histogram, Sample
from bot.entry.meter import BOUNDS, Meter
from bot.ports import Due, StoreAway
from storage.operations import AGES, OLDER, PLANNED, Backlog


#: A database that has not answered in this many seconds counts as away.
PATIENCE = 2.0
#: A look that is this late means that something is wrong.
LATE = timedelta(minutes=2)
UNFINISHED = timedelta(days=2)

#: The counters: the name of each, what `Meter` calls it, its meaning, whether it has a kind and what that is.
COUNTERS = (
    ("events_received", "received", "Events that platforms handed over.", "kind"),
    ("events_repeated", "repeated", "Events that had come before and changed nothing.", ""),
    ("events_decided", "decided", "Events that a rule decided about.", ""),
    ("events_passed_over", "passed-over", "Events in chats that are nobody's room.", ""),
    ("events_failed", "failed", "Events that became dead letters.", ""),
    ("deliveries_sent", "sent", "Deliveries that a platform took.", ""),
    ("deliveries_retried", "retried", "Tries that did not arrive and come again.", "reason"),
    ("deliveries_given_up", "given-up", "Deliveries that this process gave up.", ""),
)


class Watched(Protocol):
    """The store, as far as it is watched."""

    async def backlog(self, now: datetime) -> Backlog:
        """Give how the way out stands."""

    async def next_due(self, unfinished_after: timedelta) -> Due:
        """Give what is due next."""


@dataclass(slots=True)
class Watch:
    """One process and its database, watched."""

    store: Watched
    meter: Meter
    now: Callable[[], datetime]
    #: Platforms that are configured.
    lanes: Sequence[str] = ()
    last_look: datetime | None = None
    clock_steps: int = 0
    patience: float = PATIENCE
    #: What receivers miss, name and sentence.
    unheard: Callable[[], Mapping[str, str]] = dict

    async def readiness(self) -> tuple[Mapping[str, str], Mapping[str, object]]:
        """Give what is missing, each in a sentence, and the facts: nothing that names anybody."""
        found, now = await self._ask(), self.now()
        receipts = [*self.meter.receipts.values(), *([found[0].last_receipt] if found else [])]
        last = max((at for at in receipts if at), default=None)
        return self._missing(found, now), {
            "database": found is not None,
            "sends": {lane: self.meter.lanes.get(lane, False) for lane in self.lanes},
            "last_receipt": last.isoformat() if last else None,
            "last_look": self.last_look.isoformat() if self.last_look else None,
        }

    async def families(self) -> list[Family]:
        """Give every metric."""
        found, now = await self._ask(), self.now()
        missing = self._missing(found, now)
        known = [*self._counters(), self._decisions(), *self._moments(now)]
        known.append(_gauge("ready", "1 while nothing is missing (/readyz).", int(not missing)))
        known.append(_gauge("database_up", "1 when the database answered in time.", int(found is not None)))
        return known + (self._of_the_database(*found, now) if found else [])

    def _missing(self, found: tuple[Backlog, Due] | None, now: datetime) -> dict[str, str]:
        missing = dict(self.unheard())
        if self.last_look is None:
            missing["looks"] = "nobody has looked yet at what is due"
        elif now - self.last_look > LATE:
            missing["looks"] = "the last look at what is due is too long ago"
        if found is None:
            return missing | {"database": "the database does not answer"}
        leases = found[0].leases
        idle = [lane for lane in self.lanes if lane not in leases or leases[lane][1] < now]
        return missing | {f"sending {lane}": f"nobody sends on {lane}" for lane in idle}

    async def _ask(self) -> tuple[Backlog, Due] | None:
        try:
            async with asyncio.timeout(self.patience):
                return await self.store.backlog(self.now()), await self.store.next_due(UNFINISHED)
        except (StoreAway, TimeoutError):
            return None

    def _counters(self) -> list[Family]:
        grouped: dict[str, Counter[tuple[str, ...]]] = {what: Counter() for _, what, _, _ in COUNTERS}
        for (what, platform, kind), many in self.meter.counts.items():
            grouped[what][platform, kind] += many
        return [
            Family(
                f"antipode_{name}",
                "counter",
                meaning,
                ("platform", label) if label else ("platform",),
                tuple(
                    Sample(many, labels if label else labels[:1])
                    for labels, many in sorted((grouped[what] or self._none(label)).items())
                ),
            )
            for name, what, meaning, label in COUNTERS
        ]

    def _none(self, label: str) -> Counter[tuple[str, ...]]:
        """Give zeros: a counter that is there from the start can be seen to rise."""
        return Counter() if label else Counter({(lane, ""): 0 for lane in self.lanes})

    def _decisions(self) -> Family:
        summed, buckets = 0, []
        for bound, many in zip((*map(str, BOUNDS), "+Inf"), self.meter.spans, strict=True):
            summed += many
            buckets.append((bound, summed))
        meaning = "From hearing events until what they led to was durable."
        histogram = Histogram(tuple(buckets), self.meter.seconds)
        return Family("antipode_decision_seconds", "histogram", meaning, histogram=histogram)

    def _moments(self, now: datetime) -> list[Family]:
        refused = {
            platform: many
            for (what, platform, kind), many in self.meter.counts.items()
            if (what, kind) == ("retried", "asked-to-wait")
        }
        late = (now - self.last_look).total_seconds() if self.last_look else float("nan")
        return [
            _by_platform(
                "rate_limited",
                "Refusals with a time to wait (429).",
                dict.fromkeys(self.lanes, 0) | refused,
                kind="counter",
            ),
            _by_platform(
                "lease_held",
                "1 where this process sends.",
                {lane: int(self.meter.lanes.get(lane, False)) for lane in self.lanes},
            ),
            _gauge("look_age_seconds", "Since the last look at what is due.", late),
            Family(
                "antipode_clock_steps",
                "counter",
                "How often the wall clock jumped.",
                samples=(Sample(self.clock_steps),),
            ),
        ]

    def _of_the_database(self, backlog: Backlog, due: Due, now: datetime) -> list[Family]:
        ages = (PLANNED, *AGES, OLDER)
        platforms = sorted({*self.lanes, *(platform for platform, _ in backlog.waiting)})
        waiting = tuple(
            Sample(backlog.waiting.get((platform, age), 0), (platform, age))
            for platform in platforms
            for age in ages
        )
        oldest = {platform: (now - at).total_seconds() for platform, at in backlog.oldest.items()}
        given_up = tuple(Sample(many, labels) for labels, many in sorted(backlog.given_up.items()))
        late = max(0.0, (now - due.look).total_seconds()) if due.look else 0.0
        receipt = backlog.last_receipt
        return [
            Family(
                "antipode_deliveries_waiting",
                "gauge",
                "Deliveries not sent, by how long they are due.",
                ("platform", "age"),
                waiting,
            ),
            _by_platform(
                "oldest_due_seconds", "How long the oldest is due.", dict.fromkeys(platforms, 0.0) | oldest
            ),
            Family(
                "antipode_given_up_last_day",
                "gauge",
                "Deliveries given up in the last day.",
                ("platform", "reason"),
                given_up,
            ),
            _gauge("dead_letters", "Events that could not be decided.", backlog.dead_letters),
            _gauge("look_late_seconds", "How long the oldest look is due.", late),
            _gauge(
                "last_receipt_timestamp_seconds",
                "When the last event came.",
                receipt.timestamp() if receipt else 0.0,
            ),
            _by_platform(
                "lease_live",
                "1 where some process sends.",
                {lane: int(lane in backlog.leases and backlog.leases[lane][1] >= now) for lane in self.lanes},
            ),
        ]


def _gauge(name: str, meaning: str, value: float) -> Family:
    return Family(f"antipode_{name}", "gauge", meaning, samples=(Sample(value),))


def _by_platform(name: str, meaning: str, values: Mapping[str, float], *, kind: str = "gauge") -> Family:
    samples = tuple(Sample(value, (platform,)) for platform, value in sorted(values.items()))
    return Family(f"antipode_{name}", kind, meaning, ("platform",), samples)
