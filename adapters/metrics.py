"""Metrics as Prometheus reads them: families of plain numbers in, its text format out.

prometheus-client is imported with the first question: a start need not wait for it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass(frozen=True, slots=True)
class Sample:
    """One number with its labels."""

    value: float
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many took at most each bound, summed up, and the seconds of all."""

    buckets: tuple[tuple[str, int], ...]
    total: float


@dataclass(frozen=True, slots=True)
class Family:
    """A metric: its name without `_total`, what it is, its labels' names, its numbers."""

    name: str
    kind: str  # "counter", "gauge" or "histogram"
    meaning: str
    labels: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    histogram: Histogram | None = None


Read = Callable[[], Awaitable[Sequence[Family]]]


def metrics_route(read: Read) -> Route:
    """Give /metrics: the families that `read` gives, and the process's own memory, time and files."""

    async def metrics(_: Request) -> Response:
        return Response(as_text(await read()), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Route("/metrics", metrics)


def as_text(families: Sequence[Family]) -> bytes:
    """Give Prometheus' text of the families and of the process."""
    import prometheus_client as prometheus  # noqa: PLC0415 - slow to import, asked for seldom
    from prometheus_client import core  # noqa: PLC0415 - the same

    registry = prometheus.CollectorRegistry()
    prometheus.ProcessCollector(registry=registry)
    registry.register(_Families([_made(core, family) for family in families]))
    return prometheus.generate_latest(registry)


class _Families:
    """What a registry collects."""

    def __init__(self, made: list[Any]) -> None:
        self.made = made

    def collect(self) -> list[Any]:
        return self.made


def _made(core: Any, family: Family) -> Any:
    if family.histogram is not None:
        made = core.HistogramMetricFamily(family.name, family.meaning)
        made.add_metric([], list(family.histogram.buckets), family.histogram.total)
        return made
    kind = core.CounterMetricFamily if family.kind == "counter" else core.GaugeMetricFamily
    made = kind(family.name, family.meaning, labels=family.labels)
    for sample in family.samples:
        made.add_metric(list(sample.labels), sample.value)
    return made
