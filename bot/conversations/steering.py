"""The few words that steer any walk (back, skip, done, later, cancel…): the same as its buttons.

The words are in the texts, separated by commas, so that a language brings its own.
"""

from collections.abc import Mapping
from functools import lru_cache

from bot.texts import Program
from bot.texts.reading.folding import key


STEERS = ("back", "skip", "done", "later", "cancel", "throw", "again", "send", "change")
_LONGEST = 40


def steer_of(text: str, language: str, program: Program) -> str:
    """Give what the text steers ("back", "skip"…); "" when it is something else."""
    if not text or len(text) > _LONGEST:
        return ""
    folded = key(text)
    for spoken in dict.fromkeys((language, "en")):
        found = _steers(tuple(program.say(spoken, f"application.words.{steer}") for steer in STEERS)).get(
            folded
        )
        if found:
            return found
    return ""


@lru_cache(maxsize=64)
def _steers(words: tuple[str, ...]) -> Mapping[str, str]:
    return {
        key(word): steer
        for steer, line in zip(STEERS, words, strict=True)
        for word in line.split(",")
        if key(word)
    }
