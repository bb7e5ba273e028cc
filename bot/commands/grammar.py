"""How a command's usage becomes a reader: "case N done [MINUTES] [WORDS]" reads what directors type.

Small words stand for themselves. A word in capitals is an argument of the kind that its letters say
(the table below); brackets are for what may be left out. Nothing here can be slow: no part of a pattern
can match the same text in two ways more than once.
"""

import re
from functools import lru_cache


#: What each argument's text looks like.
KINDS = {
    "N": r"#?(\d{1,9})",
    "MINUTES": r"(\d{1,4})(?: ?(?:m|min|mins|minutes?)\b)?",
    "COUNTRY": r"(.+?)",
    "A": r"(.+)",
    "B": r"(\S+)",
    "WHO": r"(\"[^\"]+\"|\S+)",
    "ID": r"(.+?)",
    "NAME": r"(.+)",
    "FIND": r"(.+)",
    "COMMAND": r"(.+)",
    "TO": r"((?:country\s)?(?:\"[^\"]+\"|\S+))",
    "TEXT": r"(.+)",
    "WORDS": r"(.+)",
}

_GAP = r"\s{1,4}"
_QUOTED = r"\"[^\"]+\""
#: Two people: with "and", a comma, "&" or "+" between them, or each one word or in quotation marks.
_TWO = (
    re.compile(rf"^({_QUOTED}|[^,&+]+?)(?: ?[,&+] ?| and | with | ↔ )({_QUOTED}|[^,&+]+)$", re.IGNORECASE),
    re.compile(rf"^({_QUOTED}|\S+) ({_QUOTED}|\S+)$"),
)


@lru_cache(maxsize=256)
def pattern(usage: str) -> re.Pattern[str]:
    """Give the pattern that reads a command of this usage; a group for each argument."""
    pieces = "".join(_piece(word) for word in usage.split())
    return re.compile(f"^{pieces.removeprefix(_GAP)}$", re.IGNORECASE | re.DOTALL)


def arguments(usage: str) -> tuple[str, ...]:
    """Give the arguments a usage names, in order, without brackets: ("N", "MINUTES", "WORDS")."""
    return tuple(word.strip("[]") for word in usage.split() if word.strip("[]").isupper())


def two_people(text: str) -> tuple[str, str] | None:
    """Give the two people that a text names ("@ana 17", "Ana Silva and Ben"), None when that is unclear."""
    for shape in _TWO:
        if found := shape.match(text.strip()):
            return bare(found[1]), bare(found[2])
    return None


def one_or_two(text: str) -> tuple[str, ...]:
    """Give the one person or the two that a text names; two words without a sign are one name."""
    two = two_people(text)
    words = text.split(" ")
    sure = len(words) != 2 or all(word.lstrip("#").isdecimal() or word[0] in '@"' for word in words if word)
    return two if two and sure else (bare(text),)


def bare(name: str) -> str:
    """Give a name without the quotation marks or the "#" it was written with."""
    return name.strip().strip('"').strip().removeprefix("#")


def tidy(text: str) -> str:
    """Give a text with plain quotation marks and without blank ends."""
    return text.translate(_MARKS).strip()


def _piece(word: str) -> str:
    inner = word.strip("[]")
    if word == "[B]":
        return ""  # A takes both: `one_or_two` tells them apart
    shape = KINDS[inner] if inner.isupper() else re.escape(inner)
    return rf"(?:{_GAP}{shape})?" if word.startswith("[") else f"{_GAP}{shape}"


_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u2019": "'"})
