"""Reads which of several offered answers is meant: by label, other words or number, slips included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import Word, cut, key, words_of
from bot.texts.reading.near import meant
from bot.texts.reading.phrases import Hit, find, joined, negated


Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Offer:
    """The options ready to look up: `phrases` gives the ids of a label, `words` those with a word in it."""

    ids: tuple[str, ...]
    phrases: dict[str, list[str]]
    words: dict[str, frozenset[str]]
    pool: tuple[str, ...]


def read_choice(text: str, options: Options) -> Read:
    """Give the id of the one option meant; `options` are ids with their labels and other words, in order."""
    looked_at = cut(text)
    words = words_of(looked_at)
    if not words:
        return unclear(looked_at, list(options))
    meaning = one_of(words, offer(options))
    return (
        Understood(meaning[0])
        if len(meaning) == 1
        else unclear(looked_at, meaning or _near(words, offer(options)))
    )


def offer(options: Options) -> Offer:
    """Give the options ready to be looked up (made once for the same options)."""
    return _offer(tuple((name, tuple(labels)) for name, labels in options.items()))


def one_of(words: Sequence[Word], offered: Offer) -> list[str]:
    """Give the ids the words may mean: one if it is clear, several if one must ask, none if unknown."""
    whole = joined(words)
    exact = offered.phrases.get(whole) or numbered(words, offered)
    if exact:
        return exact
    hits = [hit for hit in options_in(words, offered) if not negated(words, hit, negations())]
    if hits:
        return list(dict.fromkeys(name for hit in hits for name in hit.value))
    part = _by_words(words, offered)
    if part:
        return part
    guesses, sure = meant(joined(content(words)), offered.phrases, offered.pool)
    return guesses[:1] if sure else []


def options_in(words: Sequence[Word], offered: Offer) -> list[Hit[list[str]]]:
    """Give the options named inside a sentence."""
    return find(words, lambda phrase: offered.phrases.get(phrase) if phrase not in _fillers() else None)


def numbered(words: Sequence[Word], offered: Offer) -> list[str]:
    """Give the option of a number that is all that was said ("2", "number two", "the second one")."""
    phrase = joined(words)
    said = joined(content(words)) or phrase
    number = _numbers().get(phrase) or _numbers().get(said) or (int(said) if said.isdecimal() else 0)
    return [offered.ids[number - 1]] if 0 < number <= len(offered.ids) else []


def content(words: Sequence[Word]) -> list[Word]:
    """Give the words that are not filler, or all where there is nothing else."""
    return [word for word in words if not is_filler(word)] or list(words)


def is_filler(word: Word) -> bool:
    """Tell whether a word says nothing of what is chosen."""
    return word.folded in _fillers()


def _by_words(words: Sequence[Word], offered: Offer) -> list[str]:
    """Give the options in whose labels all the words occur ("public" for "Public library")."""
    common: frozenset[str] | None = None
    for word in content(words):
        having = offered.words.get(word.folded, frozenset())
        common = having if common is None else common & having
    return [name for name in offered.ids if name in (common or ())]


def _near(words: Sequence[Word], offered: Offer) -> list[str]:
    """Give options worth asking about: those alike, and those of which a word was said."""
    alike = meant(joined(content(words)), offered.phrases, offered.pool)[0]
    mentioned = {name for word in content(words) for name in offered.words.get(word.folded, frozenset())}
    return alike + [name for name in offered.ids if name in mentioned]


@lru_cache(maxsize=256)
def _offer(options: tuple[tuple[str, tuple[str, ...]], ...]) -> Offer:
    named = {name: (*labels, name, name.replace("-", " ").replace("_", " ")) for name, labels in options}
    phrases = {phrase: list(dict.fromkeys(names)) for phrase, names in data.keyed(named).items() if phrase}
    words: dict[str, set[str]] = {}
    for phrase, names in phrases.items():
        for word in phrase.split():
            words.setdefault(word, set()).update(names)
    return Offer(
        tuple(name for name, _ in options),
        phrases,
        {word: frozenset(names) for word, names in words.items() if word not in _fillers()},
        tuple(phrases),
    )


@cache
def _numbers() -> dict[str, int]:
    return {phrase: int(values[0]) for phrase, values in data.keyed(data.words("choice")["numbers"]).items()}


def _fillers() -> frozenset[str]:
    return data.fillers("choice")


@cache
def negations() -> frozenset[str]:
    """Give the words that deny the option after them."""
    return frozenset(key(word) for word in data.words("choice")["negations"])
