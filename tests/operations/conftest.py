"""A migrated store for each test of the operations; those that ask for `each_store` run on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import StoreImplementation, open_store
from tests.storage.conftest import (  # noqa: F401 - fixtures
    postgres_store,
    postgres_url,
    sqlite_folder,
    sqlite_store,
    sqlite_template,
    sqlite_url,
    url,
)
from tests.storage.conftest import store as each_store  # noqa: F401 - the same


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreImplementation]:
    opened = open_store(f"sqlite:///{tmp_path}/antipode.db")
    await opened.migrate()
    yield opened
    await opened.close()
