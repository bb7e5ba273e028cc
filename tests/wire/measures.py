"""What the rounds on the wire of both platforms have in common: their measures, and how pairs are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias


Tell: TypeAlias = Callable[[str], None]


class Directs(Protocol):
    """Somebody in the directors' room."""

    def types(self, text: str, *hopes: str) -> str: ...

    def taps(self, label: str, *hopes: str) -> str: ...

    def sees(self, words: str, /) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How large and how fast a round is, and what happens in it."""

    people: int = 30
    weeks: int = 16
    #: Seconds a week of the program lasts.
    pace: float = 20.0
    kill_in: int = 5
    #: Whether the directors re-match the one whose partner left.
    rematch: bool = True
    #: Whether some answer the surveys.
    surveys: bool = True
    #: A folder with the program's own words; "" for the built-in ones.
    content: str = ""

    def within(self, weeks: float, seconds: float = 60.0) -> float:
        """Give how long to wait at most for what comes within some weeks, on a busy machine."""
        return weeks * self.pace + seconds


def pair_up(pairs: int, director: Directs, tell: Tell) -> None:
    """Close the round, look at the pairs and approve them, with slips of the pen on the way."""
    director.types("round close", "takes no more applications")
    director.sees(f"{pairs} pairs, 0 trios, 0 without a place")
    director.types("pairs", f"{pairs} pairs, the worst first")
    director.types("pairs why Ana", "Ana", "points")
    director.types("pairz", "Did you mean", "pairs")
    director.types("round start", "shall I do it")
    director.taps("Yes, do it", "has begun")
    tell(f"{pairs} pairs are approved")
