"""Tells a database that is away from a defect of ours: the one is waited for, the other must be put aside.

Who looks at the database by hand, or starts with it, is told the kind of error and no more (`usable`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ports import StoreAway


#: SQLite: busy, locked, out of memory, interrupted, trouble with the disk, full, cannot be opened, its lock.
_SQLITE = frozenset({5, 6, 7, 9, 10, 13, 14, 15})
#: PostgreSQL: the session of a transaction that waited too long for us was ended.
_ENDED = frozenset({"25P03", "25P04"})


class StoreUnusable(RuntimeError):
    """The database answers, but not as the program needs it.

    The message is the kind of error: a driver's own words may hold the password of the address.
    """


@contextmanager
def usable() -> Iterator[None]:
    """Raise StoreUnusable in the place of whatever a driver raises when its database is there."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreUnusable(type(error).__name__) from None


@contextmanager
def told(*, is_sqlite: bool) -> Iterator[None]:
    """Raise StoreAway in the place of whatever a driver raises when its database is away."""
    try:
        yield
    except (PoolTimeout, TimeoutError) as error:
        raise StoreAway("no answer in time") from error
    except DBAPIError as error:
        if _is_away(error, is_sqlite=is_sqlite):
            raise StoreAway(type(error.orig).__name__) from error
        raise


def _is_away(error: DBAPIError, *, is_sqlite: bool) -> bool:
    if is_sqlite:
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    ended = getattr(error.orig, "sqlstate", None) in _ENDED
    return ended or error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
