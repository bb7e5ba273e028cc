"""A migrated store for each test of the operations."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import StoreImplementation, open_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreImplementation]:
    opened = open_store(f"sqlite:///{tmp_path}/antipode.db")
    await opened.migrate()
    yield opened
    await opened.close()
