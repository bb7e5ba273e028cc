"""The country balance: first come, first accepted; nobody above the share; nobody lost."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Application, ApplicationState
from bot.rounds import FEW, admit, room_for


START = datetime(2027, 1, 1, tzinfo=UTC)
COUNTRIES = st.sampled_from(["PT", "JP", "BR", "KE", "US"])


def applied(countries: list[str]) -> list[Application]:
    return [
        Application(
            "spring", number, ApplicationState.SUBMITTED, {}, START + timedelta(hours=number), country=country
        )
        for number, country in enumerate(countries, start=1)
    ]


def test_the_first_few_of_a_country_are_always_accepted() -> None:
    found = admit(applied(["US"] * 5), {}, 20)

    assert [each.person for each in found.accepted] == [1, 2, 3]
    assert [(each.person, place) for each, place in found.waiting] == [(4, 1), (5, 2)]


def test_the_waiting_move_up_when_others_apply() -> None:
    accepted = {"US": 3, "PT": 3, "JP": 3, "BR": 3, "KE": 3}
    waiting = applied(["US", "US"])

    assert admit(waiting, accepted, 20).accepted == ()
    found = admit([*waiting, *applied(["NO", "SE", "FI", "DK"])], accepted, 20)
    assert Counter(each.country for each in found.accepted)["US"] == 1


def test_one_more_is_welcome_where_the_balance_allows() -> None:
    assert room_for("US", {"US": 3}, 20) is False
    assert room_for("US", {"US": 3, "PT": 20}, 20) is True
    assert room_for("KE", {"US": 3}, 20) is True


@given(st.lists(COUNTRIES, max_size=80), st.dictionaries(COUNTRIES, st.integers(0, 3)), st.integers(1, 100))
def test_nobody_is_lost_and_no_country_has_more_than_its_share(
    countries: list[str], before: dict[str, int], cap: int
) -> None:
    every = applied(countries)
    found = admit(every, before, cap)

    placed = [*(each.person for each in found.accepted), *(each.person for each, _ in found.waiting)]
    assert sorted(placed) == [each.person for each in every]
    counts = Counter(before) + Counter(each.country for each in found.accepted)
    total = sum(counts.values())
    assert all(count <= max(FEW, cap * total / 100) for count in counts.values())


@given(st.lists(COUNTRIES, max_size=80), st.integers(1, 100))
def test_within_a_country_who_came_first_is_accepted_first(countries: list[str], cap: int) -> None:
    found = admit(applied(countries), {}, cap)

    for country in set(countries):
        accepted = [each.person for each in found.accepted if each.country == country]
        waiting = [(each.person, place) for each, place in found.waiting if each.country == country]
        assert all(taken < left for taken in accepted for left, _ in waiting)
        assert [place for _, place in waiting] == list(range(1, len(waiting) + 1))


@given(st.lists(COUNTRIES, max_size=80), st.integers(1, 100))
def test_nobody_waits_while_there_is_room(countries: list[str], cap: int) -> None:
    found = admit(applied(countries), {}, cap)
    counts = Counter(each.country for each in found.accepted)

    assert not any(room_for(each.country, counts, cap) for each, _ in found.waiting)


@given(st.lists(COUNTRIES, max_size=40), st.integers(0, 40), st.integers(1, 100))
def test_deciding_in_two_looks_never_takes_a_place_back(countries: list[str], cut: int, cap: int) -> None:
    every = applied(countries)
    first = admit(every[:cut], {}, cap)
    counts = Counter(each.country for each in first.accepted)
    later = admit([*(each for each, _ in first.waiting), *every[cut:]], counts, cap)

    taken = [*first.accepted, *later.accepted]
    assert len({each.person for each in taken}) == len(taken)
    assert len(taken) + len(later.waiting) == len(every)
