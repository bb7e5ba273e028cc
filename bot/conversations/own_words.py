"""What people name in words of their own beside the options: "data science" is not "Research data"."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from bot.answers import OWN
from bot.texts.reading import data
from bot.texts.reading.answers import Understood
from bot.texts.reading.choice import Options, is_filler, negations
from bot.texts.reading.choices import LONGEST_OWN, read_choices
from bot.texts.reading.folding import key, words_of


#: A name of two to four words and nothing else; longer is a sentence, and is read word by word.
_NAME = re.compile(r"[^\W\d]['’\w-]*(?: +[^\W\d]['’\w-]*){1,3}")


def own_name_in(piece: str, options: Options, exact: Mapping[str, str]) -> str:
    """Give the piece as "own:…" when it is one name that no option has; "" for all other words.

    Only a part of it is an option then ("data" of "data science"), so the option is not what is meant.
    `exact` are the options by every word for them, folded.
    """
    name = " ".join(piece.split())
    if len(name) > LONGEST_OWN or not _NAME.fullmatch(name) or not _is_one(name):
        return ""
    if _is_list(name.split(), exact):
        return ""
    read = read_choices(name, options, own=True)
    several = isinstance(read, Understood) and isinstance(read.value, list) and len(read.value) > 1
    return f"{OWN}{name}" if several else ""


def _is_one(name: str) -> bool:
    """Tell whether the words are one name: no "and" in it, no "not", no talk around it."""
    words = words_of(name)
    if not words or is_filler(words[0]) or is_filler(words[-1]):
        return False
    return not any(word.folded in _parting() for word in words)


def _is_list(words: Sequence[str], exact: Mapping[str, str]) -> bool:
    """Tell whether the words are names of options one after the other ("archives marketing")."""
    if not words:
        return True
    ends = range(1, len(words) + 1)
    return any(key(" ".join(words[:end])) in exact and _is_list(words[end:], exact) for end in ends)


@cache
def _parting() -> frozenset[str]:
    return negations() | {key(word) for word in data.words("choice")["separators"]}
