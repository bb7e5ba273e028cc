"""The words for people: found by key and language in content files, filled with escaped values.

A key is the file's name and the path in it: `[country] ask = "…"` in `texts/application.toml` is
`application.country.ask`. A table whose keys are plural categories (CLDR: zero, one, two, few, many,
other) is one text with a form for each; the value `n` chooses. What a language lacks is said in English,
line by line.
"""

import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from babel import Locale, UnknownLocaleError

from bot.markup import Markup, escape


PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
Value: TypeAlias = str | int | float
Piece: TypeAlias = tuple[str, str | None]


class Texts:
    """All texts in all languages; `say` is the only way to get words for a person."""

    def __init__(self, lines: Mapping[str, Mapping[str, str]]) -> None:
        """Take the lines by language and key; plural forms have keys that end in their category."""
        self._lines = {language: dict(of) for language, of in lines.items()}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words, in order of their codes."""
        return tuple(sorted(self._lines))

    def keys(self, language: str = "en") -> frozenset[str]:
        """Give every key of a language, plural categories taken off."""
        return frozenset(_unplural(key) for key in self._lines.get(language, {}))

    def has(self, key: str) -> bool:
        """Tell whether there are English words under this key."""
        return key in self._lines["en"] or f"{key}.other" in self._lines["en"]

    def spoken(self, language: str) -> str:
        """Give the language that is spoken with somebody of this one: the first fallback that has words."""
        return next((one for one in fallbacks(language) if one in self._lines), "en")

    def say(self, language: str, key: str, /, **values: Value) -> str:
        """Give the words for `key`, marked up, with the values escaped and put in.

        Raises KeyError when even English lacks the key or a value is not given: both are bugs.
        """
        for candidate in fallbacks(language):
            lines = self._lines.get(candidate, {})
            template = lines.get(key) or _plural(lines, candidate, key, values)
            if template is not None:
                return fill(template, values)
        raise KeyError(key)


def fill(template: str, values: Mapping[str, Value]) -> str:
    """Put the values into `{name}` places: plain words are escaped, `Markup` goes in as it is."""
    pieces = _pieces(template)
    if len(pieces) == 1 and pieces[0][1] is None:
        return pieces[0][0]
    return "".join(literal if name is None else literal + _shown(values[name]) for literal, name in pieces)


@lru_cache(maxsize=1024)
def fallbacks(language: str) -> tuple[str, ...]:
    """Give the languages to look in, best first: "pt-br" is asked for as pt-br, pt, en."""
    parts = language.lower().replace("_", "-")
    return tuple(dict.fromkeys((parts, parts.split("-")[0], "en")))


def read_lines(folder: Path) -> dict[str, dict[str, str]]:
    """Read `<folder>/<language>/texts/*.toml`; raises ValueError with file and reason if one is no TOML."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*/texts/*.toml")):
        language = file.parent.parent.name.lower()
        found.setdefault(language, {}).update(_flat(file.stem, read_toml(file)))
    return found


def read_toml(file: Path) -> dict[str, object]:
    """Give a TOML file's content; raises ValueError that names the file and the line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file}: {error}") from error


def merge(below: Mapping[str, Mapping[str, str]], above: Mapping[str, Mapping[str, str]]) -> Texts:
    """Give the texts of two folders, the second one's lines going first."""
    languages: Iterable[str] = {*below, *above}
    return Texts({language: {**below.get(language, {}), **above.get(language, {})} for language in languages})


def _shown(value: Value) -> str:
    if isinstance(value, Markup):
        return value
    return escape(value) if isinstance(value, str) else str(value)


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[Piece, ...]:
    return tuple((literal, name) for literal, name, _, _ in string.Formatter().parse(template))


def _plural(lines: Mapping[str, str], language: str, key: str, values: Mapping[str, Value]) -> str | None:
    other = lines.get(f"{key}.other")
    if other is None or "n" not in values:
        return other
    return lines.get(f"{key}.{_category(language, float(values['n']))}", other)


@lru_cache(maxsize=1024)
def _category(language: str, number: float) -> str:
    try:
        return str(Locale.parse(language, sep="-").plural_form(number))
    except (UnknownLocaleError, ValueError):
        return str(Locale("en").plural_form(number))


def _flat(path: str, table: Mapping[str, object]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        where = f"{path}.{key}"
        if isinstance(value, Mapping):
            flat.update(_flat(where, value))
        else:
            flat[where] = str(value).strip()
    return flat


def _unplural(key: str) -> str:
    head, _, last = key.rpartition(".")
    return head if last in PLURALS else key
