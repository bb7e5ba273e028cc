"""The country balance: who is accepted now and who waits, first come first accepted. Pure arithmetic.

No country may have more than the round's share of those accepted (program: "at most 20 % of applicants
from one country"), counted with the newcomer among them. Every country may always have a few, or nobody
could be the first: `FEW`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model import Application


#: So many of one country are accepted whatever the share is.
FEW = 3


@dataclass(frozen=True, slots=True)
class Admission:
    """What one look decides: who is accepted, and who waits with their place in their country's queue."""

    accepted: tuple[Application, ...]
    waiting: tuple[tuple[Application, int], ...]


def room_for(country: str, accepted: Mapping[str, int], cap_percent: int) -> bool:
    """Tell whether one more of this country keeps the balance."""
    total = sum(accepted.values()) + 1
    return _fits(accepted.get(country, 0) + 1, total, cap_percent)


def admit(applications: Iterable[Application], accepted: Mapping[str, int], cap_percent: int) -> Admission:
    """Decide about the applications in the order they came; each one accepted makes room for more."""
    queue = sorted(applications, key=lambda each: (each.submitted_at, each.person))
    counts = Counter(accepted)
    total = sum(counts.values())
    taken: list[Application] = []
    moved = True
    while moved:
        moved = False
        left: list[Application] = []
        full: set[str] = set()  # whoever came later waits behind the first of their country who does
        for each in queue:
            if each.country in full or not _fits(counts[each.country] + 1, total + 1, cap_percent):
                full.add(each.country)
                left.append(each)
                continue
            counts[each.country] += 1
            total += 1
            taken.append(each)
            moved = True
        queue = left
    return Admission(tuple(taken), _places(queue))


def _fits(of_country: int, total: int, cap_percent: int) -> bool:
    return of_country <= FEW or of_country * 100 <= cap_percent * total


def _places(queue: list[Application]) -> tuple[tuple[Application, int], ...]:
    places: Counter[str] = Counter()
    placed = []
    for each in queue:
        places[each.country] += 1
        placed.append((each, places[each.country]))
    return tuple(placed)
