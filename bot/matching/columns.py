"""Words of many people as bits.

A vocabulary in alphabetical order and a row of 64-bit words for each person.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray


Bits: TypeAlias = NDArray[np.uint64]
Ints: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`names[k]` is bit k % 64 of word k // 64 in `bits` (people x words)."""

    names: tuple[str, ...]
    bits: Bits

    def of(self, person: int) -> tuple[str, ...]:
        """Give the names a person has, in alphabetical order."""
        return tuple(self.names[k] for k in ones(self.bits[person]))

    def only(self, rows: Ints) -> "Column":
        """Give the column of some rows."""
        return Column(self.names, self.bits[rows])

    def counts(self) -> Ints:
        """How many people have each name."""
        return self.dense().sum(axis=0, dtype=np.int32) if self.names else np.zeros(0, np.int32)

    def dense(self) -> NDArray[np.uint8]:
        """Give people x names as 0 and 1."""
        return unpacked(self.bits, len(self.names))


class ColumnBuilder:
    """Collects people's words one person after the other, without keeping the people."""

    __slots__ = ("_first_seen", "_people", "_rows", "_words")

    def __init__(self) -> None:
        self._first_seen: dict[str, int] = {}
        self._rows, self._words = array("i"), array("i")
        self._people = 0

    def add(self, words: Iterable[str]) -> None:
        """Append the next person's words."""
        for word in words:
            self._rows.append(self._people)
            self._words.append(self._first_seen.setdefault(word, len(self._first_seen)))
        self._people += 1

    def build(self, *, at_least: int = 1) -> Column:
        """Give the column; words that fewer than `at_least` people have are left out."""
        rows, words = np.frombuffer(self._rows, np.int32), np.frombuffer(self._words, np.int32)
        seen = list(self._first_seen)
        counts = np.bincount(words, minlength=len(seen)) if len(words) else np.zeros(len(seen), np.int64)
        names = tuple(
            sorted(word for word, count in zip(seen, counts.tolist(), strict=True) if count >= at_least)
        )
        place = {name: k for k, name in enumerate(names)}
        place_of_seen = np.array([place.get(word, -1) for word in seen], np.int32)
        bits = np.zeros((self._people, max(1, -(-len(names) // 64))), np.uint64)
        if len(words):
            column = place_of_seen[words]
            kept = column >= 0
            set_bits(bits, rows[kept], column[kept])
        return Column(names, bits)


def set_bits(bits: Bits, rows: Ints, columns: Ints) -> None:
    """Set bit `columns[k]` of row `rows[k]`."""
    np.bitwise_or.at(bits, (rows, columns >> 6), np.uint64(1) << (columns & 63).astype(np.uint64))


def ones(row: Bits) -> list[int]:
    """Give the places of the bits that are set in one person's row."""
    number = (
        int(row[0]) if len(row) == 1 else int.from_bytes(row.astype("<u8", copy=False).tobytes(), "little")
    )
    places = []
    while number:
        low = number & -number
        places.append(low.bit_length() - 1)
        number ^= low
    return places


def unpacked(bits: Bits, width: int) -> NDArray[np.uint8]:
    """Give rows of words as people x width of 0 and 1."""
    return np.unpackbits(bits.astype("<u8").view(np.uint8), axis=1, count=width, bitorder="little")
