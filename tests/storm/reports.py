"""What is told of an episode besides the audit: how processes died, who took over when, what came late."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sender import LEASE
from tests.storm.audit import Findings
from tests.storm.leases import LeaseWatch
from tests.storm.platform import Platform
from tests.storm.replica import Replica
from tests.storm.weather import Weather


#: Another takes over within the lease and a second.
WITHIN = LEASE.total_seconds() + 1


def note_deaths(found: Findings, replicas: Sequence[Replica], weather: Weather, platform: Platform) -> None:
    """Count kills by point, starts that did not succeed, and the platform's faults."""
    deaths = [plan for replica in replicas for _, plan, _ in replica.kills]
    found.figures["kills"] += len(deaths)
    for plan in deaths:
        found.figures[f"killed: {plan.partition(':')[0] or 'random'}"] += 1
    ends = [end for replica in replicas for end in replica.ends]
    refused = [words for code, words in ends if code == 1 and "Traceback" not in words]
    found.figures["starts refused with a sentence"] += len(refused)
    crashed = [words[-400:] for code, words in ends if not (code == 1 and "Traceback" not in words)]
    found.must_be_none("processes that ended by themselves", crashed)
    for _, name in weather.happened:
        found.figures[f"database: {name}"] += 1
    found.figures["replicas stopped for 8 s"] += sum(len(replica.pauses) for replica in replicas)
    for kind, count in platform.faults().items():
        found.figures[f"fault: {kind}"] += count


def note_leases(found: Findings, replicas: Sequence[Replica], watch: LeaseWatch, platform: Platform) -> None:
    """Measure how soon another took over, and look for what a late one sent."""
    if len(replicas) < 2:
        return
    starts = [(at, name) for replica in replicas for at, _, name in replica.kills]
    pauses = [pause for replica in replicas for pause in replica.pauses]
    starts += [(since, name) for since, _, name in pauses]
    spans = [span for at, name in starts if (span := watch.taken_over(name, at)) is not None]
    found.figures["take-overs"] += len(spans)
    longest = max(spans, default=0.0)
    found.figures["longest take-over, ms"] = round(1000 * longest)
    found.figures["take-overs later than lease + 1 s"] += sum(span > WITHIN for span in spans)
    late = [
        f"{message.delivery} by {name}"
        for since, woken, name in pauses
        if watch.taken_over(name, since) is not None
        for message in platform.accepted()
        if message.by == name and message.at > woken and watch.holder_at(message.at) != name
    ]
    found.must_be_none("sent by one whose fence was broken", late)
