"""A migrated store for each test of the operations; those that ask for `each_store` run on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import StoreImplementation
from tests.fresh import fresh_store
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
    async with fresh_store(tmp_path / "antipode.db") as store:
        yield store
