"""Words of a text in the one spelling in which this package compares: no case, no accents, no apostrophes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


LONGEST = 600
"""Characters that are looked at: no answer to a question of ours needs more, and nothing can be slow."""

MOST_WORDS = 80

_PUNCTUATION = (
    r"\x00-\x20!-&(-/:-@\[-_{-\x9f\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u02c2-\u02c5\u055a-\u055f\u0589\u05be"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u1360-\u1368\u2000-\u200b\u200e-\u2018\u201a-\u205f\u2028-\u202f"
    r"\u3000-\u3004\u3008-\u3030\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3f\uff5b-\uff65\u2066-\u2069\ufeff"
)
# Scripts that are written without spaces are compared letter by letter; Hangul too, for its particles.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3005-\u3007\u3041-\u30fa\u30fc-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
_PICTURES = r"\u2190-\u2bff\U0001f000-\U0001faff"
_WORD = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"
    r"|\U0001f3f4[\U000e0061-\U000e007f]+"
    rf"|[{_PICTURES}]|[{_UNSPACED}]"
    r"|(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
    rf"|[^{_PUNCTUATION}{_UNSPACED}{_PICTURES}]+"
)
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff'’‘`´ʻʼ.]"
)
_LETTERS = str.maketrans("øłđıðəىةکی", "oldideيهكي") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it is compared, and where it stands in the text."""

    folded: str
    start: int
    end: int


def cut(text: str) -> str:
    """Give the text as far as it is looked at, composed (NFC) and without blank ends."""
    return unicodedata.normalize("NFC", text[:LONGEST]).strip()


def words_of(text: str) -> list[Word]:
    """Split a text that `cut` gave; pictures, flags and letters of unspaced scripts are single words."""
    found = (Word(fold(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return [word for word in found if word.folded][:MOST_WORDS]


def fold(word: str) -> str:
    """Give a single word without case, accents, vowel points and apostrophes."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart)).translate(_LETTERS)


def key(phrase: str) -> str:
    """Give a phrase as the key it is looked up by: its folded words with single spaces."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return " ".join(phrase.casefold().split())
    return " ".join(word.folded for word in words_of(cut(phrase)))


def said(text: str, words: list[Word]) -> str:
    """Give the part of the text from the first of these words to the last."""
    return text[words[0].start : words[-1].end] if words else ""
