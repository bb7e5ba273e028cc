"""Logs: one JSON line an event, ids only. What could be personal or a token never gets into a line.

An error is told by its kind and where it happened, never by its message: those of libraries hold what people
wrote, the rows of a database, addresses with tokens in them. That goes for our lines, for what libraries
log themselves, and for the last words of a process that breaks.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import structlog


#: Tokens of Telegram and Slack and passwords in addresses, wherever they turn up.
TOKEN = re.compile(
    r"\d{6,}:[\w-]{20,}|xox[a-z](?:\.xox[a-z])?-[\w-]{8,}|xapp-[\w-]{8,}|(?<=://)[^\s/@]*:[^\s/@]*(?=@)"
)
#: So many of the innermost calls are told of each error.
FRAMES = 12


def set_up_logs() -> None:
    """Write our own events to standard error as JSON; of libraries only what is worse than a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OfLibraries())
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    sys.excepthook = crashed
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_messages,
            without_tokens,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def without_messages(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Give the log event with its error as kinds and places."""
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["traceback"] = list(trace(error))
    return event


def without_tokens(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Give the log event with every token in it made unreadable."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("[token]", value)
    return event


def trace(error: BaseException) -> Iterator[str]:
    """Give an error and what led to it: the kind of each, then its innermost calls, innermost last."""
    yield "Traceback"  # the word that people look for in logs
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield type(each).__name__
        for frame in traceback.extract_tb(each.__traceback__)[-FRAMES:]:
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def crashed(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
    """Write the last words of a process that breaks."""
    if not issubclass(kind, KeyboardInterrupt):
        structlog.get_logger().critical("crashed", exc_info=error)


class OfLibraries(logging.Formatter):
    """What libraries log: who and how bad, their error's kind and place, never their words."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a JSON line."""
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, Any] = {"event": "library", "logger": record.name, "level": record.levelname.lower()}
        if error is not None:
            line["traceback"] = list(trace(error))
        return json.dumps(line)
