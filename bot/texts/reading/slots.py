"""Free hours of a week as data, and the compact form `Mo09+2 Tu20+3` in which files hold them.

A slot is `{"day": 0…6, "start": 0…23, "length": hours}`; day 0 is Monday, hours are local.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


Slot = dict[str, int]
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_COMPACT = re.compile(rf"({'|'.join(DAYS)})(\d{{1,2}})\+(\d{{1,2}})", re.IGNORECASE)


def render_hours(slots: Iterable[Mapping[str, int]]) -> str:
    """Give slots in the compact form: `Mo09+2` is Monday from 09:00 for two hours."""
    return " ".join(f"{DAYS[slot['day']]}{slot['start']:02}+{slot['length']}" for slot in slots)


def parse_hours(text: str) -> list[Slot] | None:
    """Give the slots of a text in the compact form, or None if any part of it is something else."""
    slots: list[Slot] = []
    for part in text.replace(",", " ").replace(";", " ").split():
        found = _COMPACT.fullmatch(part)
        if not found or not found[2].isascii() or int(found[2]) > 23 or not 1 <= int(found[3]) <= 24:
            return None
        slots.append({"day": DAYS.index(found[1].title()), "start": int(found[2]), "length": int(found[3])})
    return slots


def slots_of(hours: Iterable[tuple[int, int]]) -> list[Slot]:
    """Give single hours (day, hour) as slots as long as they go, in the order of the week."""
    slots: list[Slot] = []
    for day, hour in sorted(hours):
        last = slots[-1] if slots else None
        if last and last["day"] == day and last["start"] + last["length"] == hour:
            last["length"] += 1
        else:
            slots.append({"day": day, "start": hour, "length": 1})
    return slots
