"""Reads the country in which somebody lives, as ISO 3166 alpha-2; between two that are close it asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from bot.texts.reading import cities, data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import Word, cut, key, said, words_of
from bot.texts.reading.near import meant, slips
from bot.texts.reading.phrases import Hit, find, joined, negated, rest


Codes = tuple[str, ...]
_KNOWN_WIDELY = 3
"""A short foreign name counts when at least so many languages have it ("Kuba"), not one alone ("Sec")."""
_LONGEST_TYPO = 12


def read_country(text: str, languages: Sequence[str] = ("en",)) -> Read:
    """Give the country named in the text, in whatever language, by name, flag, ISO code or nationality.

    `languages` are those the person is likely to write: only their names may have slips of the pen.
    """
    looked_at = cut(text)
    return _read(looked_at, tuple(languages))


def find_countries(words: Sequence[Word], languages: tuple[str, ...] = ("en",)) -> list[Hit[Codes]]:
    """Give the countries named in these words; several codes where the name is of more than one.

    A part of a country ("New Mexico") is not given, nor is another country found in its name.
    """
    return _named(words, languages, _names_without_parts(languages))


def codes_of(phrase: str) -> Codes | None:
    """Give the countries of this folded name, or of these people; None for what is too easily a word."""
    if _is_odd(phrase, ("en",)) or phrase in _little_known(("en",)):
        return None
    return _names(("en",)).get(phrase) or _people().get(phrase)


@cache
def english_names() -> dict[str, Codes]:
    """Give `folded name -> codes` for the names in which slips of the pen are looked for."""
    return {name: _names(("en",))[name] for name in _pool(("en",))} | _people()


def _named(words: Sequence[Word], languages: tuple[str, ...], names: dict[str, Codes]) -> list[Hit[Codes]]:
    hits = find(words, names.get)
    alone = not [word for word in rest(words, hits) if word.folded not in data.fillers("country")]
    kept = [hit for hit in hits if alone or not _is_odd(joined(words[hit.first : hit.last]), languages)]
    return [hit for hit in kept if hit.value and not negated(words, hit, _set("negations"))]


def _read(text: str, languages: tuple[str, ...]) -> Read:
    words = words_of(text)
    if not words:
        return unclear(text)
    by_code = _by_code(text, words, languages)
    if by_code:
        return by_code
    named = _named(words, languages, _names(languages)) or find(words, _people().get)
    if named:
        return _settled(text, words, named, languages)
    elsewhere = [hit for hit in find(words, _names(languages).get) if not hit.value]
    return unclear(text) if elsewhere else _by_city_or_slip(text, words, languages)


def _by_code(text: str, words: list[Word], languages: tuple[str, ...]) -> Read | None:
    """Read a flag, or a code that is the whole answer and no name ("Nga" is Vietnamese for Russia)."""
    flags = [hit.value for hit in find(words, _flags().get)]
    if flags:
        return Understood(flags[0]) if len(set(flags)) == 1 else unclear(text, flags)
    word = words[0].folded
    code = _codes().get(word) if len(words) == 1 else None
    if not code or word in _asked_names(languages):
        return None
    typed_as_code = text.isupper() or "." in text
    if word in _set("never_codes") or (word in _doubtful() and not typed_as_code):
        return unclear(text, [code])
    return Understood(code)


def _settled(text: str, words: list[Word], hits: list[Hit[Codes]], languages: tuple[str, ...]) -> Read:
    meanings = {hit.value for hit in hits}
    if len(meanings) == 1:
        found = words[hits[0].first : hits[0].last]
        codes = (*hits[0].value, *_just_as_near(joined(found), hits[0].value[0], languages))
        return Understood(codes[0]) if len(codes) == 1 else unclear(said(text, found), codes)
    living = [hit for hit in hits if _is_home(words, hit)]
    return unclear(text, [code for hit in living + hits for code in hit.value])


def _just_as_near(name: str, code: str, languages: tuple[str, ...]) -> list[str]:
    """Give what else a little-known name may be: "Nigera" is Niger in Latvian, and nearly Nigeria."""
    if name not in _little_known(languages):
        return []
    slip_of = dict(reversed(slips(name, _pool(languages))))
    distance = {other: slip_of[known] for known in slip_of for other in _names(languages)[known]}
    return [
        other for other in distance if other != code and distance[other] <= min(2, distance.get(code, 0) + 1)
    ]


def _is_home(words: list[Word], hit: Hit[Codes]) -> bool:
    before = joined(words[max(0, hit.first - 4) : hit.first])
    return any(before.removesuffix(" the").endswith(key(phrase)) for phrase in data.words("country")["lives"])


def _by_city_or_slip(text: str, words: list[Word], languages: tuple[str, ...]) -> Read:
    content = [word for word in words if word.folded not in data.fillers("country")] or words
    what = said(text, content)
    if len(content) > _LONGEST_TYPO:
        return unclear(what)
    names, pool = _names(languages), _pool(languages)
    countries_of = list(dict.fromkeys(city.country for city in cities.named(joined(content))))
    for part in (content, words):
        guesses, sure = meant(joined(part), names, pool)
        if guesses:
            return (
                Understood(guesses[0]) if sure and not countries_of else unclear(what, countries_of + guesses)
            )
    words_alike = [
        guess for word in content if len(word.folded) > 4 for guess in meant(word.folded, names, pool)[0]
    ]
    return unclear(what, countries_of + words_alike or meant(joined(content), names, tuple(names))[0])


def _is_odd(phrase: str, languages: tuple[str, ...]) -> bool:
    """Tell whether a name is too easily another word, inside a sentence."""
    return phrase in _foreign_and_short(languages) or phrase in {key(word) for word in _set("common")}


@cache
def _names(languages: tuple[str, ...]) -> dict[str, Codes]:
    """Give `folded name -> codes`: every language's names, then ours, which outrank them."""
    found: dict[str, Codes] = {}
    for name, code, locales in data.rows("countries"):
        if not _is_rare(name, locales, languages):
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), code)))
    words = data.words("country")
    for ours in (words["ambiguous"], words["parts"], words["names"]):
        for name, values in data.keyed(ours).items():
            found[name] = tuple(values[0].split("_"))
    return found | _no_countries(words["no_country"]["names"])


