"""The points of one pair, term by term: why two people suit each other, or which rule keeps them apart.

| kind | values | points |
| --- | --- | --- |
| `wish` | `of` id, `about`, `value` (see Wish; `experience`, `similar:5`: to their 5 years) | of the wish |
| `missed` | the same | 0 |
| `open` | `who` ids without wishes | all the wishes' points of these people |
| `interest` | `interest`, `named_by` people, `permille` of all | by rarity, up to Rules.interests in all |
| `hours` | `hours` in common a week, `slots` as UTC `Mo09` | up to Rules.hours |
| `goal` | `goal` | for each, up to Rules.goals |
| `sector`, `stage` | `sector` / `stage` | Rules.sector / Rules.stage |
| `new_country` | `countries` (two) | Rules.new_country |
| `language` | `languages` in common | 0, a fact |
| `room` | `platforms` in common (`slack+telegram` is a bridge) | 0, a fact |
| `relaxed` | `rule`: `hours`, or `experience` with `of` id | below 0 |
| `priority` | `who` ids let down before | beside the fit: added to the score |
"""

from dataclasses import dataclass

from bot.matching.columns import Column, ones
from bot.matching.model import Reason, Value
from bot.matching.pool import Pool
from bot.matching.rules import FULL
from bot.matching.wishes import wishes_of


