"""Slips of the pen in command words."""

from functools import lru_cache

from rapidfuzz.distance import OSA


#: A second word so far from every word of a line is not in it; a command without one is as near as that.
FAR = 3
#: No slip of the pen makes a command's word longer than this.
LONGEST = 14


def nearest(line: str, names: tuple[str, ...]) -> str:
    """Give the name of the command that a line was probably meant to be; "" when there is none."""
    words = line.casefold().split()[:5]
    head = near_head(words[0], names) if words else None
    if head is None:
        return ""
    fitting = [name for name in names if name.split()[0] == head]
    return min(fitting, key=lambda name: (_distance(name, words[1:]), len(name)))


def near_head(word: str, names: tuple[str, ...]) -> str | None:
    """Give the first word of a command that this is, or is one slip from (two in words of seven letters)."""
    heads = _heads(names)
    if word in heads:
        return word
    if not 4 <= len(word) <= LONGEST:
        return None
    allowed = 2 if len(word) > 6 else 1
    slips, head = min((OSA.distance(word, head), head) for head in heads)
    return head if slips <= allowed else None


@lru_cache(maxsize=4)
def _heads(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name.split()[0] for name in names}))


def _distance(name: str, words: list[str]) -> int:
    """Give how far a command's second word is from the nearest of these."""
    _, _, second = name.partition(" ")
    if not second:
        return FAR if words else 0
    return min((OSA.distance(second, word) for word in words), default=FAR)
