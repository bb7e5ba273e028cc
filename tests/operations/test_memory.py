"""What a running bot keeps in memory: nothing without a bound, nothing of somebody who was forgotten."""

import gc
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType
from typing import Any

from bot.markup import plain
from storage import StoreImplementation
from tests.core.running import Running, said
from tests.reading.answers import READERS
from tests.storage.given import save, spring


CANARY = "Xanthippe"
#: An application with the canary in every answer, and a /forget in the midst of it.
WALK = (
    "/apply", CANARY, "yes", "yes", f"I am {CANARY}", CANARY, "Brazil", f"in {CANARY}", "São Paulo",
    f"English and {CANARY}", "English", f"public {CANARY}", "1", f"none but {CANARY}", "1", f"/{CANARY}",
    "/mydata", "/forget", "yes",
)  # fmt: skip


def caches() -> "list[_lru_cache_wrapper[Any]]":
    """Every cache of this process."""
    return [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]


def name_of(cache: object) -> str:
    return f"{getattr(cache, '__module__', '?')}.{getattr(cache, '__name__', '?')}"


def texts(of: object) -> Iterator[str]:
    """Every text that something keeps, but for the code it is made of."""
    waiting, seen = gc.get_referents(of), {id(of)}
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        if id(each) not in seen and not isinstance(each, type | ModuleType | FunctionType):
            seen.add(id(each))
            waiting += gc.get_referents(each)


def knowing(word: str) -> list[str]:
    """The caches that keep a word."""
    return [name_of(cache) for cache in caches() if any(word in text.casefold() for text in texts(cache))]


async def test_no_cache_keeps_a_word_of_somebody_who_was_forgotten(store: StoreImplementation) -> None:
    """Whatever they answered, and however often it was read from the database since."""
    await save(store, spring())
    running = Running(store)
    for number, words in enumerate(WALK):
        await running.hear(said(words, number, account="ana"))

    assert [running.said[-1][:31], *knowing(CANARY.casefold())] == ["Everything I held about you is "]


def test_what_people_write_is_read_and_shown_without_being_kept() -> None:
    """Readers remember the tables in which they look things up, and no answer."""
    for read in READERS.values():
        read(f"I am {CANARY}, from {CANARY}ia")
    plain(f"**{CANARY}** wrote")

    assert knowing(CANARY.casefold()) == []


def test_a_cache_without_a_bound_keeps_tables_only() -> None:
    """A thousand different answers make none of them longer."""
    _read_all(range(100))
    unbounded = [each for each in caches() if each.cache_info().maxsize is None]
    before = [(name_of(each), each.cache_info().currsize) for each in unbounded]
    _read_all(range(100, 1000))

    assert [(name_of(each), each.cache_info().currsize) for each in unbounded] == before


def _read_all(numbers: range) -> None:
    for number in numbers:
        for read in READERS.values():
            read(f"{CANARY} {number}")
