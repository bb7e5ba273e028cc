"""The figures of a round's evaluation: shares of people in contact or content, and what may be shown of them.

No group of fewer than five people is shown, nor one that tells of such a group by subtraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.texts import Topic
from bot.texts.topics import prompt


#: No group smaller than this is shown (program: "no group under five").
FEWEST = 5
#: Two-sided 95 % of the normal distribution.
Z = 1.959964
#: From this answer on somebody counts as content: 4 or 5 of 5.
CONTENT = 4
#: How often partners were in contact, by the share of the weeks that were asked about: each band reaches half
#: the way to the next (every week 1, every second 1/2, every fourth 1/4, never 0).
BANDS = (("weekly", 3 / 4), ("fortnightly", 3 / 8), ("monthly", 1 / 8), ("never", 0.0))

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """A group of people and a share of it: weeks in contact of its weeks, content people of its people."""

    name: str
    people: int
    part: int
    whole: int

    @property
    def percent(self) -> float:
        """The share in percent; 0 where there is nothing to share."""
        return 100 * self.part / self.whole if self.whole else 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """The 95 % confidence limits in percent; sound only where `whole` counts people, not their weeks."""
        low, high = wilson(self.part, self.whole)
        return 100 * low, 100 * high


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % confidence limits of a share, each from 0 to 1.

    Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927), 209-212; good for few people and
    for shares near 0 and 1 (Brown, Cai and DasGupta, Statistical Science 16 (2001), 101-133). Raises
    ValueError where the part is no part of the whole, or the whole is nothing.
    """
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share.")
    share, squared = part / whole, Z * Z
    middle = share + squared / (2 * whole)
    spread = Z * sqrt(share * (1 - share) / whole + squared / (4 * whole * whole))
    below = 1 + squared / whole
    return max(min((middle - spread) / below, share), 0.0), min(max((middle + spread) / below, share), 1.0)


def shown(groups: Iterable[Share], most: int = 1000) -> tuple[Share, ...]:
    """Give the groups that may be shown, at most so many, the largest first.

    Where all that is left out were fewer than five people together, they could be found by subtraction: then
    the smallest that would be shown are left out too.
    """
    ordered = sorted(groups, key=lambda each: (-each.people, each.name))
    kept = [each for each in ordered if each.people >= FEWEST][:most]
    hidden = sum(each.people for each in ordered) - sum(each.people for each in kept)
    while kept and 0 < hidden < FEWEST:
        hidden += kept.pop().people
    return tuple(kept)


def compared(groups: Iterable[Share], most: int = 1000) -> tuple[Share, ...]:
    """Give the groups that may be shown where there are two or more: one alone compares with nothing."""
    found = shown(groups, most)
    return found if len(found) > 1 else ()


def contact_by(counts: Counts, kind: str, most: int = 1000) -> tuple[Share, ...]:
    """Give weekly contact by "country" or "platform", the groups with most people first."""
    names = [name for key in counts if (name := _between(key, f"{kind}.", ".people"))]
    return compared((_contact(counts, f"{kind}.{name}", name) for name in names), most)


def contact_by_experience(counts: Counts) -> tuple[Share, ...]:
    """Give weekly contact of those who are here for the first time, and of those who were here before."""
    groups = (_contact(counts, name, name) for name in ("first", "again"))
    found = {each.name: each for each in compared(each for each in groups if each.people)}
    return tuple(found[name] for name in ("first", "again") if name in found)


def contact_by_topic(counts: Counts, topics: tuple[Topic, ...], weeks: int) -> tuple[Share, ...]:
    """Give the pairs in contact in the weeks of each topic, in the order of the topics.

    Each partnership has its own topic (a re-matched pair begins with the first). `people` is a lower bound:
    the most that were asked in one week.
    """
    people, part, whole = dict.fromkeys(topics, 0), dict.fromkeys(topics, 0), dict.fromkeys(topics, 0)
    for first in range(1, weeks + 1):
        for week in range(first, weeks + 1):
            asked = counts.get(f"topic.{first}.{week}.people", 0)
            if asked < FEWEST:
                continue
            topic = prompt(topics, week, first, weeks)[0]
            people[topic] = max(people[topic], asked)
            part[topic] += counts.get(f"topic.{first}.{week}.contact", 0)
            whole[topic] += counts.get(f"topic.{first}.{week}.pairs", 0)
    return tuple(Share(each.title, people[each], part[each], whole[each]) for each in topics if people[each])


