"""Reads the languages in which somebody can hold a conversation, as ISO 639 codes in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import Word, cut, key, said, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import find, joined


_BREAK = re.compile(r"[,;:/|&\n+•·.!?،、。，؛]|\s[-–—]\s")
_LONGEST_UNKNOWN = 2
"""More unknown words than this between commas are talk ("which I love to practise"), not a language."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the sentence: its text, the codes in it, whether they are denied or weak."""

    text: str
    words: tuple[Word, ...]
    denies: bool


def read_languages(text: str, language: str) -> Read:
    """Give a list of codes: two letters (ISO 639-1) where there are such, else three ("ceb").

    `language` is the one the person is likely to write: only its names and English ones may have slips of the
    pen. Languages known "a little" are in the list, and in `weak` too. Cantonese counts as Chinese ("zh").
    """
    found = _read(cut(text), language)
    return Understood([*found[0]], found[1]) if isinstance(found, tuple) else found


def codes_of(phrase: str, language: str = "en") -> list[str] | None:
    """Give the language of this folded name; Arabic and Hebrew write "and" as its first letter."""
    names = _names(language)
    return names.get(phrase) or (names.get(phrase[1:]) if phrase[:1] in _set("joined_and") else None)


def _read(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]] | Read:
    by_code = _by_codes(text)
    if by_code:
        return by_code
    spoken: list[str] = []
    weak: list[str] = []
    unknown: list[_Part] = []
    for part in _parts(text, language):
        codes = _codes_in(part, language)
        if part.denies:
            continue
        spoken += codes
        weak += codes if {word.folded for word in part.words} & _weak() else []
        if not codes and 0 < len(_content(part)) <= _LONGEST_UNKNOWN:
            unknown.append(part)
    kept = tuple(dict.fromkeys(spoken))
    unknown = [part for part in unknown if not kept or not _talks(part)]
    if not kept or unknown:
        return _not_read(text, unknown, kept, language)
    return kept, tuple(dict.fromkeys(weak))


def _by_codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | Read | None:
    """Read an answer of codes alone ("en, pt"); one that is an ordinary word too ("no") is asked about."""
    typed = [word.folded for word in words_of(text)]
    if not typed or any(word not in _codes() for word in typed):
        return None
    codes = tuple(dict.fromkeys(_codes()[word] for word in typed))
    if len(typed) == 1 and typed[0] in _set("doubtful_codes") and not text.isupper():
        return unclear(text, codes)
    return codes, ()


def _not_read(text: str, unknown: list[_Part], kept: tuple[str, ...], language: str) -> Read:
    if not unknown:
        return unclear(text)
    content = _content(unknown[0])
    return unclear(said(unknown[0].text, content), _near(content, language)[0], kept)


def _parts(text: str, language: str) -> Iterator[_Part]:
    """Split at punctuation and at words like "and"; "not French or German" stays one part."""
    for piece in _BREAK.split(text):
        words = words_of(piece)
        neutral = find(words, lambda phrase: phrase in _no_negations() or None)
        names = find(words, lambda phrase: codes_of(phrase, language))
        inside = {at for hit in names if hit.last - hit.first > 1 for at in range(hit.first, hit.last)}
        left_out = {at for hit in neutral for at in range(hit.first, hit.last)}
        part: list[Word] = []
        for at, word in enumerate(words):
            if word.folded in _breaks() and at not in inside:
                yield _part(piece, part)
                part = []
            elif at not in left_out:
                part.append(word)
        yield _part(piece, part)


def _part(piece: str, words: list[Word]) -> _Part:
    return _Part(piece, tuple(words), any(word.folded in _negations() for word in words))


def _codes_in(part: _Part, language: str) -> list[str]:
    hits = find(part.words, lambda phrase: codes_of(phrase, language))
    codes = [code for hit in hits for code in hit.value[:1]]
    if codes:
        return codes
    if len(part.words) == 1 and part.words[0].folded in _codes():
        return [_codes()[part.words[0].folded]]
    guesses, sure = _near(_content(part), language)
    return guesses[:1] if sure else []


def _near(content: list[Word], language: str) -> tuple[list[str], bool]:
    return meant(joined(content), _names(language), _pool(language)) if len(content) <= 3 else ([], False)


def _content(part: _Part) -> list[Word]:
    return [word for word in part.words if word.folded not in data.fillers("languages")]


def _talks(part: _Part) -> bool:
    """Tell whether a part without a language has words of ordinary talk in it."""
    fillers = data.fillers("languages") - _weak()
    return any(word.folded in fillers and len(word.folded) > 1 for word in part.words)


@cache
def _names(language: str) -> dict[str, list[str]]:
    """Give `folded name -> codes`: every language's names, the asked one's first; ours outrank all.

    Short names count where the person is likely to know them, or where several languages share them.
    """
    found: dict[str, list[str]] = {}
    asked = {language, "en"}
    for name, code, locales in data.rows("languages"):
        likely = bool(asked & {*locales.split()})
        if likely or len(name) > 4 or not name.isascii() or locales.count(" ") > 1:
            codes = found.setdefault(name, [])
            codes.insert(0 if likely else len(codes), _same().get(code, code))
    return found | data.keyed(data.words("languages")["names"])


@cache
def _pool(language: str) -> tuple[str, ...]:
    """Give the names in which slips are looked for."""
    asked = {language, "en"}
    named = [name for name, _, locales in data.rows("languages") if asked & {*locales.split()}]
    return tuple(
        name
        for name in dict.fromkeys((*named, *data.keyed(data.words("languages")["names"])))
        if name in _names(language)
    )


@cache
def _codes() -> dict[str, str]:
    """Give every code that may be typed, and the one it is matched as."""
    codes = {code for codes in _names("en").values() for code in codes if len(code) == 2}
    return {code: code for code in codes} | _same()


@cache
def _same() -> dict[str, str]:
    return {other: code for code, others in data.words("languages")["same"].items() for other in others}


@cache
def _no_negations() -> frozenset[str]:
    return frozenset(key(phrase) for phrase in data.words("languages")["no_negations"])


@cache
def _negations() -> frozenset[str]:
    return _set("negations")


@cache
def _breaks() -> frozenset[str]:
    return _set("breaks")


@cache
def _weak() -> frozenset[str]:
    return _set("weak")


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(key(word) for word in data.words("languages")[name])
