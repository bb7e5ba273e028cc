"""SQL: tables, migrations, inbox and outbox."""
