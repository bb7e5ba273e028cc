"""The tables beside the code, each read once, when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from bot.texts.reading.folding import key


Words = Mapping[str, Any]


@cache
def words(name: str) -> Words:
    """Give the word lists of `name.toml`."""
    return tomllib.loads(_file(f"{name}.toml"))


@cache
def fillers(name: str) -> frozenset[str]:
    """Give the words that `name.toml` says mean nothing to its reader."""
    return frozenset(key(word).replace(" ", "") for word in words(name)["fillers"].split()) | _letters(name)


def _letters(name: str) -> frozenset[str]:
    """Scripts without spaces are compared letter by letter, so their fillers are too."""
    return frozenset(letter for word in words(name)["fillers"].split() for letter in key(word).split())


def rows(name: str) -> Iterator[list[str]]:
    """Give the cells of each row of `name.tsv`."""
    for line in _file(f"{name}.tsv").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def keyed(groups: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Turn `value -> phrases` into `folded phrase -> values`."""
    found: dict[str, list[str]] = {}
    for value, phrases in groups.items():
        for phrase in phrases:
            found.setdefault(key(phrase), []).append(value)
    return found


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
