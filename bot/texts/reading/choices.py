"""Reads which several of the offered answers are meant, and what a person adds in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.choice import (
    Offer,
    Options,
    content,
    is_filler,
    negations,
    numbered,
    offer,
    one_of,
    options_in,
)
from bot.texts.reading.folding import Word, cut, key, said, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import joined, negated


OWN = "own:"
LONGEST_OWN = 60
_LONGEST_UNKNOWN = 2
"""Beside known answers, more unknown words than this are talk, not an answer."""
_SEPARATOR = re.compile(r"[,;/|\n•·+&،、，؛()]|[.!?](?:\s|$)|\s[-–—*]\s")
_RANGE = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")


def read_choices(text: str, options: Options, *, own: bool = False) -> Read:
    """Give the ids of all options meant, in the order they are named.

    With `own` what is no option is kept as "own:…" in the person's words, 60 characters at most; without it
    such a part makes the answer Unclear, with what was understood in `kept`.
    """
    looked_at = cut(text)
    words = words_of(looked_at)
    if not words:
        return unclear(looked_at)
    if joined(words) in _phrases("all") | _phrases("none"):
        return Understood([*options] if joined(words) in _phrases("all") else [])
    return _gathered(looked_at, words, offer(options), own)


def _gathered(text: str, words: list[Word], offered: Offer, own: bool) -> Read:
    chosen: list[str] = []
    unknown: list[list[Word]] = []
    for found in _answers(text, words, offered):
        if isinstance(found, str):
            chosen.append(found)
        elif own and not _all_digits(found):
            chosen.append(OWN + " ".join(said(text, found).split())[:LONGEST_OWN].rstrip())
        else:
            unknown.append(found)
    kept = list(dict.fromkeys(chosen))
    asked = [run for run in unknown if not kept or len(content(run)) <= _LONGEST_UNKNOWN]
    if asked:
        return unclear(said(text, asked[0]), _guesses(asked[0], offered), kept)
    return Understood(kept) if kept else unclear(text)


def _guesses(run: list[Word], offered: Offer) -> list[str]:
    between = one_of(run, offered)
    return between or meant(joined(content(run)), offered.phrases, offered.pool)[0]


def _answers(text: str, words: list[Word], offered: Offer) -> Iterator[str | list[Word]]:
    """Give ids, and the words between that are none, in the order of the text."""
    at = 0
    for hit in options_in(words, offered):
        yield from _between(text, words[at : hit.first], offered)
        if not negated(words, hit, negations(), since=at):
            yield from hit.value[:1]
        at = hit.last
    yield from _between(text, words[at:], offered)


def _between(text: str, words: list[Word], offered: Offer) -> Iterator[str | list[Word]]:
    for run in _runs(text, words):
        ids = _numbers(said(text, run), run, offered) or one_of(run, offered)
        if len(ids) == 1 or (ids and _all_digits(run)):
            yield from ids
        elif any(letter.isalnum() for letter in said(text, run)):
            yield run


def _runs(text: str, words: list[Word]) -> Iterator[list[Word]]:
    """Split at punctuation and at words like "and"; fillers at the ends of a run are dropped."""
    run: list[Word] = []
    for word in words:
        parted = run and _SEPARATOR.search(text, run[-1].end, word.start)
        if parted or word.folded in _phrases("separators"):
            yield from _trimmed(run)
            run = []
        if word.folded not in _phrases("separators"):
            run.append(word)
    yield from _trimmed(run)


def _trimmed(run: list[Word]) -> Iterator[list[Word]]:
    kept = [at for at, word in enumerate(run) if not is_filler(word) and word.folded not in negations()]
    if kept and run[kept[0]].folded not in _phrases("asides"):
        yield run[kept[0] : kept[-1] + 1]


def _numbers(said_so: str, run: Sequence[Word], offered: Offer) -> list[str]:
    """Read "3", "1 2 5" and "1-3"."""
    span = _RANGE.fullmatch(said_so)
    if span:
        return list(offered.ids[max(0, int(span[1]) - 1) : int(span[2])])
    return [name for word in run for name in numbered([word], offered)] if _all_digits(run) else []


def _all_digits(run: Sequence[Word]) -> bool:
    return all(word.folded.isdecimal() for word in run)


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(key(phrase) for phrase in data.words("choice")[name])
