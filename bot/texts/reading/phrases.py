"""Known phrases found in a text: the longest first, none inside another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from bot.texts.reading.folding import Word


T = TypeVar("T")
LONGEST_PHRASE = 12
LONGEST_SPELLED = 48
"""Where each letter is a word: in scripts without spaces."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase that was found: its meaning and its first and last word (the last is not in it)."""

    value: T
    first: int
    last: int


def find(words: Sequence[Word], look_up: Callable[[str], T | None]) -> list[Hit[T]]:
    """Give the known phrases of the text in their order; `look_up` answers None for what is not known."""
    text = joined(words)
    ends = list(accumulate((len(word.folded) + 1 for word in words), initial=0))
    hits: list[Hit[T]] = []
    at = 0
    while at < len(words):
        hit = _longest_at(text, ends, at, look_up)
        if hit:
            hits.append(hit)
        at = hit.last if hit else at + 1
    return hits


def _longest_at(text: str, ends: list[int], at: int, look_up: Callable[[str], T | None]) -> Hit[T] | None:
    start = ends[at]
    longest = LONGEST_SPELLED if "\u0e00" <= text[start] <= "\ufaff" else LONGEST_PHRASE
    for last in range(min(len(ends) - 1, at + longest), at, -1):
        value = look_up(text[start : ends[last] - 1])
        if value is not None:
            return Hit(value, at, last)
    return None


def joined(words: Iterable[Word]) -> str:
    """Give words as the key of a phrase."""
    return " ".join(word.folded for word in words)


def rest(words: Sequence[Word], hits: Iterable[Hit[T]]) -> list[Word]:
    """Give the words that are in no hit."""
    covered = {at for hit in hits for at in range(hit.first, hit.last)}
    return [word for at, word in enumerate(words) if at not in covered]


def negated(words: Sequence[Word], hit: Hit[T], negations: frozenset[str], since: int = 0) -> bool:
    """Tell whether one of the three words before the hit (not before `since`) denies it."""
    before = words[max(since, hit.first - 3) : hit.first]
    return any(word.folded in negations for word in before)
