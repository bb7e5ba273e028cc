"""The longest tests begin first, shared between the workers: nobody waits at the end for a late one.

What the bot logs of failures is plain: drawing frames around each would take longer than many a test.
"""

import gc
import os
from itertools import islice
from typing import Any

import pytest
import structlog


_AT_FIRST: dict[str, Any] = {}


def pytest_configure() -> None:
    """Log what fails as Python prints it; look for garbage seldom, for much is imported."""
    gc.set_threshold(20_000, 20, 20)
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
    _AT_FIRST.update(structlog.get_config())


@pytest.fixture(autouse=True)
def _logs_as_at_first() -> None:
    """Undo what a command that was run said about the log of its whole process."""
    structlog.configure(**_AT_FIRST)


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests before the share of each worker; what comes after them stays shuffled."""
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):
        rest = iter([item for item in items if not _seconds(item)])
        left = len(items)
        ordered: list[pytest.Item] = []
        for number, long in enumerate(_hands(items, workers)):
            share = left // (workers - number)
            ordered += [*long, *islice(rest, max(0, share - len(long)))]
            left -= share
        items[:] = [*ordered, *rest]


def _hands(items: list[pytest.Item], workers: int) -> list[list[pytest.Item]]:
    """Deal the long tests out so that each worker is about as long at work with them."""
    hands: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for item in sorted(filter(_seconds, items), key=_seconds, reverse=True):
        min(hands, key=lambda hand: sum(map(_seconds, hand))).append(item)
    return hands


def _seconds(item: pytest.Item) -> float:
    marker = item.get_closest_marker("long")
    return float(marker.args[0]) if marker else 0.0
