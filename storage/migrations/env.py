"""Alembic's entry: runs on the connection that `storage.schema` hands over, there is no other way in.

Steps are written in SQLAlchemy's own types, so that they stay as they are when our types change.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlmodel import AutoString

from storage.columns import Listed, Moment
from storage.tables import metadata


_WRITTEN: dict[type, str] = {
    Listed: "sa.JSON()",
    AutoString: "sa.String()",
    Moment: "sa.DateTime(timezone=True)",
}


def written(kind: str, found: Any, _context: object) -> str | Literal[False]:
    """Give how a type is written into a step; False leaves it to Alembic."""
    if kind != "type":
        return False
    return (
        f"sa.String(length={found.length})" if isinstance(found, Enum) else _WRITTEN.get(type(found), False)
    )


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=written,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