_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two people seen together.

    `broken` hard rules (none when legal), score and reasons as if they were legal.
    """

    members: tuple[str, str]
    broken: tuple[str, ...]  # country | language | platform | history | blocked | forbidden
    score: int
    fit: int
    reasons: tuple[Reason, ...]


def explain(pool: Pool, one: str, other: str) -> Explanation:
    """Say why these two, or which rules forbid them; raises KeyError for an unknown id."""
    a, b = pool.index[one], pool.index[other]
    reasons = reasons_of(pool, a, b)
    fit = sum(reason.points for reason in reasons)
    plain = score_of_fit(pool, fit)
    return Explanation(
        (one, other), broken_rules(pool, a, b), plain + priority_points(pool, a, b, plain), fit, reasons
    )


def broken_rules(pool: Pool, a: int, b: int) -> tuple[str, ...]:
    """Give the hard rules two rows would break together."""
    broken = []
    if a == b or pool.country[a] == pool.country[b]:
        broken.append("country")
    if not in_common(pool.languages, a, b):
        broken.append("language")
    if not in_common(pool.rooms, a, b):
        broken.append("platform")
    ban = pool.ban(a, b)
    return (*broken, ban) if ban else tuple(broken)


def score_of_fit(pool: Pool, fit: int) -> int:
    """Give the score after the curve of fairness (see `bot.matching.scoring.curve`)."""
    power = pool.rules.fairness
    return int(FULL - FULL * (FULL - fit) ** power // FULL**power)


def priority_points(pool: Pool, a: int, b: int, score: int) -> int:
    """Give what is added to the score of a pair for people who were let down before."""
    both = int(pool.priority[a] + pool.priority[b])
    return both * (pool.rules.priority + score // 2)


def reasons_of(pool: Pool, a: int, b: int) -> tuple[Reason, ...]:
    """Give all reasons of two rows; their points add up to the fit."""
    found = [
        *_wishes(pool, a, b),
        *_interests(pool, a, b),
        *_hours(pool, a, b),
        *_goals(pool, a, b),
        *_same(pool, a, b),
    ]
    found += _new_country(pool, a, b)
    reasons = [*found, *_relaxed(pool, a, b, sum(reason.points for reason in found))]
    shared = Reason("language", {"languages": in_common(pool.languages, a, b)}, 0)
    return (*reasons, shared, Reason("room", {"platforms": in_common(pool.rooms, a, b)}, 0))


def in_common(column: Column, a: int, b: int) -> tuple[str, ...]:
    """Give the names that both have."""
    return tuple(column.names[k] for k in ones(column.bits[a] & column.bits[b]))


def common_hours(pool: Pool, a: int, b: int) -> list[int]:
    """Give the hours of the UTC week in which both are free."""
    return ones(pool.hours[a] & pool.hours[b])


def slot_name(hour: int) -> str:
    """Give an hour of the week as `Mo09`."""
    return f"{_DAYS[hour // 24]}{hour % 24:02}"


def _wishes(pool: Pool, a: int, b: int) -> list[Reason]:
    found: list[Reason] = []
    sides = ((a, b), (b, a))
    for me, you in sides:
        for about, value, met in wishes_of(pool.wishes, me, you):
            values: dict[str, Value] = {"of": pool.ids[me], "about": about, "value": value}
            found.append(Reason("wish" if met else "missed", values, int(pool.wishes.each[me]) if met else 0))
    open_to_all = tuple(pool.ids[me] for me, _ in sides if pool.wishes.base[me])
    if open_to_all:
        found.append(Reason("open", {"who": open_to_all}, int(pool.wishes.base[a] + pool.wishes.base[b])))
    return found


def _interests(pool: Pool, a: int, b: int) -> list[Reason]:
    shared = ones(pool.interests.bits[a] & pool.interests.bits[b])
    shared.sort(key=lambda k: (-int(pool.interest_points[k]), pool.interests.names[k]))
    found, left = [], pool.rules.interests
    for k in shared:
        points = min(left, int(pool.interest_points[k]))
        left -= points
        count = int(pool.interest_counts[k])
        values: dict[str, Value] = {
            "interest": pool.interests.names[k],
            "named_by": count,
            "permille": count * 1000 // pool.counted,
        }
        found.append(Reason("interest", values, points))
    return found


def _hours(pool: Pool, a: int, b: int) -> list[Reason]:
    hours, enough = common_hours(pool, a, b), pool.rules.hours_enough
    if not hours:
        return []
    values: dict[str, Value] = {"hours": len(hours), "slots": tuple(slot_name(hour) for hour in hours)}
    return [Reason("hours", values, min(len(hours), enough) * (pool.rules.hours // enough))]


def _goals(pool: Pool, a: int, b: int) -> list[Reason]:
    shared, enough = in_common(pool.goals, a, b), pool.rules.goals_enough
    each = pool.rules.goals // enough
    return [
        Reason("goal", {"goal": name}, each if place < enough else 0) for place, name in enumerate(shared)
    ]


def _same(pool: Pool, a: int, b: int) -> list[Reason]:
    found = []
    if pool.sector[a] == pool.sector[b] >= 0:
        found.append(Reason("sector", {"sector": pool.sectors[pool.sector[a]]}, pool.rules.sector))
    if pool.stage[a] == pool.stage[b] >= 0:
        found.append(Reason("stage", {"stage": pool.stages[pool.stage[a]]}, pool.rules.stage))
    return found


def _new_country(pool: Pool, a: int, b: int) -> list[Reason]:
    if _has_met(pool, a, b) or _has_met(pool, b, a):
        return []
    countries = (pool.countries[pool.country[a]], pool.countries[pool.country[b]])
    return [Reason("new_country", {"countries": countries}, pool.rules.new_country)]


def _has_met(pool: Pool, one: int, other: int) -> bool:
    country = int(pool.country[other])
    return bool(int(pool.met[one, country >> 6]) >> (country & 63) & 1)


def _relaxed(pool: Pool, a: int, b: int, points: int) -> list[Reason]:
    """Give rules that gave way, in their declared order; a fit never falls below 0."""
    values: list[tuple[int, dict[str, Value]]] = []
    for rule, cost in pool.rules.relaxations:
        if rule == "hours" and not common_hours(pool, a, b):
            values.append((cost, {"rule": rule}))
        if rule == "experience":
            values += [
                (cost, {"rule": rule, "of": pool.ids[me]})
                for me, you in ((a, b), (b, a))
                if _missed(pool, me, you)
            ]
    found = []
    for cost, each in values:
        lost = min(cost, points)
        points -= lost
        found.append(Reason("relaxed", each, -lost))
    return found


def _missed(pool: Pool, me: int, you: int) -> bool:
    return any(about == "experience" and not met for about, _, met in wishes_of(pool.wishes, me, you))
