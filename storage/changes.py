"""Changes: of a record that this transaction has read, only the fields that a decision changed are written.

That is quicker than writing it whole, and a participant's turn that wakes a round (`look_at`) does not
undo what a director changes at the same moment.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Person
from storage.many import many
from storage.records import Shape, shape, sought


class Seen:
    """Records as they were when they were read, or saved last, in this transaction."""

    def __init__(self) -> None:
        self._records: dict[tuple[type[Any], Any], Any] = {}

    def note(self, records: Iterable[Any]) -> None:
        """Keep what was read or saved just now."""
        for record in records:
            kind = type(record)
            self._records[kind, shape(kind).key(record)] = record

    def forget(self, kind: type[Any], key: Any) -> None:
        """Know nothing of it any more: it was changed in another way."""
        self._records.pop((kind, key), None)

    def before(self, record: Any) -> Any:
        """Give the record as it was; None when this transaction has not read it."""
        kind = type(record)
        return self._records.get((kind, shape(kind).key(record)))


async def save_changes(connection: AsyncConnection, seen: Seen, records: Iterable[Any]) -> list[Any]:
    """Write what changed of records that were read; give those that were not."""
    unknown: list[Any] = []
    alike: dict[tuple[type[Any], tuple[str, ...]], list[dict[str, Any]]] = {}
    for record in (records := list(records)):
        before = seen.before(record)
        if before is None:
            unknown.append(record)
        elif changed := _changed(before, record):
            alike.setdefault((type(record), tuple(changed)), []).append(_keyed(record) | changed)
    seen.note(records)
    for (kind, names), rows in alike.items():
        await many(connection, _update(shape(kind), names), rows)
    return unknown


def _changed(before: Any, after: Any) -> dict[str, Any]:
    known = shape(type(after))
    both = zip(known.names, known.values(before), known.values(after), strict=True)
    changed = {name: new for name, old, new in both if new is not old and new != old}
    if isinstance(after, Person) and ("name" in changed or "handle" in changed):
        changed["sought"] = sought(after.name, after.handle)
    return changed


def _keyed(record: Any) -> dict[str, Any]:
    return {f"of_{name}": getattr(record, name) for name in shape(type(record)).keys}


@cache
def _update(known: Shape, names: tuple[str, ...]) -> Any:
    tests = [known.table.c[name] == bindparam(f"of_{name}") for name in known.keys]
    return update(known.table).where(*tests).values({name: bindparam(name) for name in names})
