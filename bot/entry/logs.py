"""Logs: one JSON line an event, ids only. What could be personal or a token never gets into a line."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog


#: Telegram and Slack tokens, wherever they turn up (an address in an error, for example).
TOKEN = re.compile(r"\d{6,}:[\w-]{20,}|xox[abps]-[\w-]{10,}|xapp-[\w-]{10,}")


def set_up_logs() -> None:
    """Write our own events to standard error as JSON; of libraries only what is worse than a warning."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(levelname)s %(name)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_tokens,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def without_tokens(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Give the log event with every token in it made unreadable."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("[token]", value)
    return event
