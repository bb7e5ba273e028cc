"""Reading without ceremony: records are made from rows as their classes would make them."""

from dataclasses import dataclass

from sqlalchemy import literal, select

from storage import StoreImplementation
from storage.quick import fetch_records


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Careful:
    name: str
    number: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name.title())


ANA = select(literal("ana").label("name"), literal(7).label("number"))


async def test_rows_become_records(store: StoreImplementation) -> None:
    async with store.unit() as unit:
        assert await fetch_records(unit.work.connection, Plain, ANA) == [Plain("ana", 7)]


async def test_a_record_that_does_more_when_it_is_made_does_so_for_rows_too(
    store: StoreImplementation,
) -> None:
    async with store.unit() as unit:
        found = await fetch_records(unit.work.connection, Careful, ANA)

    assert found[0].name == "Ana"
