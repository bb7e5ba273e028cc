"""What a reader gives back: what was understood, or exactly what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


Value: TypeAlias = "bool | int | str | list[str] | list[dict[str, int]] | list[dict[str, str]]"


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer as plain data that can be stored as JSON."""

    value: Value
    weak: tuple[str, ...] = ()
    """Of a list: what the person said they know only a little (languages)."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """The part of the text that was not understood, word for word, and what it may have meant."""

    what: str
    guesses: tuple[str, ...] = ()
    """Values worth offering as buttons, best first, at most five."""
    kept: tuple[str, ...] = ()
    """Of a list: what was understood besides, so that only the rest need be asked again."""


Read: TypeAlias = Understood | Unclear


def unclear(
    what: str, guesses: tuple[str, ...] | list[str] = (), kept: tuple[str, ...] | list[str] = ()
) -> Unclear:
    """Give an Unclear with each guess once and no more of them than fit under a message."""
    return Unclear(what, tuple(dict.fromkeys(guesses))[:5], tuple(kept))