@cache
def _names_without_parts(languages: tuple[str, ...]) -> dict[str, Codes]:
    return _names(languages) | _no_countries(*data.words("country")["parts"].values())


def _no_countries(*names: Iterable[str]) -> dict[str, Codes]:
    return {key(name): () for group in names for name in group}


def _is_rare(name: str, locales: str, languages: tuple[str, ...]) -> bool:
    """Tell whether a name is so short and so little known that it is probably another word."""
    known_in = locales.split()
    return (
        len(name) < 5
        and name.isascii()
        and len(known_in) < _KNOWN_WIDELY
        and not {*languages, "en"} & {*known_in}
    )


@cache
def _foreign_and_short(languages: tuple[str, ...]) -> frozenset[str]:
    asked = {*languages, "en"}
    short = (
        (name, locales) for name, _, locales in data.rows("countries") if len(name) < 5 and name.isascii()
    )
    return frozenset(name for name, locales in short if not asked & {*locales.split()})


@cache
def _little_known(languages: tuple[str, ...]) -> frozenset[str]:
    asked = {*languages, "en"}
    rows = ((name, set(locales.split())) for name, _, locales in data.rows("countries"))
    return frozenset(name for name, locales in rows if len(locales) <= _KNOWN_WIDELY and not asked & locales)


@cache
def _asked_names(languages: tuple[str, ...]) -> tuple[str, ...]:
    asked = {*languages, "en"}
    return tuple(name for name, _, locales in data.rows("countries") if asked & {*locales.split()})


@cache
def _pool(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names in which slips are looked for."""
    known = _names(languages)
    return tuple(
        dict.fromkeys(
            name
            for name in (*_asked_names(languages), *data.keyed(data.words("country")["names"]))
            if known.get(name)
        )
    )


@cache
def _people() -> dict[str, Codes]:
    return {name: tuple(codes) for name, codes in data.keyed(data.words("country")["people"]).items()}


@cache
def _codes() -> dict[str, str]:
    short = {row[0].casefold(): row[0] for row in data.rows("zones")}
    return short | dict(data.rows("alpha3"))


@cache
def _flags() -> dict[str, str]:
    """Give flags; those of England, Scotland and Wales are a black flag with a tag."""
    flags = {"".join(chr(ord(letter) + 0x1F1A5) for letter in code): code for code in set(_codes().values())}
    tags = ("gbeng", "gbsct", "gbwls")
    return flags | {
        "\U0001f3f4" + "".join(chr(ord(letter) + 0xE0000) for letter in tag) + "\U000e007f": "GB"
        for tag in tags
    }


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(data.words("country")["doubtful_codes"].split())


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(data.words("country")[name])
