"""Installations are kept by workspace; one that ends loses its token and can come again."""

from dataclasses import replace

from bot.ports import Installation
from storage import StoreImplementation
from storage.installations import Installations
from tests.storage.given import NOW


FIRST = Installation("slack", "T1", "Librarians", "U1", "B1", "chat:write", "sealed", NOW)


async def test_an_installation_comes_back_as_it_was(store: StoreImplementation) -> None:
    kept = Installations(store.database, "slack")
    await kept.keep(FIRST)
    await kept.keep(replace(FIRST, team="T2"))

    assert await kept.all() == [FIRST, replace(FIRST, team="T2")]
    assert await Installations(store.database, "other").all() == []


async def test_installing_again_takes_the_place_of_what_was(store: StoreImplementation) -> None:
    kept = Installations(store.database, "slack")
    await kept.keep(FIRST)
    await kept.end("T1", NOW)
    ended = await kept.all()
    await kept.keep(replace(FIRST, token="another"))

    assert ended == [replace(FIRST, token="", ended_at=NOW)]
    assert await kept.all() == [replace(FIRST, token="another")]
