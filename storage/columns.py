"""The kinds of column the tables are made of, so that a row's values are a record's values already."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, Integer, Table
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import UTCDateTime


#: How many moments are kept as they were read or written, and how many texts: enough for those in use.
MOMENTS = 512
TEXTS = 2048
#: The number of a row, given by the database. SQLite counts only a column of exactly this type.
COUNTED = BigInteger().with_variant(Integer, "sqlite")


class Listed(TypeDecorator[tuple[Any, ...]]):
    """A tuple (also of tuples), kept as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...]:
        """Give back tuples where JSON knows lists only."""
        return _tuples(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read a text once: most lists are empty, and the others are read again and again."""
        return _listed if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Answered(TypeDecorator[dict[str, Any]]):
    """A JSON object that is read much more often than it changes: what somebody applied with."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read a text once; records are frozen, so nobody changes what comes of it."""
        return _answered if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class Moment(UTCDateTime):
    """SQLModel's aware UTC datetime, read and written in one step on SQLite: a row has half a dozen."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Write what SQLAlchemy would write."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return _written

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read what SQLAlchemy would read."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return _read


@lru_cache(maxsize=MOMENTS)
def _read(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _tuples(parts: Sequence[Any] | None) -> tuple[Any, ...]:
    return tuple(tuple(part) if isinstance(part, list) else part for part in parts or ())


@lru_cache(maxsize=TEXTS)
def _listed(text: str | None) -> tuple[Any, ...]:
    return _tuples(json.loads(text)) if text else ()


@lru_cache(maxsize=TEXTS)
def _answered(text: str | None) -> Any:
    return json.loads(text) if text else None


def forget_texts() -> None:
    """Forget every text that was read: somebody's words are to be nowhere any more."""
    _listed.cache_clear()
    _answered.cache_clear()


def quicken(table: Table) -> None:
    """Put `Moment` where SQLModel put its own type."""
    for column in table.columns:
        if type(column.type) is UTCDateTime:
            column.type = Moment()


@lru_cache(maxsize=MOMENTS)
def _written(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is not UTC:
        if value.utcoffset() is None:
            raise ValueError("A datetime without a zone: every moment is aware, and UTC inside.")
        value = value.astimezone(UTC)
    return value.replace(tzinfo=None).isoformat(" ", "microseconds")


def word(kind: type[StrEnum]) -> TypeEngine[Any]:
    """Keep an enum as its value in a text column.

    Without a CHECK: Alembic does not notice a new member, and an old CHECK would refuse it.
    """
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=20,
    )
