"""Alembic's entry: runs on the connection that `storage.schema` hands over, there is no other way in."""

from alembic import context

from storage.tables import metadata


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
