"""What the answers of an application mean: the one description of `Application.answers` and `Person.profile`.

An answer is plain JSON under its question's id. What was skipped is "" (or [] for a list):

| id | value |
| --- | --- |
| `privacy`, `conduct` | the version agreed to: "2026-11" |
| `name`, `about` | text |
| `country` | ISO 3166 alpha-2: "BR" |
| `zone` | IANA: "America/Sao_Paulo" |
| `languages` | ISO 639-1 codes, the best first: ["pt", "en"] |
| `sector`, `stage` | the option's id: "public" |
| `years` | int, or "" |
| `interests`, `goals` | option ids and own words: ["cataloguing", "own:zines"] |
| `hours` | local hours as `Mo09+2`: Monday from 09:00 for two hours |
| `wishes` | [{"about": "continent", "value": "AF"}] of `bot.matching.Wish`, or "experience": "similar" |
| `share` | ids of the questions whose answers the partner may see |

A director may add questions of any kind: their answers are kept in the same way and read by nobody.
Keys that begin with "~" belong to the conversation and are never kept with an application.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model import Answers


OWN = "own:"
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_HOURS = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)(\d\d)\+(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Free hours: `weekday` 0 is Monday, `start` the local hour, `length` in hours."""

    weekday: int
    start: int
    length: int

    def __str__(self) -> str:
        """Give the compact form, "Mo09+2"."""
        return f"{WEEKDAYS[self.weekday]}{self.start:02}+{self.length}"


@dataclass(frozen=True, slots=True)
class Told:
    """The answers with their types; what was not answered is empty."""

    name: str = ""
    country: str = ""
    zone: str = ""
    languages: tuple[str, ...] = ()
    sector: str = ""
    stage: str = ""
    years: int | None = None
    interests: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    hours: tuple[Span, ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()
    about: str = ""
    share: tuple[str, ...] = ()


def told(answers: Answers) -> Told:
    """Give the answers with their types; a value of another shape than the table says counts as none."""
    years = answers.get("years")
    return Told(
        name=_text(answers, "name"),
        country=_text(answers, "country"),
        zone=_text(answers, "zone"),
        languages=listed(answers.get("languages")),
        sector=_text(answers, "sector"),
        stage=_text(answers, "stage"),
        years=years if isinstance(years, int) and not isinstance(years, bool) else None,
        interests=listed(answers.get("interests")),
        goals=listed(answers.get("goals")),
        hours=spans(listed(answers.get("hours"))),
        wishes=wishes_in(answers.get("wishes")),
        about=_text(answers, "about"),
        share=listed(answers.get("share")),
    )


def kept(answers: Answers) -> dict[str, object]:
    """Give the answers as an application keeps them: without what belongs to the conversation."""
    return {name: value for name, value in answers.items() if not name.startswith("~")}


def listed(value: object) -> tuple[str, ...]:
    """Give the texts of a list; anything else has none."""
    return tuple(str(one) for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def wishes_in(value: object) -> tuple[tuple[str, str], ...]:
    """Give the (about, value) of each wish."""
    wishes = value if isinstance(value, list | tuple) else ()
    return tuple((str(one["about"]), str(one["value"])) for one in wishes if isinstance(one, Mapping))


def spans(hours: Iterable[str]) -> tuple[Span, ...]:
    """Read hours like `Mo09+2`; what is none is left out."""
    found = (_HOURS.fullmatch(one) for one in hours)
    return tuple(Span(WEEKDAYS.index(one[1]), int(one[2]), int(one[3])) for one in found if one)


def merged(hours: Iterable[Span]) -> tuple[Span, ...]:
    """Join hours that touch or overlap on a day, in the order of the week."""
    joined: list[Span] = []
    for one in sorted(hours, key=lambda span: (span.weekday, span.start)):
        last = joined[-1] if joined else None
        if last is None or last.weekday != one.weekday or last.start + last.length < one.start:
            joined.append(one)
            continue
        end = max(last.start + last.length, one.start + one.length)
        joined[-1] = Span(last.weekday, last.start, end - last.start)
    return tuple(joined)


def _text(answers: Answers, name: str) -> str:
    value = answers.get(name)
    return value if isinstance(value, str) else ""
