"""Reads a line of free text, such as a name: cleaned, neither empty nor too long."""

from __future__ import annotations

import re
import unicodedata

from bot.texts.reading.answers import Read, Unclear, Understood


_LONGEST = 20_000
_JOINERS = "\u200c\u200d"
"""Needed inside words of Persian and Indian languages, and in emoji."""
_MARKS_IN_A_ROW = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")


def read_line(text: str, most: int) -> Read:
    """Give the text on one line, composed (NFC) and without control characters.

    What is empty then is Unclear with what="", what has more than `most` characters with what="length".
    """
    clean = unicodedata.normalize("NFC", "".join(map(_letter, text[:_LONGEST])))
    line = " ".join(_MARKS_IN_A_ROW.sub(r"\1", clean).split())
    if not line.strip(_JOINERS + " "):
        return Unclear("")
    if len(line) > most or len(text) > _LONGEST:
        return Unclear("length")
    return Understood(line)


def _letter(letter: str) -> str:
    """Keep what can be seen: no control, private or unpaired characters, none that turn the direction."""
    if letter.isspace():
        return " "
    unseen = unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
    tag = "\U000e0020" <= letter <= "\U000e007f"
    return "" if unseen and letter not in _JOINERS and not tag else letter
