"""Pairing people: hard rules always, everybody who can be placed, the same result every time."""

from dataclasses import replace
from random import Random

import pytest

from bot.matching import Applicant, Matching, PinnedIllegal, Rules, explain, pair_up, pool_of
from tests.matching.people import earlier_pairs, made_up


def person(name: str, country: str = "NZ", **more: object) -> Applicant:
    plain = Applicant(name, country, "Pacific/Auckland", ("en",), platforms=("telegram",))
    return replace(plain, **more)  # type: ignore[arg-type]  # a test's shorthand


def members(matching: Matching) -> list[tuple[str, ...]]:
    return [pair.members for pair in matching.pairs]


def test_nobody_and_one_person_give_no_pairs() -> None:
    nobody = pair_up([], seed=1)
    alone = pair_up([person("a")], seed=1)

    assert nobody.pairs == ()
    assert nobody.report.total == 0
    assert [each.rule for each in alone.unplaced] == ["alone"]


def test_partners_never_break_a_hard_rule() -> None:
    people, history = made_up(120), earlier_pairs(made_up(120))
    matching = pair_up(people, met_before=history, blocked=[("3", "4")], seed=1)
    pool = pool_of(people, met_before=history, blocked=[("3", "4")], seed=1)

    broken = [explain(pool, *pair.members[:2]).broken for pair in matching.pairs]

    assert set(broken) == {()}
    assert matching.report.placed == matching.report.placed_max
    assert matching.report.gap_percent == 0


def test_everybody_is_in_exactly_one_place() -> None:
    matching = pair_up(made_up(121), seed=1)

    names = [name for pair in matching.pairs for name in pair.members] + [
        each.id for each in matching.unplaced
    ]

    assert sorted(names) == sorted(str(number) for number in range(121))


def test_people_of_one_country_cannot_be_paired() -> None:
    matching = pair_up([person("a"), person("b"), person("c")], seed=1)

    assert [(each.id, each.rule) for each in matching.unplaced] == [
        ("a", "country"),
        ("b", "country"),
        ("c", "country"),
    ]


def test_islands_of_language_stay_apart() -> None:
    people = [
        person("a", "FR", languages=("fr",)),
        person("b", "SN", languages=("fr",)),
        person("c", "BR", languages=("pt",)),
        person("d", "AO", languages=("pt",)),
        person("e", "TH", languages=("th",)),
    ]
    matching = pair_up(people, seed=1)

    assert members(matching) == [("a", "b"), ("c", "d")]
    assert matching.unplaced[0].rule == "language"
    assert matching.unplaced[0].why == "No one else speaks Thai."
    assert matching.unplaced[0].help.startswith("Add French as a language (possible partners then: 2)")


@pytest.mark.parametrize(
    ("kind", "rule"), [("met_before", "history"), ("blocked", "blocked"), ("forbidden", "forbidden")]
)
def test_pairs_that_are_kept_apart_are_told_why(kind: str, rule: str) -> None:
    people = [person("a"), person("b", "PH")]
    apart: dict[str, list[tuple[str, str]]] = {kind: [("b", "a")]}
    matching = pair_up(people, seed=1, **apart)  # type: ignore[arg-type]  # one of three names

    assert [each.rule for each in matching.unplaced] == [rule, rule]


def test_people_on_different_platforms_need_a_bridge() -> None:
    people = [person("a"), person("b", "PH", platforms=("slack",))]

    apart = pair_up(people, seed=1)
    bridged = pair_up(people, seed=1, rules=Rules(bridges=(("slack", "telegram"),)))

    assert [each.rule for each in apart.unplaced] == ["platform", "platform"]
    assert members(bridged) == [("a", "b")]


def test_an_odd_one_makes_a_trio() -> None:
    people = [person("a"), person("b", "PH"), person("c", "FJ")]
    matching = pair_up(people, seed=1)

    assert [sorted(names) for names in members(matching)] == [["a", "b", "c"]]
    assert matching.pairs[0].day_hours > 0
    assert matching.report.placed_max == 3


def test_a_trio_needs_one_language_common_to_all() -> None:
    people = [
        person("a", "NZ", languages=("en", "fr")),
        person("b", "FR", languages=("fr", "ar")),
        person("c", "EG", languages=("ar", "en")),
    ]
    matching = pair_up(people, seed=1)

    assert len(matching.pairs[0].members) == 2
    assert [each.rule for each in matching.unplaced] == ["odd"]