def content(counts: Counts) -> Share | None:
    """Give the share of people who are content with the program, of all who said; None of fewer than five."""
    whole = _all(_by_band(counts))
    return whole if whole.people >= FEWEST else None


def content_by_contact(counts: Counts) -> tuple[Share, ...]:
    """Give the share of people who are content with the program by how often their pair was in contact.

    From the end survey's question "satisfaction" and the weeks in contact by the check-ins of both. Partners
    answer each for themselves, but not wholly independently: the true limits are a little wider. Bands with
    too few people are joined with the next ("fortnightly monthly"); nothing where all would be one.
    """
    found: list[list[Share]] = []
    waiting: list[Share] = []
    for each in _by_band(counts):
        waiting.append(each)
        if _all(waiting).people >= FEWEST:
            found.append(waiting)
            waiting = []
    if found:
        found[-1] += waiting  # too few at the end go with those before them
    return tuple(_all(group) for group in found) if len(found) > 1 else ()


def band(contact: int, weeks: int) -> str:
    """Give how often a pair was in contact: "weekly", "fortnightly", "monthly" or "never"."""
    share = contact / weeks if weeks else 0.0
    return next(name for name, least in BANDS if share >= least)


def contact_share(counts: Counts, weeks: Sequence[int]) -> float | None:
    """Give the percent of pairs in contact, all these weeks together; None where too few were asked."""
    kept = [week for week in weeks if counts.get(f"week.{week}.asked", 0) >= FEWEST]
    pairs = sum(counts.get(f"week.{week}.pairs", 0) for week in kept)
    contact = sum(counts.get(f"week.{week}.contact", 0) for week in kept)
    return 100 * contact / pairs if pairs else None


def countries(counts: Counts) -> int:
    """Give from how many countries people applied and did not withdraw."""
    return sum(1 for key, count in counts.items() if count and _between(key, "country.", ".applications"))


def applied_by_country(counts: Counts, most: int) -> tuple[Share, ...]:
    """Give how many applied from each country, the most first."""
    names = [name for key in counts if (name := _between(key, "country.", ".applications"))]
    found = ((name, counts[f"country.{name}.applications"]) for name in names)
    return shown((Share(name, count, count, count) for name, count in found), most)


def before(counts: Counts) -> Counts:
    """Give the figures of the round before under their own names."""
    return {key.removeprefix("last."): count for key, count in counts.items() if key.startswith("last.")}


def _by_band(counts: Counts) -> list[Share]:
    """Give the bands in which somebody said how content they are, the most contact first."""
    people, part = dict.fromkeys(_BAND_NAMES, 0), dict.fromkeys(_BAND_NAMES, 0)
    for key, count in counts.items():
        if key.startswith("satisfied."):
            contact, weeks, value = (int(piece) for piece in key.split(".")[1:])
            name = band(contact, weeks)
            people[name] += count
            part[name] += count if value >= CONTENT else 0
    return [Share(name, people[name], part[name], people[name]) for name in _BAND_NAMES if people[name]]


def _all(bands: Sequence[Share]) -> Share:
    """Give bands as one group, with the names of the first and the last."""
    names = dict.fromkeys(each.name for each in (*bands[:1], *bands[-1:]))
    people = sum(each.people for each in bands)
    return Share(" ".join(names), people, sum(each.part for each in bands), people)


def _contact(counts: Counts, group: str, name: str) -> Share:
    people, part, whole = (counts.get(f"{group}.{what}", 0) for what in ("people", "contact", "weeks"))
    return Share(name, people, part, whole)


def _between(key: str, head: str, tail: str) -> str:
    return key[len(head) : -len(tail)] if key.startswith(head) and key.endswith(tail) else ""


_BAND_NAMES = tuple(name for name, _ in BANDS)
