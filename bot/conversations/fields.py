"""Finds the answers that a text names by their labels ("change my country", "country and interests")."""

from collections.abc import Iterable

from bot.texts import Question
from bot.texts.reading.folding import key


def named_in(text: str, table: Iterable[Question]) -> tuple[str, ...]:
    """Give the ids of the questions whose label or id stands in the text, in the order of the table."""
    said = f" {key(text)} "
    return tuple(
        one.id for one in table if any(f" {name} " in said for name in (key(one.label), key(one.id)))
    )
