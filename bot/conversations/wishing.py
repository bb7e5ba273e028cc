"""Reads wishes about the partner in words, as `bot.matching.Wish` has them ("about=value")."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.conversations.asked import Asked
from bot.texts.reading.answers import Read, Unclear, Understood
from bot.texts.reading.choices import read_choices
from bot.texts.reading.wish import read_wish


#: The wishes without a value.
_WISHES: Mapping[str, str] = MappingProxyType(
    {
        "same_sector": "sector=same",
        "senior": "seniority=more",
        "junior": "seniority=less",
        "similar": "experience=similar",
        "different": "experience=different",
    }
)
_PIECES = re.compile(r"[,;\n]|\band\b", re.IGNORECASE)
#: Before the name of an interest ("someone who likes makerspaces").
_LIKES = re.compile(
    r"\b(?:likes?|loves?|interest(?:ed)? in|works? (?:on|with)|knows?(?: about)?)\b(.+)", re.IGNORECASE
)


def read_wishes(asked: Asked, text: str) -> Read:
    """Give the wishes of a text as a list; [] for "open to anybody"."""
    read = _read(asked, text)
    liked = [wish for piece in _PIECES.split(text) for wish in _interests(asked, piece)]
    if not liked:
        return read
    others = read.value if isinstance(read, Understood) and isinstance(read.value, list) else []
    return Understood(list(dict.fromkeys((*map(str, others), *liked))))


def _read(asked: Asked, text: str) -> Read:
    sectors = next((one.options for one in asked.table if one.id == "sector"), ())
    read = read_wish(text, {option.id: (option.label, *option.words) for option in sectors} or None)
    if isinstance(read, Unclear):
        guesses = tuple(_WISHES.get(guess, guess.replace(":", "=")) for guess in read.guesses)
        return Unclear(read.what, guesses)
    wishes = [one for one in read.value if isinstance(one, dict)] if isinstance(read.value, list) else []
    return Understood([_WISHES.get(str(one["kind"])) or f"{one['kind']}={one['value']}" for one in wishes])


def _interests(asked: Asked, text: str) -> list[str]:
    """Read a wish for somebody with interests of the list."""
    likes = _LIKES.search(text)
    options = next((one.options for one in asked.table if one.id == "interests"), ())
    if likes is None or not options:
        return []
    read = read_choices(likes[1], {option.id: (option.label, *option.words) for option in options})
    named = read.value if isinstance(read, Understood) and isinstance(read.value, list) else []
    return [f"interest={one}" for one in named]
