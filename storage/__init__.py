"""Storage: everything behind `bot.ports.Store`, the same code for SQLite and PostgreSQL."""

from storage.away import StoreUnusable
from storage.database import StoreInUse
from storage.store import StoreImplementation, open_store


__all__ = ["StoreImplementation", "StoreInUse", "StoreUnusable", "open_store"]
