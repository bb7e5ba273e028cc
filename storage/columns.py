"""The kinds of column the tables are made of, so that a row's values are a record's values already."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, Integer
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


#: The number of a row, given by the database. SQLite counts only a column of exactly this type.
COUNTED = BigInteger().with_variant(Integer, "sqlite")


class Listed(TypeDecorator[tuple[Any, ...]]):
    """A tuple (also of tuples), kept as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...]:
        """Give back tuples where JSON knows lists only."""
        return tuple(tuple(part) if isinstance(part, list) else part for part in value or ())


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
