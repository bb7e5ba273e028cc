"""The values matching takes and gives: people, wishes, pairs with their reasons, and the quality report.

Everything is frozen and holds data, not words: `bot.matching.words` has the English sentences, and other
languages phrase the same kinds and values elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


Value: TypeAlias = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time: `weekday` 0 is Monday, `start` is the local hour 0-23, `length` is in hours."""

    weekday: int
    start: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """One explicit wish about the partner.

    | about | value |
    | --- | --- |
    | `sector`, `stage` | a sector or stage, or `same`, or `other` |
    | `seniority` | `more` or `less`: at least `Rules.senior_years` years apart |
    | `continent` | `AF AN AS EU NA OC SA` |
    | `region` | a UN M49 region's name in small letters with hyphens, `southern-asia` |
    | `country` | ISO 3166 alpha-2 |
    | `language` | ISO 639-1: the partner speaks it |
    | `interest`, `goal` | the partner named it |
    """

    about: str
    value: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person who wants a partner; codes are ISO 3166 alpha-2, ISO 639-1 and IANA."""

    id: str
    country: str
    zone: str
    languages: tuple[str, ...]
    interests: tuple[str, ...] = ()
    sector: str = ""
    stage: str = ""
    years: int | None = None
    goals: tuple[str, ...] = ()
    hours: tuple[Slot, ...] = ()
    experience_wish: str = "any"  # any | similar | different
    wishes: tuple[Wish, ...] = ()
    platforms: tuple[str, ...] = ()
    priority: int = 0  # rounds in which this person was let down
    met_countries: tuple[str, ...] = ()  # where former partners live


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two people suit each other.

    `kind` and `values` are listed in docs/matching.md, `points` are of the fit.
    """

    kind: str
    values: Mapping[str, Value]
    points: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, or three: in a trio the first two are the pair that the third joined.

    `fit` is the sum of the reasons' points of the first two; `score` is the fit after the curve of
    fairness and is what the matching maximises.
    """

    members: tuple[str, ...]
    score: int
    fit: int
    reasons: tuple[Reason, ...] = ()
    third_scores: tuple[int, ...] = ()  # a trio's third with the first, and with the second
    day_hours: int = 0  # a trio's hours of the day in which it is day (08-22) for all three
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody without a partner: the rule that stops them, its counts, and the sentences."""

    id: str
    rule: str
    values: Mapping[str, Value]
    why: str
    help: str


@dataclass(frozen=True, slots=True)
class Report:
    """How good a matching is. Scores are points 0-10,000 a pair; `total` counts a trio's first two."""

    people: int
    pairs: int
    trios: int
    unplaced: int
    placed: int
    placed_max: int  # the most people any legal plan can place: a proved upper limit
    total: int
    upper_bound: int  # of the total, over all legal pairs
    gap_percent: float
    certificate: str  # proved | sampled
    worst: int
    p5: int
    median: int
    fit_worst: int
    fit_p5: int
    fit_median: int
    fit_mean: int
    wishes: int
    wishes_met: int
    relaxed: Mapping[str, int]  # rule -> pairs in which it was relaxed
    countries: int
    country_links: int  # different pairs of countries that meet
    seed: int
    seconds: float
    confidence: float = 1.0  # that the bound holds: below 1 when the certificate is sampled


@dataclass(frozen=True, slots=True)
class Matching:
    """The result of `pair_up`, sorted by the members' ids."""

    pairs: Sequence[Pair]  # a tuple, unless there are more than 100,000
    unplaced: tuple[Unplaced, ...]
    report: Report
