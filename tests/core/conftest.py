"""What the tests of the shell share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import StoreImplementation
from tests.fresh import fresh_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreImplementation]:
    async with fresh_store(tmp_path / "test.db") as store:
        yield store
