"""The database of an episode, read from outside of the program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, inspect, text


class Books:
    """The database, read from outside of the program."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))

    def rows(self, query: str, **values: Any) -> list[Any]:
        """Give the rows of a query."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(query), values))

    def waits(self, now: datetime | None = None) -> int:
        """Count what is due, or will be within a minute."""
        soon = ((now or datetime.now(UTC)) + timedelta(minutes=1)).replace(tzinfo=None)
        when = soon if self.engine.dialect.name == "postgresql" else soon.isoformat(" ")
        query = "SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'queued' AND due_at < :soon)"
        return int(self.rows(query, soon=when)[0][0])

    def has(self, event: str) -> bool:
        """Tell whether an event has been kept."""
        return bool(self.rows("SELECT 1 FROM inbox WHERE event = :event", event=event))

    def close(self, folder: Path | None = None) -> None:
        """Close the connections; what is on a server that ends with the storm is written down before."""
        if folder is not None and self.engine.dialect.name == "postgresql":
            for table in inspect(self.engine).get_table_names():
                rows = self.rows(f"SELECT * FROM {table}")
                lines = [" | ".join(str(value) for value in row) for row in rows]
                (folder / f"{table}.txt").write_text("\n".join(lines), encoding="utf-8")
        self.engine.dispose()
