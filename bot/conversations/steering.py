"""The few words that steer any walk (back, skip, done, later, cancel…): the same as its buttons.

The words are in the texts, separated by commas, so that a language brings its own.
"""

from collections.abc import Mapping
from functools import lru_cache

from bot.texts import Program, Texts
from bot.texts.reading.folding import key


STEERS = ("back", "skip", "done", "later", "cancel", "throw", "again", "send", "change")
_LONGEST = 40


def steer_of(text: str, language: str, program: Program) -> str:
    """Give what the text steers ("back", "skip"…); "" when it is something else."""
    if not text or len(text) > _LONGEST:
        return ""
    return _steers(program.texts, language).get(key(text), "")


@lru_cache(maxsize=64)
def _steers(texts: Texts, language: str) -> Mapping[str, str]:
    """Give every word that steers, the language's own before the English ones."""
    spoken = dict.fromkeys(("en", language))
    lines = [(steer, texts.say(one, f"application.words.{steer}")) for one in spoken for steer in STEERS]
    return {key(word): steer for steer, line in lines for word in line.split(",") if key(word)}
