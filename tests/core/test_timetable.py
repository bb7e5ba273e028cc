"""The timetable: local mornings, nights, changes of clocks and fast paces."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable import Timetable, daytime, is_night, local, share_day


MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Melbourne",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "UTC",
)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        (date(2026, 1, 5), time(9), "Europe/Berlin", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        (date(2026, 7, 6), time(9), "Europe/Berlin", datetime(2026, 7, 6, 7, tzinfo=UTC)),
        # 02:30 is left out on this day: it comes an hour later.
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # 02:30 happens twice on this day: the first counts.
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 1, 5), time(9), "no such zone", datetime(2026, 1, 5, 9, tzinfo=UTC)),
    ],
)
def test_a_local_hour_becomes_a_moment(day: date, hour: time, zone: str, moment: datetime) -> None:
    assert local(day, hour, zone) == moment


@pytest.mark.parametrize(
    ("hour", "night"), [(time(7, 59), True), (time(8), False), (time(21, 59), False), (time(22), True)]
)
def test_the_night_is_from_ten_to_eight(hour: time, night: bool) -> None:
    assert is_night(local(date(2026, 5, 5), hour, "Asia/Kathmandu"), "Asia/Kathmandu") is night


def test_nobody_without_a_zone_has_a_night() -> None:
    assert not is_night(datetime(2026, 1, 1, 3, tzinfo=UTC), "")


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    st.lists(st.sampled_from(sorted(available_timezones())), max_size=3),
)
def test_the_first_quarter_of_an_hour_that_is_day_for_all_is_found_in_any_zones(
    at: datetime, zones: list[str]
) -> None:
    start = at + (-timedelta(minutes=at.minute)) % timedelta(minutes=15)
    quarters = [start + timedelta(minutes=15) * count for count in range(96)]
    day_for_all = [step for step in (at, *quarters) if not any(is_night(step, zone) for zone in zones)]

    found = daytime(at, zones)

    assert found == day_for_all[0] if day_for_all else found in quarters


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
)
def test_two_zones_always_share_an_hour_of_day(at: datetime, zones: tuple[str, str]) -> None:
    found = daytime(at, zones)

    assert [zone for zone in zones if is_night(found, zone)] == []
    assert at <= found < at + timedelta(days=1, minutes=15)


def test_three_zones_without_a_common_day_wake_as_few_as_can_be() -> None:
    zones = ("Europe/London", "Asia/Tokyo", "America/Los_Angeles")

    found = daytime(datetime(2026, 1, 5, 3, tzinfo=UTC), zones)

    assert sum(is_night(found, zone) for zone in zones) == 1


@pytest.mark.parametrize("zone", ZONES)
def test_a_weekly_prompt_keeps_its_local_hour_through_a_change_of_clocks(zone: str) -> None:
    timetable = Timetable(MONDAY, 40)

    hours = {
        timetable.moment(week, 1, 10, (zone,)).astimezone(ZoneInfo(zone)).time() for week in range(1, 41)
    }

    assert hours == {time(10)}


def test_a_moment_is_never_before_its_week_begins() -> None:
    evening = Timetable(datetime(2026, 3, 2, 20, tzinfo=UTC), 16)

    assert evening.moment(1, 0, 9, ("UTC",)) == datetime(2026, 3, 2, 20, tzinfo=UTC)


def test_at_a_fast_pace_days_shrink_and_there_is_no_night() -> None:
    fast = Timetable(MONDAY, 16, timedelta(seconds=70))

    assert fast.moment(2, 3, 9, ("Asia/Tokyo",)) == MONDAY + timedelta(seconds=100)
    assert fast.hold(("Asia/Tokyo",)) == ()
    assert fast.end == MONDAY + timedelta(seconds=70 * 16)


def test_zones_are_held_once_each_at_the_real_pace() -> None:
    assert Timetable(MONDAY, 16).hold(("Asia/Tokyo", "", "Asia/Tokyo")) == ("Asia/Tokyo",)


@pytest.mark.parametrize(
    ("after", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (111, 16), (112, 17), (300, 17)]
)
def test_the_week_of_a_day(after: int, week: int) -> None:
    assert Timetable(MONDAY, 16).week(MONDAY + timedelta(days=after)) == week


@pytest.mark.parametrize(
    ("zones", "shared"),
    [
        (("Europe/London", "Pacific/Auckland"), True),
        (("Europe/London", "Europe/Berlin", "Africa/Lagos", ""), True),
        (("Europe/London", "Asia/Tokyo", "America/Los_Angeles"), False),
    ],
)
def test_three_may_share_no_hour_of_day(zones: tuple[str, ...], shared: bool) -> None:
    assert share_day(MONDAY.date(), zones) is shared
