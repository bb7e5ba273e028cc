"""Reads a yes or a no, in many languages and as a picture."""

from __future__ import annotations

from functools import cache

from bot.texts.reading import data
from bot.texts.reading.answers import Read, Understood, unclear
from bot.texts.reading.folding import cut, words_of
from bot.texts.reading.phrases import find


_SHORT = 12
"""In a longer text a "no" or a "please" is no answer to the question."""


def read_yes_no(text: str) -> Read:
    """Give True or False; "not now" is False, "not sure" and "yes and no" are Unclear."""
    looked_at = cut(text)
    words = words_of(looked_at)
    signs = {"+1": True, "-1": False}
    if looked_at in signs:
        return Understood(signs[looked_at])
    hits = find(words, _phrases().get) if len(words) <= _SHORT else []
    said = {hit.value for hit in hits}
    # "No, that's fine" and "yes, no problem": what is said first is the answer, unless a "but" follows.
    first_counts = hits and hits[0].first == 0 and "but" not in said
    if not said & {"yes", "no"} or "neither" in said or (said >= {"yes", "no"} and not first_counts):
        return unclear(looked_at, ("yes", "no"))
    return Understood(next(hit.value for hit in hits if hit.value != "but") == "yes")


@cache
def _phrases() -> dict[str, str]:
    return {phrase: answers[0] for phrase, answers in data.keyed(data.words("yes_no")).items() if phrase}
