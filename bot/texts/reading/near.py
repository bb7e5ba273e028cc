"""Slips of the pen: what a word that is not known was probably meant to be, and whether that is sure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA


def nearest(word: str, words: Collection[str]) -> str | None:
    """Give the one of `words` that `word` was probably meant to be ("statsu": "status"), or None."""
    asked = word.casefold().strip()[:60]
    if asked in words:
        return asked
    found = slips(asked, tuple(words))
    return found[0][0] if found else None


_LONGEST = 60
"""No name is longer; a comparison costs the product of two lengths."""


def slips(word: str, pool: tuple[str, ...]) -> list[tuple[str, int]]:
    """Give the entries of the pool within a few slips of the word, with their number, the nearest first.

    A slip is a letter too many, too few, wrong, or two swapped (optimal string alignment).
    """
    if not 3 <= len(word) <= _LONGEST:
        return []
    found = process.extract(word, pool, scorer=OSA.distance, score_cutoff=_thinkable(len(word)), limit=12)
    return [(name, int(distance)) for name, distance, _ in found]


class Meanings(Protocol):
    """What each entry of a pool stands for."""

    def __getitem__(self, name: str, /) -> Collection[str]:
        """Give the values the entry may have."""
        ...


def meant(word: str, meanings: Meanings, pool: tuple[str, ...]) -> tuple[list[str], bool]:
    """Give what the word may mean, best first, and whether the first is so much nearer that it is sure."""
    best: dict[str, int] = {}
    for name, distance in slips(word, pool):
        for value in meanings[name]:
            best[value] = min(distance, best.get(value, distance))
    values = sorted(best, key=lambda value: best[value])
    if not values:
        return [], False
    alone = all(best[value] >= best[values[0]] + 2 for value in values[1:])
    return values, alone and best[values[0]] <= _sure(len(word))


def _thinkable(length: int) -> int:
    return 1 if length < 5 else 2 if length < 7 else 3


def _sure(length: int) -> int:
    return 0 if length < 5 else 1 if length < 7 else 2
