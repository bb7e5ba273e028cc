"""When somebody is free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.reading import Unclear, Understood, parse_hours, read_hours, render_hours


WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def on(days: str, *times: str) -> str:
    """Give the compact form of the same times on several days."""
    return " ".join(f"{day}{time}" for day in days.split() for time in times)


ALL = "Mo Tu We Th Fr Sa Su"
WORK = "Mo Tu We Th Fr"

READ = [
    # days and parts of days
    ("weekday evenings", on(WORK, "18+4")),
    ("Saturday morning", "Sa08+4"),
    ("any time at the weekend", on("Sa Su", "08+14")),
    ("lunch time on Mondays", "Mo12+2"),
    ("evenings", on(ALL, "18+4")),
    ("weekends", on("Sa Su", "08+14")),
    ("Saturday morning and Sunday afternoon", "Sa08+4 Su13+5"),
    ("mornings and evenings on weekdays", on(WORK, "08+4", "18+4")),
    ("evenings on Tuesday and mornings on Friday", "Tu18+4 Fr08+4"),
    ("evenings on weekdays and weekends any time", on(WORK, "18+4") + " " + on("Sa Su", "08+14")),
    ("evenings on Monday after 7", "Mo19+3"),
    ("after work on Thursdays", "Th17+5"),
    ("from morning to evening on Sunday", "Su08+14"),
    ("Mon-Thu mornings", on("Mo Tu We Th", "08+4")),
    ("Sat-Mon mornings", on("Mo Sa Su", "08+4")),
    ("weekdays to Saturday mornings", on("Mo Tu We Th Fr Sa", "08+4")),
    ("24/7", on(ALL, "08+14")),
    # the clock
    ("Tue and Thu after 7pm", "Tu19+3 Th19+3"),
    ("weekdays 18-20", on(WORK, "18+2")),
    ("Tue/Thu 19:00", "Tu19+1 Th19+1"),
    ("Monday to Friday 9 to 5", on(WORK, "09+8")),
    ("Monday 9-5pm", "Mo09+8"),
    ("Monday 11am-1pm", "Mo11+2"),
    ("Monday 12am-2am", "Mo00+2"),
    ("between 9 and 11 am on Tuesday", "Tu09+2"),
    ("6-8pm Wed", "We18+2"),
    ("I'm free Monday, Wednesday and Friday from 5pm to 8pm", on("Mo We Fr", "17+3")),
    ("Mon 18:30-20:30", "Mo19+1"),
    ("Tuesday at 3", "Tu15+1"),
    ("Tuesday 9:30", "Tu10+1"),
    ("every day 7-9", on(ALL, "19+2")),
    ("weekday mornings 7-9", on(WORK, "07+2")),
    ("Monday afternoon from 3", "Mo15+3"),
    ("monday noon to 3pm", "Mo12+3"),
    ("weekends before noon", on("Sa Su", "08+4")),
    ("Monday before 5", "Mo08+9"),
    ("after lunch on Monday", "Mo14+8"),
    ("Monday from noon", "Mo12+10"),
    ("Monday before lunch", "Mo08+4"),
    ("not before 10", on(ALL, "10+12")),
    ("Fri 22-02", "Fr22+2 Sa00+2"),
    ("Monday 11pm", "Mo23+1"),
    ("about 2 hours on Tuesdays", "Tu08+14"),
    ("Sat & Sun 10am-1pm; Wed 8pm", "We20+1 Sa10+3 Su10+3"),
    # exceptions
    ("evenings except Friday", on("Mo Tu We Th Sa Su", "18+4")),
    ("any time except mornings", on(ALL, "12+10")),
    ("Mondays not in the morning", "Mo12+10"),
    ("not Mondays", on("Tu We Th Fr Sa Su", "08+14")),
    ("weekends but not Sunday evening", "Sa08+14 Su08+10"),
    ("not Monday but Tuesday", "Tu08+14"),
    ("No, weekday evenings", on(WORK, "18+4")),
    # other languages
    ("lunes por la tarde", "Mo13+5"),
    ("lundi soir", "Mo18+4"),
    ("Dienstags ab 18 Uhr", "Tu18+4"),
    ("по вечерам в будни", on(WORK, "18+4")),
    ("平日の夜", on(WORK, "18+4")),
    ("segunda-feira à noite", "Mo18+4"),
    # slips
    ("Mondey evning", "Mo18+4"),
    ("Wensday 7pm", "We19+1"),
    # the form of files
    ("Mo09+2", "Mo09+2"),
    ("mo09+2, Tu20+3", "Mo09+2 Tu20+3"),
]

ASKED_AGAIN = [
    ("5", "5", "may be anything"),
    ("7 or so", "7 or so", "may be anything"),
    ("12345", "12345", "no time"),
    ("99pm", "99pm", "no time"),
    ("Tursday and Monday", "Tursday", "a slip that may be two days"),
    ("no idea", "no idea", "said so"),
    ("any time except any time on every day", "any time except any time on every day", "nothing is left"),
    ("Mo25+2", "Mo25+2", "no hour"),
    ("asdf", "asdf", "nonsense"),
    ("banana", "banana", "no slip for mañana"),
    ("", "", "nothing said"),
]


@pytest.mark.parametrize(("said", "hours"), READ)
def test_hours_are_read(said: str, hours: str) -> None:
    read = read_hours(said)

    assert isinstance(read, Understood)
    assert isinstance(read.value, list)
    assert render_hours(slot for slot in read.value if isinstance(slot, dict)) == hours  # type: ignore[misc]


@pytest.mark.parametrize(("said", "what", "why"), ASKED_AGAIN)
def test_unclear_hours_are_asked_again(said: str, what: str, why: str) -> None:
    assert read_hours(said) == Unclear(what), why


def test_a_slot_is_day_start_and_length() -> None:
    assert read_hours("Tuesday 18-20") == Understood([{"day": 1, "start": 18, "length": 2}])


slots = st.fixed_dictionaries(
    {"day": st.integers(0, 6), "start": st.integers(0, 23), "length": st.integers(1, 24)},
)


@given(st.lists(slots))
def test_the_compact_form_survives_a_round_trip(hours: list[dict[str, int]]) -> None:
    assert parse_hours(render_hours(hours)) == hours


@pytest.mark.parametrize("text", ["Mo9", "Xx09+2", "Mo24+1", "Mo09+0", "Mo09+25", "Mo09+2 evenings"])
def test_what_is_not_the_compact_form_is_not_taken_for_it(text: str) -> None:
    assert parse_hours(text) is None
