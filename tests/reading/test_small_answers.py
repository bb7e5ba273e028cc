"""Yes and no, days, years, lines and commands."""

from datetime import date

import pytest

from bot.texts.reading import (
    Unclear,
    Understood,
    nearest,
    read_date,
    read_line,
    read_years,
    read_yes_no,
)


WEDNESDAY = date(2026, 11, 25)

# fmt: off
YES = ["yes", "ok", "sure", "sí", "oui", "da", "👍", "👍🏽", "✔️", "はい", "نعم", "+1", "YES!!!", "I agree",
       "yes please",
       "no problem", "yes, no problem", "why not", "not bad"]
NO = ["No", "not now", "👎", "いいえ", "не", "-1", "no gracias", "i do not agree", "No, that's fine",
       "I don't think so"]
NEITHER = ["", "not sure", "yes and no", "yes but not now", "maybe", "banana", "😀",
           "I was told that somebody would ask me whether yes or whether no"]

DAYS = [
    ("2026-12-01", "2026-12-01"), ("2027/1/5", "2027-01-05"), ("1.2.2027", "2027-02-01"),
    ("1.12.", "2026-12-01"),
    ("13/02/2027", "2027-02-13"), ("02/13/2027", "2027-02-13"), ("5/5", "2027-05-05"),
    ("3/3/27", "2027-03-03"),
    ("3月5日", "2027-03-05"), ("3 March", "2027-03-03"), ("March 3rd, 2027", "2027-03-03"),
    ("Dec 24", "2026-12-24"),
    ("el 3 de marzo", "2027-03-03"), ("3. März", "2027-03-03"), ("29 Feb", "2028-02-29"),
    ("today", "2026-11-25"),
    ("tomorrow", "2026-11-26"), ("mañana", "2026-11-26"), ("day after tomorrow", "2026-11-27"),
    ("next Friday", "2026-11-27"), ("until Monday", "2026-11-30"), ("wednesday", "2026-12-02"),
    ("в понедельник", "2026-11-30"), ("in two weeks", "2026-12-09"), ("in a couple of weeks", "2026-12-09"),
    ("for 3 weeks", "2026-12-16"), ("two more weeks", "2026-12-09"), ("in 10 days", "2026-12-05"),
    ("a month", "2026-12-25"), ("in two years", "2028-11-25"), ("next week", "2026-12-02"),
    ("next month", "2026-12-25"),
    ("end of the month", "2026-11-30"), ("end of next month", "2026-12-31"), ("end of March", "2027-03-31"),
    ("end of the year", "2026-12-31"),
]
NO_DAYS = [
    ("01/02/2027", ("2027-02-01", "2027-01-02"), "day or month first"),
    ("3/4", ("2027-04-03", "2027-03-04"), "day or month first"),
    ("1-2-2027", ("2027-02-01", "2027-01-02"), "day or month first"),
    ("3 March to 10 March", ("2027-03-03", "2027-03-10"), "two days"),
    ("Monday or Tuesday", ("2026-11-30", "2026-12-01"), "two days"),
    ("31 February", (), "no such day"), ("2026-13-45", (), "no such day"), ("99/99/9999", (), "no such day"),
    ("December", (), "no day of it"), ("the 5th", (), "of which month"), ("12:30", (), "a time"),
    ("for 100000 weeks", (), "nobody is away so long"), ("the end", (), "of what"), ("xyz", (), "nonsense"),
    ("", (), "nothing said"),
]

YEARS = [
    ("ten years", 10), ("5+", 5), ("5-7", 5), ("10 to 15 years", 10), ("over 20", 20),
    ("two and a half", 2), ("3.5", 3),
    ("a decade", 10), ("twenty-five years", 25), ("15 ans", 15), ("10年", 10), ("٥ سنوات", 5), ("5yrs", 5),
    ("since 2015", 11), ("2015", 11), ("6 months", 0), ("18 months", 1), ("just started", 0), ("I'm new", 0),
    ("new", 0),
    ("I am quite new to it", 0), ("still a student", 0), ("a few weeks", 0), ("weeks", 0),
    ("less than a year", 0), ("half a year", 0), ("1 year", 1), ("2½ years", 2),
]
NO_YEARS = [
    ("10 years in public, 3 in academic", ("10", "3"), "two numbers"), ("200", (), "nobody is so old"),
    ("-4", (), "below nothing"), ("2030", (), "not yet"), ("123456", (), "no number of years"),
    ("new ideas", (), "not said of oneself"), ("It depends on the days", (), "no number of them"),
    ("xyz", (), "nonsense"),
    ("", (), "nothing said"),
]
# fmt: on


@pytest.mark.parametrize(("said", "answer"), [(said, True) for said in YES] + [(said, False) for said in NO])
def test_yes_and_no_are_read(said: str, answer: bool) -> None:
    assert read_yes_no(said) == Understood(answer)


@pytest.mark.parametrize("said", NEITHER)
def test_what_is_neither_is_asked_again(said: str) -> None:
    assert read_yes_no(said) == Unclear(said, ("yes", "no"))


@pytest.mark.parametrize(("said", "day"), DAYS)
def test_a_day_is_read(said: str, day: str) -> None:
    assert read_date(said, WEDNESDAY) == Understood(day)


@pytest.mark.parametrize(("said", "guesses", "why"), NO_DAYS)
def test_an_unclear_day_is_asked_again(said: str, guesses: tuple[str, ...], why: str) -> None:
    assert read_date(said, WEDNESDAY) == Unclear(said, guesses), why


def test_the_same_day_of_a_shorter_month_is_its_last() -> None:
    assert read_date("in a month", date(2027, 1, 31)) == Understood("2027-02-28")


@pytest.mark.parametrize(("said", "years"), YEARS)
def test_years_are_read(said: str, years: int) -> None:
    assert read_years(said, date(2026, 3, 1)) == Understood(years)


@pytest.mark.parametrize(("said", "guesses", "why"), NO_YEARS)
def test_unclear_years_are_asked_again(said: str, guesses: tuple[str, ...], why: str) -> None:
    assert read_years(said, date(2026, 3, 1)) == Unclear(said, guesses), why


def test_a_calendar_year_needs_to_know_which_one_it_is() -> None:
    assert read_years("since 2015") == Unclear("since 2015")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("  Ana\n María ", "Ana María"),
        ("محمد", "محمد"),
        ("A\u202eB", "AB"),
        ("Z\u0337\u0321\u0322\u031b\u0354a", "Z\u0337\u0321\u0322a"),
        ("👩\u200d🔬 Ana", "👩\u200d🔬 Ana"),
        ("\ud800Ana", "Ana"),
    ],
)
def test_a_line_is_cleaned(said: str, line: str) -> None:
    assert read_line(said, 40) == Understood(line)


@pytest.mark.parametrize("said", ["", "  ", "\u200b", "\x00\x01", "\u200d"])
def test_an_empty_line_is_refused(said: str) -> None:
    assert read_line(said, 40) == Unclear("")


def test_a_line_that_is_too_long_is_refused() -> None:
    assert read_line("a" * 40, 40) == Understood("a" * 40)
    assert read_line("a" * 41, 40) == Unclear("length")
    assert read_line(" " * 30_000 + "a", 40) == Unclear("")


@pytest.mark.parametrize(
    ("typed", "command"),
    [("statsu", "status"), ("STATUS", "status"), ("hlep", "help"), ("xyz", None), ("", None), ("h", None)],
)
def test_a_mistyped_command_finds_the_nearest(typed: str, command: str | None) -> None:
    assert nearest(typed, ("status", "start", "help")) == command