def test_with_rescue_the_one_left_over_is_someone_whom_a_pair_can_take() -> None:
    """The best pairs leave over the one with French only; with rescue somebody else joins a pair instead."""
    alike = {"interests": ("zines", "maps"), "sector": "public"}
    people = [person("x", "FR", languages=("fr",)), person("y", "SN", languages=("fr", "en"), **alike)]
    people += [person("a", "NZ", **alike), person("b", "PH"), person("c", "FJ")]

    plain, rescued = pair_up(people, seed=1), pair_up(people, seed=1, rules=Rules(rescue=True))

    assert [(each.id, each.rule) for each in plain.unplaced] == [("x", "odd")]
    assert ("x", "y") in members(rescued)
    assert rescued.report.placed == rescued.report.placed_max == 5
    assert rescued.report.total < rescued.report.upper_bound == plain.report.total


def test_more_people_are_placed_than_a_greedy_choice_would() -> None:
    """The middle two suit each other best, but then the outer two would be alone."""
    left = person("left", "FR", languages=("fr",))
    right = person("right", "BR", languages=("pt",))
    best = {"interests": ("zines", "maps"), "sector": "public"}
    middle = [
        person("m1", "CA", languages=("fr", "en"), **best),
        person("m2", "PT", languages=("pt", "en"), **best),
    ]
    matching = pair_up([left, *middle, right], seed=1)

    assert members(matching) == [("left", "m1"), ("m2", "right")]


def test_pinned_and_forbidden_pairs_are_kept() -> None:
    people = made_up(40)
    first = pair_up(people, seed=1).pairs
    pinned = (first[0].members[0], first[1].members[1])
    matching = pair_up(
        people, seed=1, pinned=[pinned], forbidden=[(first[2].members[0], first[2].members[1])]
    )

    assert tuple(sorted(pinned)) in members(matching)
    assert first[2].members not in members(matching)
    assert matching.report.total <= matching.report.upper_bound


def test_a_pinned_pair_may_not_break_a_hard_rule() -> None:
    with pytest.raises(PinnedIllegal) as refused:
        pair_up([person("a"), person("b")], seed=1, pinned=[("a", "b")])

    assert refused.value.rules == ("country",)


def test_the_order_of_people_does_not_matter() -> None:
    people = made_up(60)
    shuffled = Random(5).sample(people, len(people))

    one, other = pair_up(people, seed=3), pair_up(shuffled, seed=3)

    assert one.pairs == other.pairs
    assert one.unplaced == other.unplaced


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        pair_up([person("a"), person("a", "PH")], seed=1)


def test_someone_let_down_before_is_placed_first() -> None:
    waiting = [person("new", "FR", languages=("fr",)), person("again", "BE", languages=("fr",), priority=1)]
    matching = pair_up(
        [*waiting, person("only", "SN", languages=("fr",))], seed=1, rules=Rules(trio_percent=0)
    )
    placed = {name for pair in matching.pairs for name in pair.members[:2]}

    assert "again" in placed


def test_a_country_new_to_both_is_worth_points() -> None:
    people = [person("a"), person("b", "PH"), person("c", "PH")]
    pool = pool_of(people, met_before=[("a", "c")])

    kinds = {reason.kind for reason in explain(pool, "a", "b").reasons}

    assert "new_country" not in kinds


def test_rescue_places_people_by_opening_pairs() -> None:
    french = [person(f"f{k}", country, languages=("fr",)) for k, country in enumerate(("FR", "BE", "CH"))]
    bridge = [person("y", "SN", languages=("fr", "en"))]
    others = [person(f"e{k}", country) for k, country in enumerate(("NZ", "PH", "FJ", "GB", "US"))]
    people = [*french[:1], *bridge, *others, person("t", "TH", languages=("th", "en"))]

    plain = pair_up(people, seed=1)
    rescued = pair_up(people, seed=1, rules=Rules(rescue=True, trio_percent=50))

    assert rescued.report.placed >= plain.report.placed
    assert rescued.report.total <= rescued.report.upper_bound


def test_rescue_changes_nothing_that_places_nobody_more() -> None:
    people = made_up(401, seed=1)
    history = earlier_pairs(people)

    plain = pair_up(people, met_before=history, seed=1).report
    rescued = pair_up(people, met_before=history, seed=1, rules=Rules(rescue=True)).report

    assert rescued.placed == plain.placed
    assert rescued.total == plain.total
