"""However many people there are, a look with nothing due and a message read none of them all."""

from typing import Any

from sqlalchemy import event

from storage import StoreImplementation
from storage.quick import QUERIES
from tests.storage.crowd import crowd, hear, look


FEW = {"SCAN round", "SCAN directors_room", "SCAN CONSTANT ROW"}


async def test_neither_a_look_nor_a_message_scans_a_table(sqlite_store: StoreImplementation) -> None:
    """A plan is the same for sixty people as for a hundred thousand; `benchmarks/look_cost.py` measures."""
    await crowd(sqlite_store, 60)

    assert await _scanned(sqlite_store) == set()


async def _scanned(store: StoreImplementation) -> set[str]:
    """Give what SQLite's own plans say is scanned; of the rounds and directors' rooms there are few."""
    statements: list[tuple[str, Any]] = []

    def heard(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        statements.append((statement, values))

    for engine in (store.database.engine, store.database.reader):
        event.listen(engine.sync_engine, "before_cursor_execute", heard)
    QUERIES.clear()  # what other tests asked stays there
    assert (await look(store), await hear(store)) == (0, 1)
    statements += [(query.text, tuple(None for _ in query.names)) for query in QUERIES.values()]
    asked = [each for each in statements if each[0].startswith(("SELECT", "UPDATE", "DELETE"))]
    assert len(asked) > 15

    steps: set[str] = set()
    async with store.database.reading() as connection:
        for statement, values in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps |= {str(step.detail) for step in plan}
    scans = {step for step in steps if step.startswith("SCAN")} - FEW
    return {step for step in scans if "json_each" not in step}
