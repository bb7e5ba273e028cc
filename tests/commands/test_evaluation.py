"""What a report may say: shares with their limits, and never a group of fewer than five people."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.evaluation import (
    FEWEST,
    Share,
    band,
    contact_by,
    contact_by_experience,
    contact_by_topic,
    contact_share,
    content,
    content_by_contact,
    shown,
    wilson,
)
from bot.markup import plain
from bot.model import Round, RoundState
from bot.texts.names import country_name
from tests.commands.desks import NOW, OPEN, RUNNING, desk, do, program, reply_in, values, words


AUTUMN = Round("autumn", "Autumn", RoundState.ENDED, started_at=NOW, ended_at=NOW)


def group(name: str, people: int) -> Share:
    return Share(name, people, people, people * 2)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_limits_are_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_limits(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(part, whole)


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_is_always_within_its_limits(found: tuple[int, int]) -> None:
    low, high = wilson(*found)

    assert 0 <= low <= found[0] / found[1] <= high <= 1


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(1, 8))
def test_no_group_under_five_is_shown_nor_found_by_subtraction(sizes: list[int], most: int) -> None:
    found = shown([group(str(number), size) for number, size in enumerate(sizes)], most)
    hidden = sum(sizes) - sum(each.people for each in found)

    assert all(each.people >= FEWEST for each in found)
    assert not found or hidden == 0 or hidden >= FEWEST
    assert len(found) <= most


def test_the_smallest_group_is_left_out_where_it_gives_a_smaller_one_away() -> None:
    found = shown([group("BR", 6), group("NZ", 4), group("IN", 9)])

    assert [each.name for each in found] == ["IN"]


@pytest.mark.parametrize(
    ("contact", "weeks", "name"),
    [
        (16, 16, "weekly"), (12, 16, "weekly"), (11, 16, "fortnightly"), (6, 16, "fortnightly"),
        (5, 16, "monthly"), (2, 16, "monthly"), (1, 16, "never"), (0, 3, "never"), (0, 0, "never"),
    ],
)  # fmt: skip
def test_how_often_a_pair_was_in_contact_is_the_nearest_word(contact: int, weeks: int, name: str) -> None:
    assert band(contact, weeks) == name


def test_content_people_are_counted_by_how_often_they_were_in_contact() -> None:
    counts = {"satisfied.16.16.5": 6, "satisfied.12.16.3": 2, "satisfied.8.16.4": 3, "satisfied.8.16.2": 3}

    assert content_by_contact(counts) == (Share("weekly", 8, 6, 8), Share("fortnightly", 6, 3, 6))


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ((40, 10, 5, 3), [("weekly", 40), ("fortnightly", 10), ("monthly never", 8)]),
        ((3, 2, 6, 0), [("weekly fortnightly", 5), ("monthly", 6)]),
        ((2, 20, 2, 5), [("weekly fortnightly", 22), ("monthly never", 7)]),
        ((40, 0, 0, 4), []),
        ((4, 0, 0, 0), []),
        ((0, 0, 0, 0), []),
    ],
)
def test_bands_with_too_few_people_are_joined_with_the_next(
    sizes: tuple[int, ...], names: list[tuple[str, int]]
) -> None:
    weeks = zip((4, 2, 1, 0), sizes, strict=True)
    counts = {f"satisfied.{contact}.4.5": size for contact, size in weeks if size}

    assert [(each.name, each.people) for each in content_by_contact(counts)] == names


def test_joined_bands_have_their_words() -> None:
    joined = COUNTS | {"satisfied.1.4.5": 3, "satisfied.0.4.5": 3}

    assert "• in contact once a month to hardly ever: 100 % (61–100 %) of 6 people" in words(
        do("report", desk(round=RUNNING, counts=joined))
    )


def test_content_of_all_is_said_of_five_and_more() -> None:
    assert content({"satisfied.1.4.5": 4}) is None
    assert content({"satisfied.1.4.5": 4, "satisfied.4.4.3": 1}) == Share("weekly monthly", 5, 4, 5)


def test_topics_count_the_weeks_in_which_each_pair_talked_about_them() -> None:
    counts = {
        "topic.1.1.people": 20, "topic.1.1.pairs": 10, "topic.1.1.contact": 8,
        "topic.1.2.people": 18, "topic.1.2.pairs": 9, "topic.1.2.contact": 6,
        "topic.1.5.people": 12, "topic.1.5.pairs": 6, "topic.1.5.contact": 3,
        "topic.5.5.people": 6, "topic.5.5.pairs": 3, "topic.5.5.contact": 3,
        "topic.9.9.people": 4, "topic.9.9.pairs": 2, "topic.9.9.contact": 2,
    }  # fmt: skip
    first, third = program().topics[0].title, program().topics[2].title

    assert contact_by_topic(counts, program().topics, 16) == (
        Share(first, 20, 17, 22),
        Share(third, 12, 3, 6),
    )


def test_first_time_and_here_before_are_shown_together_or_not_at_all() -> None:
    counts = {"first.people": 9, "first.weeks": 90, "first.contact": 45, "again.people": 6, "again.weeks": 60}

    assert [each.name for each in contact_by_experience(counts)] == ["first", "again"]
    assert contact_by_experience({**counts, "again.people": 4}) == ()
    assert contact_by_experience({"first.people": 9}) == ()


def test_weeks_in_which_few_were_asked_do_not_count() -> None:
    counts = {
        "week.1.asked": 10, "week.1.pairs": 5, "week.1.contact": 4,
        "week.2.asked": 4, "week.2.pairs": 2, "week.2.contact": 0,
    }  # fmt: skip

    assert contact_share(counts, range(1, 3)) == 80
    assert contact_share({}, range(1, 3)) is None
    assert contact_by({"country..people": 9}, "country") == ()


COUNTS = {
    "applications.placed": 40, "minutes": 20,
    "country.BR.applications": 25, "country.IN.applications": 15,
    "week.1.asked": 40, "week.1.answered": 30, "week.1.pairs": 20, "week.1.contact": 16,
    "week.2.asked": 40, "week.2.answered": 20, "week.2.pairs": 20, "week.2.contact": 10,
    "week.3.asked": 4, "week.3.answered": 4, "week.3.pairs": 2, "week.3.contact": 2,
    "country.BR.people": 25, "country.BR.weeks": 50, "country.BR.contact": 35,
    "country.IN.people": 15, "country.IN.weeks": 30, "country.IN.contact": 15,
    "platform.telegram.people": 22, "platform.telegram.weeks": 44, "platform.telegram.contact": 22,
    "platform.slack.people": 18, "platform.slack.weeks": 36, "platform.slack.contact": 27,
    "first.people": 30, "first.weeks": 60, "first.contact": 30,
    "again.people": 10, "again.weeks": 20, "again.contact": 19,
    "topic.1.1.people": 40, "topic.1.1.pairs": 20, "topic.1.1.contact": 16,
    "survey.mid": 32, "survey.end": 24,
    "satisfied.2.2.5": 9, "satisfied.2.2.3": 1, "satisfied.1.2.4": 4, "satisfied.1.2.1": 4,
    "last.applications.placed": 20, "last.minutes": 30, "last.country.BR.applications": 20,
    "last.week.1.asked": 20, "last.week.1.pairs": 10, "last.week.1.contact": 5,
    "last.week.9.asked": 20, "last.week.9.pairs": 10, "last.week.9.contact": 10,
}  # fmt: skip


def test_the_report_says_how_the_round_goes_in_a_few_lines() -> None:
    outcome = do("report", desk(round=RUNNING, last=AUTUMN, counts=COUNTS))

    assert words(outcome).splitlines() == [
        "Spring: 40 people from 2 countries · minutes of work: 20, 50 per 100 people",
        "In contact: 65 % of pairs in an average week",
        "Answered: 64 % of the check-ins, 80 % the survey in the middle, 60 % the one at the end",
        "",
        "Content with the program (4 or 5 of 5): 72 % (49–88 %) of 18 people",
        "• in contact every week: 90 % (60–98 %) of 10 people",
        "• in contact every second week: 50 % (22–78 %) of 8 people",
        "",
        "Autumn → Spring, weeks 1 to 5:",
        "• people 20 → 40",
        "• countries 1 → 2",
        "• pairs in contact 50 % → 65 %",
        "• minutes per 100 people 150 → 50 (so far)",
    ]
    assert values(outcome) == ["d:report more", "d:report public"]


def test_the_details_are_a_command_of_their_own() -> None:
    title = program().topics[0].title

    assert words(do("report more", desk(round=RUNNING, counts=COUNTS))).splitlines() == [
        "Spring, week by week",
        "Week 1: 80 % of 20 pairs in contact, 75 % answered",
        "Week 2: 50 % of 20 pairs in contact, 50 % answered",
        "Week 3: –",
        "Week 4: –",
        "Week 5: –",
        "",
        "Applied, by country: Brazil 25 · India 15",
        "",
        f"In contact, by topic: {title} 80 % (40)",
        "",
        "In contact, by country: Brazil 70 % (25) · India 50 % (15)",
        "",
        "In contact, by platform: Telegram 50 % (22) · Slack 75 % (18)",
        "",
        "In contact, first time or not: here for the first time 50 % (30) · here before 95 % (10)",
    ]


def test_the_report_for_everybody_has_a_picture_and_nothing_of_the_directors_work() -> None:
    message = reply_in(do("report public", desk(round=RUNNING, last=AUTUMN, counts=COUNTS)))

    assert plain(message.text).startswith("Spring: 40 people from 2 countries talked")
    assert "minutes" not in message.text
    assert "• people 20 → 40" in plain(message.text)
    assert message.attachment is not None
    assert (message.attachment.name, message.attachment.mime) == ("spring-report.svg", "image/svg+xml")


@pytest.mark.parametrize("command", ["report", "report more", "report public"])
def test_a_round_that_has_not_begun_or_is_tiny_has_no_report(command: str) -> None:
    tiny = do(command, desk(round=RUNNING, counts={"applications.placed": 4}))
    before = do(command, desk(round=OPEN, counts=COUNTS))

    assert words(do(command, desk())).startswith("There is no round yet.")
    assert words(before).startswith("Spring has not begun")
    assert words(tiny).startswith("Spring has fewer than 5 participants")
    assert [reply_in(each).attachment for each in (tiny, before)] == [None, None]


def test_a_report_without_any_answer_is_a_report() -> None:
    counts = {"applications.placed": 5}

    assert words(do("report", desk(round=RUNNING, counts=counts, last=AUTUMN))).splitlines()[1:] == [
        "Answered: – of the check-ins, 0 % the survey in the middle, 0 % the one at the end"
    ]
    assert words(do("report more", desk(round=RUNNING, counts=counts))).splitlines()[1] == "Week 1: –"


@given(
    sizes=st.dictionaries(st.sampled_from(["BR", "NZ", "IN", "KE", "FJ"]), st.integers(1, 8)),
    pairs=st.lists(st.integers(0, 5), min_size=5, max_size=5),
    content=st.dictionaries(st.tuples(st.integers(0, 4), st.integers(1, 5)), st.integers(1, 6)),
    earlier=st.integers(0, 8),
    command=st.sampled_from(["report", "report more", "report public"]),
)
def test_no_group_under_five_is_in_any_report_or_picture(
    sizes: Mapping[str, int],
    pairs: list[int],
    content: Mapping[tuple[int, int], int],
    earlier: int,
    command: str,
) -> None:
    """Countries, weeks, topics, bands of contact: whatever the figures, in the words as in the drawing."""
    people = sum(sizes.values())
    counts = {"applications.placed": people, "last.applications.placed": earlier, "again.people": earlier}
    counts |= {
        f"country.{code}.{what}": size
        for code, size in sizes.items()
        for what in ("people", "applications", "weeks")
    }
    counts |= {f"satisfied.{contact}.4.{value}": count for (contact, value), count in content.items()}
    for week, count in enumerate(pairs, start=1):
        for head in (f"week.{week}", f"topic.1.{week}"):
            counts |= {f"{head}.asked": 2 * count, f"{head}.people": 2 * count, f"{head}.pairs": count}
    counts |= {"first.people": people}
    message = reply_in(do(command, desk(round=RUNNING, counts=counts, last=AUTUMN)))
    drawn = message.attachment.content if message.attachment else ""
    text = f"{plain(message.text)}\n{drawn}"
    said = [int("".join(found)) for found in re.findall(r"\((\d+)\)|n = (\d+)|of (\d+) people", text)]

    assert [size for size in said if size < FEWEST] == []
    assert [size for size in re.findall(r"of (\d+) pairs", text) if 2 * int(size) < FEWEST] == []
    assert [code for code, size in sizes.items() if size < FEWEST and country_name(code) in text] == []
    assert people >= FEWEST or drawn == ""
