"""What every table has in common: one catalogue, and names of constraints that migrations can rely on."""

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from storage.columns import quicken


class Row(SQLModel):
    """The base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table(row: type[Row]) -> Table:
    """Give the table of a row's class, for statements."""
    found = row.metadata.tables[str(row.__tablename__)]
    quicken(found)
    return found
