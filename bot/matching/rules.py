"""What a pairing is worth, as data a director can weigh.

Hard rules are not here because nobody may weigh them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace


FULL = 10_000  # points of a perfect pair
RELAXABLE = ("hours", "experience")  # never country, language, history or block


class BadRules(ValueError):
    """The content file's matching rules cannot be used."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Points of each soft rule; the seven weights add up to 10,000.

    `relaxations` are rules that hold unless somebody would be left alone or the price is worth it: in the
    order in which they give way, with the points a pair loses in which the rule is broken.
    """

    wishes: int = 5_000  # half for each side; a person without wishes has all of theirs met
    interests: int = 2_000
    hours: int = 1_500
    goals: int = 500
    sector: int = 400
    new_country: int = 400
    stage: int = 200
    interest_rarity: int = 100  # points of a shared interest for each halving of the share that named it
    hours_enough: int = 3  # common hours a week that earn all the points of hours
    goals_enough: int = 2
    similar_years: int = 3  # similar experience: at most so many years apart
    different_years: int = 5  # different experience: at least so many
    senior_years: int = 5
    fairness: int = 2  # exponent of the curve: 1 counts all points alike, more lifts the worst pairs
    priority: int = 3_000  # points for placing somebody let down before, and half the score again
    trio_percent: int = 5  # at most so many trios in a hundred pairs, and always one
    rescue: bool = False  # pair differently, at some points' cost, so that who fits no pair is placed too
    relaxations: tuple[tuple[str, int], ...] = (("hours", 500), ("experience", 1_000))
    bridges: tuple[tuple[str, str], ...] = ()  # platforms whose people can share a room through a bridge

    def __post_init__(self) -> None:
        """Refuse weights that would make scores meaningless."""
        _check(self)

    def cost(self, rule: str) -> int:
        """Give points a pair loses when the rule is relaxed; 0 for a rule that is not on the list."""
        return dict(self.relaxations).get(rule, 0)


def rules_from(table: Mapping[str, object]) -> Rules:
    """Give rules from a content file's table (TOML).

    A name left out keeps its default. Raises BadRules, saying what to mend.
    """
    known = {f.name: f.default for f in fields(Rules)}
    changes: dict[str, object] = {}
    for name, value in table.items():
        if name not in known:
            raise BadRules(
                f"matching: there is no rule called {name!r}; known are {', '.join(sorted(known))}."
            )
        changes[name] = _READERS.get(name, _number)(name, value)
    return replace(Rules(), **changes)  # type: ignore[arg-type]  # every value was checked by its name


def _number(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRules(f"matching: {name} must be a whole number, not {value!r}.")
    return value


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRules(f"matching: {name} is true or false, not {value!r}.")
    return value


def _relaxations(_name: str, value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping):
        raise BadRules(
            "matching: relaxations is a table of rule = points, such as { hours = 500, experience = 1000 }."
        )
    return tuple((str(name), _number(f"relaxations.{name}", cost)) for name, cost in value.items())


def _bridges(_name: str, value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list | tuple) or any(
        not isinstance(two, list | tuple) or len(two) != 2 for two in value
    ):
        raise BadRules('matching: bridges is a list of two platforms each, such as [["slack", "telegram"]].')
    return tuple((str(one), str(other)) for one, other in value)


_READERS: Mapping[str, Callable[[str, object], object]] = {
    "relaxations": _relaxations,
    "bridges": _bridges,
    "rescue": _truth,
}


def _check(rules: Rules) -> None:
    weights = (
        rules.wishes,
        rules.interests,
        rules.hours,
        rules.goals,
        rules.sector,
        rules.new_country,
        rules.stage,
    )
    if min(weights) < 0 or sum(weights) != FULL:
        raise BadRules(
            f"matching: the seven weights must add up to {FULL}, none below 0; they add up to {sum(weights)}."
        )
    if not 1 <= rules.fairness <= 8:
        raise BadRules("matching: fairness is between 1 and 8.")
    if min(rules.hours_enough, rules.goals_enough) < 1:
        raise BadRules("matching: hours_enough and goals_enough are at least 1.")
    if not 0 <= rules.trio_percent <= 100:
        raise BadRules("matching: trio_percent is between 0 and 100.")
    if not 0 <= rules.priority <= FULL:
        raise BadRules(f"matching: priority is between 0 and {FULL}.")
    for name in ("interest_rarity", "similar_years", "different_years", "senior_years"):
        if not 0 <= getattr(rules, name) <= FULL:
            raise BadRules(f"matching: {name} is between 0 and {FULL}.")
    _check_relaxations(rules)


def _check_relaxations(rules: Rules) -> None:
    costs = [cost for _, cost in rules.relaxations]
    for name, cost in rules.relaxations:
        if name not in RELAXABLE:
            raise BadRules(f"matching: {name!r} is never relaxed; only {' and '.join(RELAXABLE)} can be.")
        if not 0 <= cost <= FULL:
            raise BadRules(f"matching: relaxing {name} costs between 0 and {FULL} points.")
    if costs != sorted(costs) or len({name for name, _ in rules.relaxations}) != len(costs):
        raise BadRules(
            "matching: relaxations stand in the order in which they give way, the cheapest first, each once."
        )
