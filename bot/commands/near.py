"""Slips of the pen in command words."""

from rapidfuzz.distance import OSA


def nearest(line: str, names: tuple[str, ...]) -> str:
    """Give the name of the command that a line was probably meant to be; "" when there is none."""
    words = line.casefold().split()[:2]
    head = near_head(words[0], names) if words else None
    if head is None:
        return ""
    typed = " ".join([head, *words[1:]])
    fitting = [name for name in names if name.split()[0] == head]
    return min(fitting, key=lambda name: (OSA.distance(typed, name), len(name)))


def near_head(word: str, names: tuple[str, ...]) -> str | None:
    """Give the first word of a command that this is, or is one slip from (two in words of seven letters)."""
    heads = sorted({name.split()[0] for name in names})
    if word in heads:
        return word
    if len(word) < 4:
        return None
    allowed = 2 if len(word) > 6 else 1
    scored = sorted((OSA.distance(word, head), head) for head in heads)
    return scored[0][1] if scored[0][0] <= allowed else None
