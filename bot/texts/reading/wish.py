"""Reads what somebody wishes of a partner, as a list of plain wishes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from bot.texts.reading import country, data, languages
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.choice import Options
from bot.texts.reading.folding import Word, cut, key, said, words_of
from bot.texts.reading.near import meant, slips
from bot.texts.reading.phrases import find, joined, negated, rest


Wish = dict[str, str]
_OPEN = "open"


def read_wish(text: str, sectors: Options | None = None) -> Read:
    """Give a list of wishes; [] for "open to anybody".

    A wish is {"kind": "same_sector" | "senior" | "junior" | "similar" | "different"} or has a "value" too:
    "country" (ISO 3166), "continent" (AF AN AS EU NA OC SA), "language" (ISO 639), "sector" (an id of
    `sectors`, the options of that question; without them the kinds of library of wish.toml). Guesses are
    written "senior" or "continent:AF". What a partner should not be is Unclear: no wish says so.
    """
    looked_at = cut(text)
    words = words_of(looked_at)
    if not words:
        return unclear(looked_at)
    if joined(words) in _open():
        return Understood([])
    offered = tuple((name, tuple(labels)) for name, labels in sectors.items()) if sectors else ()
    return _read(looked_at, words, _known(offered))


def _read(text: str, words: list[Word], known: Mapping[str, str]) -> Read:
    speaks = any(find(words, lambda phrase: phrase in _set("language") or None))
    hits = find(words, lambda phrase: _wishes(phrase, known, speaks=speaks))
    ends = [0, *(hit.last for hit in hits)]
    for hit, since in zip(hits, ends, strict=False):
        if negated(words, hit, _set("negations"), since=since):
            return unclear(said(text, words[max(since, hit.first - 3) : hit.last]))
        if len(hit.value) > 1:
            return unclear(said(text, words[hit.first : hit.last]), list(hit.value))
    wishes = [hit.value[0] for hit in hits]
    return _with_slips(text, rest(words, hits), wishes, known)


def _with_slips(text: str, left: list[Word], wishes: list[str], known: Mapping[str, str]) -> Read:
    """Add what words with a slip of the pen are sure to mean; ask where that is not sure."""
    for word in left:
        guesses, sure, slip_count = _slip(word, known)
        if not sure and guesses and (not wishes or slip_count == 1):
            return unclear(text[word.start : word.end], guesses, _without_open(wishes))
        wishes = wishes + (guesses[:1] if sure else [])
    return Understood([_as_data(wish) for wish in _without_open(wishes)]) if wishes else unclear(text)


def _slip(word: Word, known: Mapping[str, str]) -> tuple[list[str], bool, int]:
    """Give what the word may mean, whether the first is sure, and how many slips away it is."""
    if len(word.folded) < 5 or word.folded in data.fillers("wish"):
        return [], False, 0
    meanings = _single_words(tuple(known.items()))
    pool = tuple(meanings)
    found = slips(word.folded, pool)
    return *meant(word.folded, meanings, pool), found[0][1] if found else 0


def _wishes(phrase: str, known: Mapping[str, str], *, speaks: bool) -> tuple[str, ...] | None:
    """Give the wish a phrase says; several where it is of several countries."""
    if phrase in known:
        return (known[phrase],)
    if phrase in data.fillers("wish"):
        return None
    codes = languages.codes_of(phrase) if speaks else None
    if codes:
        return (f"language:{codes[0]}",)
    return tuple(f"country:{code}" for code in country.codes_of(phrase) or ()) or None


def _without_open(wishes: list[str]) -> list[str]:
    return [wish for wish in dict.fromkeys(wishes) if wish != _OPEN]


def _as_data(wish: str) -> Wish:
    kind, _, value = wish.partition(":")
    return {"kind": kind, "value": value} if value else {"kind": kind}


@lru_cache(maxsize=64)
def _known(sectors: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Give `folded phrase -> wish` for all that is in the word list, and the sectors."""
    words = data.words("wish")
    offered = {name: (*labels, name) for name, labels in sectors} or words["sectors"]
    known = {phrase: f"sector:{names[0]}" for phrase, names in data.keyed(offered).items() if phrase}
    known |= {phrase: f"continent:{codes[0]}" for phrase, codes in data.keyed(words["continents"]).items()}
    known |= {phrase: kinds[0] for phrase, kinds in data.keyed(words["kinds"]).items()}
    return known | dict.fromkeys(_open() - _set("negations") - data.fillers("wish"), _OPEN)


@lru_cache(maxsize=64)
def _single_words(known: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Give what single words mean: the pool for slips of the pen."""
    countries = {
        name: [f"country:{code}" for code in codes] for name, codes in country.english_names().items()
    }
    ours = {phrase: [wish] for phrase, wish in known}
    return {
        phrase: wishes
        for phrase, wishes in (countries | ours).items()
        if " " not in phrase and len(phrase) > 4
    }


@cache
def _open() -> frozenset[str]:
    return frozenset(key(phrase) for phrase in data.words("wish")["open"])


@cache
def _set(name: str) -> frozenset[str]:
    words = data.words("wish")[name]
    return frozenset(key(word) for word in (words["words"] if name == "language" else words))
