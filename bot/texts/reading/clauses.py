"""How days and times in a sentence belong together: "Tue and Thu after 7, weekends but not Sunday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.texts.reading.clocks import EARLIEST, LATEST, Clock, Span, after, at, before, between


Hours = frozenset[tuple[int, int]]
WHOLE_WEEK = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week, Monday 0."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day ("evening")."""

    span: Span


@dataclass(frozen=True, slots=True)
class Join:
    """A word that joins, with all it may mean ("from": after, between)."""

    roles: frozenset[str]


Meaning = Days | Part | Join | Clock


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was said, and the text before it that was not understood."""

    meaning: Meaning
    gap: str


@dataclass(frozen=True, slots=True)
class Times:
    """Times of a clock: from one to another, or one alone with how it is meant."""

    how: str
    first: Clock
    last: Clock | None = None


@dataclass(slots=True)
class _Clause:
    excluding: bool = False
    days: list[Days] = field(default_factory=list)
    parts: list[Span] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    days_first: bool = False
    days_last: bool = False

    def add(self, said: Days | Part | Times) -> None:
        """Take one more thing into the clause."""
        self.days_first = self.days_first or (isinstance(said, Days) and not self.has_time())
        self.days_last = isinstance(said, Days)
        match said:
            case Days():
                self.days.append(said)
            case Part():
                self.parts.append(said.span)
            case Times():
                self.times.append(said)

    def has_time(self) -> bool:
        """Tell whether a time was said."""
        return bool(self.parts or self.times)


def free_hours(items: Sequence[Item]) -> Hours:
    """Give all (day, hour) of a week that the items name; none if they name no day and no time."""
    free: set[tuple[int, int]] = set()
    barred: set[tuple[int, int]] = set()
    for clause in _clauses(list(_sayings(items))):
        (barred if clause.excluding else free).update(_hours(clause))
    if barred and not free:
        free = set(_hours(_Clause()))
    return frozenset(free - barred)


def _sayings(items: Sequence[Item]) -> Iterator[Days | Part | Times | str]:
    """Put what belongs to one time or one range of days together; marks are given as words."""
    at_item = 0
    while at_item < len(items):
        item, before_it = items[at_item], _roles(items, at_item - 1)
        if any(mark in item.gap for mark in ";\n") or ". " in item.gap:
            yield "break"
        other, used = _range_end(items, at_item)
        match item.meaning:
            case Clock():
                yield _times(item.meaning, other, before_it)
            case Days():
                yield _days(item.meaning, other)
            case Part():
                yield _part(item.meaning, other, before_it)
            case Join():
                yield from _marks(items, at_item)
        at_item += used


def _roles(items: Sequence[Item], at_item: int) -> frozenset[str]:
    meaning = items[at_item].meaning if at_item >= 0 else None
    return meaning.roles if isinstance(meaning, Join) else frozenset()


def _range_end(items: Sequence[Item], first: int) -> tuple[Meaning | None, int]:
    """Give what a range beginning here goes to, and how many items it takes."""
    start, following = items[first].meaning, items[first + 1 : first + 3]
    if (
        following
        and type(following[0].meaning) is type(start)
        and following[0].gap.strip() in ("-", "–", "—", "~")
    ):
        return following[0].meaning, 2
    if len(following) == 2 and type(following[1].meaning) is type(start):
        joins = _roles(items, first + 1)
        if "to" in joins or ("and" in joins and "between" in _roles(items, first - 1)):
            return following[1].meaning, 3
    return None, 1


def _times(first: Clock, last: Meaning | None, before_it: frozenset[str]) -> Times:
    if isinstance(last, Clock):
        return Times("between", first, last)
    how = "after" if "after" in before_it else "before" if "before" in before_it else "at"
    return Times(how, first)


def _days(first: Days, last: Meaning | None) -> Days:
    if not isinstance(last, Days) or len(first.days) > 1 or len(last.days) > 1:
        return Days(first.days | last.days) if isinstance(last, Days) else first
    start, end = min(first.days), min(last.days)
    return Days(frozenset(day % 7 for day in range(start, end + 1 + 7 * (end < start))))


def _part(first: Part, last: Meaning | None, before_it: frozenset[str]) -> Part:
    if isinstance(last, Part):
        return Part((first.span[0], max(last.span[1], first.span[0] + 1)))
    if "after" in before_it:
        start = first.span[0 if "between" in before_it else 1]
        return Part((start, max(LATEST, start + 1)))
    return Part((min(EARLIEST, first.span[0] - 1), first.span[0])) if "before" in before_it else first


def _marks(items: Sequence[Item], at_item: int) -> Iterator[str]:
    """Give "except" and "but"; a "no" before a comma answers something else."""
    answers = at_item + 1 < len(items) and "," in items[at_item + 1].gap
    for mark in ("except", "but"):
        if mark in _roles(items, at_item) and not answers:
            yield mark


def _clauses(sayings: Sequence[Days | Part | Times | str]) -> Iterator[_Clause]:
    clause = _Clause()
    for position, said in enumerate(sayings):
        if isinstance(said, str):
            yield from _ended(clause)
            clause = _Clause(excluding=said == "except")
            continue
        following = _next(clause, said, sayings[position + 1 :])
        if following:
            yield from _ended(clause)
            clause = following
        clause.add(said)
    yield from _ended(clause)


def _ended(clause: _Clause) -> Iterator[_Clause]:
    if clause.days or clause.has_time():
        yield clause


def _next(clause: _Clause, said: Days | Part | Times, later: Sequence[object]) -> _Clause | None:
    """Give the clause that begins with this, if one does; it may take the last days with it."""
    if not clause.days or not clause.has_time():
        return None
    if isinstance(said, Days):
        return _Clause(clause.excluding) if clause.days_first else None
    if clause.days_first or not clause.days_last:
        return None
    if any(isinstance(another, Days) for another in later):
        return _Clause(clause.excluding)
    if len(clause.days) == 1:
        return None
    following = _Clause(clause.excluding)
    following.add(clause.days.pop())
    return following


def _hours(clause: _Clause) -> Iterator[tuple[int, int]]:
    days = frozenset[int]().union(*(group.days for group in clause.days)) or WHOLE_WEEK
    always = (0, 24) if clause.excluding else (EARLIEST, LATEST)
    for day in days:
        for hour in _hours_of_day(clause) or range(*always):
            yield (day + hour // 24) % 7, hour % 24


def _hours_of_day(clause: _Clause) -> set[int]:
    """Give the hours of the times said; "after 3" ends with the afternoon where one is spoken of."""
    parts = {hour for span in clause.parts for hour in range(*span)}
    late = any(start >= 13 for start, _ in clause.parts)
    early = bool(parts) and max(parts) < 12
    told: set[int] = set()
    for said in clause.times:
        hours = set(range(*_span(said, late, early)))
        told |= (hours & parts or hours) if said.how in ("after", "before") else hours
    return told if told & parts else told | parts


def _span(said: Times, late: bool, early: bool) -> Span:
    first, last = (_in_the_morning(time) if early and time else time for time in (said.first, said.last))
    assert first
    if last:
        return between(first, last, late)
    return {"after": after, "before": before, "at": at}[said.how](first, late)


def _in_the_morning(time: Clock) -> Clock:
    return time if time.half or time.plain or time.hour == 12 else replace(time, half="am")
