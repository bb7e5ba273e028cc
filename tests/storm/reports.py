"""What is told of an episode besides the audit: how processes died, who took over when, what came late."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lease import LEASE
from tests.storm.audit import Findings
from tests.storm.leases import LeaseWatch
from tests.storm.platform import Platform
from tests.storm.replica import Replica
from tests.storm.weather import Weather


#: Another takes over within the lease and a second.
WITHIN = LEASE.total_seconds() + 1
#: Seconds for which the database may be away.
LONGEST_TROUBLE = 5.0


def note_deaths(found: Findings, replicas: Sequence[Replica], weather: Weather, platform: Platform) -> None:
    """Count kills by point, starts that did not succeed, and the platform's faults."""
    deaths = [plan for replica in replicas for _, plan, _ in replica.kills]
    found.figures["kills"] += len(deaths)
    for plan in deaths:
        found.figures[f"killed: {plan.partition(':')[0] or 'random'}"] += 1
    ends = [end for replica in replicas for end in replica.ends]
    crashed = [words[-400:] for code, words in ends if code != 1 or _is_trace(words)]
    found.figures["starts refused with a sentence"] += len(ends) - len(crashed)
    found.must_be_none("processes that ended by themselves", crashed)
    for _, name in weather.happened:
        found.figures[f"database: {name}"] += 1
    found.figures["replicas stopped for 8 s"] += sum(len(replica.pauses) for replica in replicas)
    for kind, count in platform.faults().items():
        found.figures[f"fault: {kind}"] += count


def _is_trace(words: str) -> bool:
    """Tell whether the last words are not one sentence for the operator."""
    last = words.rstrip().rpartition("\n")[2]
    return last.startswith("{") or "Traceback (most recent call last)" in words


def note_leases(
    found: Findings, replicas: Sequence[Replica], weather: Weather, watch: LeaseWatch, platform: Platform
) -> None:
    """Measure how soon another took over, and look for what a late one sent."""
    if len(replicas) < 2:
        return
    pauses = [pause for replica in replicas for pause in replica.pauses]
    ends = [(at, name) for replica in replicas for at, _, name in replica.kills]
    ends += [(since, name) for since, _, name in pauses]
    spans = [(at, name, span) for at, name in ends if (span := watch.taken_over(name, at)) is not None]
    ready = [span for at, name, span in spans if _could_take_over(replicas, weather, name, at, span)]
    found.figures["take-overs"] += len(spans)
    found.figures["... by one that was there, with a database"] += len(ready)
    found.figures["longest of those, ms"] = round(1000 * max(ready, default=0.0))
    found.must_be_none("take-overs later than lease + 1 s", [span for span in ready if span > WITHIN])
    late = [
        f"{message.delivery} by {name}, {message.at - woken:.2f} s after it woke"
        for since, woken, name in pauses
        if watch.taken_over(name, since) is not None
        for message in platform.accepted()
        if message.by == name and message.at > woken and not watch.may_have_had(name, message.at)
    ]
    found.must_be_none("sent by one whose fence was broken", late)


def _could_take_over(
    replicas: Sequence[Replica], weather: Weather, name: str, at: float, span: float
) -> bool:
    """Tell whether another replica was running all the while, and its database was there."""
    troubled = any(at - LONGEST_TROUBLE < when < at + span for when, _ in weather.happened)
    others = [replica for replica in replicas if not name.startswith(f"{replica.name}.")]
    return not troubled and any(other.was_there(at, at + span) for other in others)
