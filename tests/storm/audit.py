"""The audit: what the platform counted against what the database says, after everything has become quiet."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from bot.timetable import is_night
from tests.storm.books import Books
from tests.storm.platform import Accepted, Platform
from tests.wire.truth import Item, item_of_words


#: `bot.sender.IN_FLIGHT`: what may arrive twice when the process is killed.
IN_FLIGHT = 8
#: What is said to somebody whose answer came when the question was closed.
LATE = ("it is closed now", "about an earlier partnership")
#: The id of a message, not of a chat.
NUMBER = re.compile(r"[0-9.]+")


@dataclass
class Findings:
    """Figures of one episode, and in sentences everything that breaks the promise."""

    figures: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def must_be_none(self, name: str, found: Sequence[object]) -> None:
        """Note how many there are of something there must not be."""
        self.figures[name] += len(found)
        if found:
            self.wrong.append(f"{name}: {len(found)}, such as {[str(each) for each in found[:4]]}")


def audit(
    books: Books, platform: Platform, interruptions: Sequence[tuple[float, str]], names: Sequence[str]
) -> Findings:
    """Look at everything; nothing may run meanwhile.

    Interruptions: when which process was killed or hung. Names: of the people who have applied.
    """
    found = Findings()
    accepted = platform.accepted()
    by_key: dict[str, list[Accepted]] = defaultdict(list)
    for each in accepted:
        by_key[each.delivery].append(each)
    _received(found, books, platform)
    _kept(found, books, platform, names)
    _delivered(found, books, by_key)
    _order(found, books)
    _repeats(found, by_key, interruptions)
    if platform.tells:
        own = [each for each in by_key.values() if each[0].private]
        asked = [first.delivery for each in own for first, _ in _copies(each)]
        found.must_be_none("copies where the platform could be asked", asked)
    _doubled(found, books, by_key)
    found.must_be_none("messages of nobody knows whom", [each.delivery for each in accepted if not each.by])
    found.must_be_none("calls no correct bot makes", platform.wrong())
    found.must_be_none("dead letters", books.rows("SELECT event, error FROM dead_letter"))
    found.figures["messages accepted"] += len(accepted)
    return found


def _received(found: Findings, books: Books, platform: Platform) -> None:
    acknowledged = platform.acknowledged()
    inbox = {event for (event,) in books.rows("SELECT event FROM inbox WHERE platform = :p", p=platform.name)}
    found.figures["updates acknowledged"] += len(acknowledged)
    keys = " ".join(f"{key}/" for (key,) in books.rows("SELECT key FROM outbox"))
    named = {each.id: f"/{platform.name}/{each.id}/" in keys for each in acknowledged}
    # Who may not command is told so without a decision.
    lost = [each.id for each in acknowledged if each.id not in inbox and not named[each.id]]
    found.must_be_none("answers lost", lost)
    silent = [each.id for each in acknowledged if each.personal and not named[each.id]]
    found.figures["personal updates without a reply"] += len(silent)


def _kept(found: Findings, books: Books, platform: Platform, names: Sequence[str]) -> None:
    """Look for the effect of what people did: one application each, every check-in they answered."""
    rows = books.rows("SELECT person.name FROM application JOIN person ON person.id = application.person")
    applied = Counter(name for (name,) in rows)
    found.must_be_none("applications lost or doubled", [name for name in names if applied[name] != 1])
    rows = books.rows(
        "SELECT account, partnership, week FROM check_in JOIN person ON person.id = check_in.person"
        " WHERE answer IS NOT NULL"
    )
    kept = {(account, partnership, str(week)) for account, partnership, week in rows}
    late = {each.delivery for each in platform.accepted() if any(words in each.words for words in LATE)}
    unsaid = _late_unsaid(books, platform)
    taps = [
        each
        for each in platform.acknowledged()
        if each.value.startswith("c:")
        and (key := f"reply/{platform.name}/{each.id}") not in late
        and (key, *each.value.split(":")[1:3]) not in unsaid
    ]
    answered = {(each.account, *each.value.split(":")[1:3]) for each in taps}
    found.figures["check-ins answered by a tap"] += len(answered)
    found.must_be_none("answers to check-ins lost", sorted(answered - kept))


def _late_unsaid(books: Books, platform: Platform) -> set[tuple[str, str, str]]:
    """Give the replies that could not be told, with the weeks of check-ins that were closed by then."""
    rows = books.rows(
        "SELECT outbox.key, one.partnership, one.week FROM outbox"
        " JOIN check_in one ON outbox.target = 'person/' || one.person"
        " JOIN partnership ON partnership.id = one.partnership"
        " LEFT JOIN check_in next ON next.partnership = one.partnership AND next.person = one.person"
        " AND next.week = one.week + 1"
        " WHERE outbox.state = 'given-up' AND outbox.why = 'unreachable' AND outbox.key LIKE :reply"
        " AND (outbox.planned_at >= partnership.ended_at OR outbox.planned_at >= next.asked_at)",
        reply=f"reply/{platform.name}/%",
    )
    return {(key, partnership, str(week)) for key, partnership, week in rows}


def _delivered(found: Findings, books: Books, by_key: dict[str, list[Accepted]]) -> None:
    rows = books.rows("SELECT key, state, why, unsure, ref FROM outbox")
    keys = {row.key for row in rows}
    found.figures["deliveries"] += len(rows)
    found.figures["given up with a reason"] += sum(row.state == "given-up" and bool(row.why) for row in rows)
    for row in rows:
        if row.state == "given-up" and row.why:
            found.figures[f"... {row.why}"] += 1
    found.must_be_none(
        "given up without a reason", [r.key for r in rows if r.state == "given-up" and not r.why]
    )
    found.must_be_none("left as being sent", [row.key for row in rows if row.state == "sending"])
    # What edits a message or tends a chat puts no message there.
    messages = [
        row.key
        for row in rows
        if row.state == "sent" and NUMBER.fullmatch(row.ref) and not row.key.startswith("settle/")
    ]
    lost = [key for key in messages if key not in by_key]
    found.must_be_none("deliveries lost", lost)
    found.must_be_none("sent without a row", sorted({*by_key} - keys - {""}))
    held = [row.key for row in rows if row.unsure == "hold" and _copies(by_key.get(row.key, []))]
    found.must_be_none("held ones that came twice", held)


def _order(found: Findings, books: Books) -> None:
    """What was planned and written down before something else of its chat has the lower message id there."""
    rows = books.rows(
        "SELECT target, urgent, number, planned_at, key, ref FROM outbox WHERE state = 'sent' AND ref != ''"
        " AND key NOT LIKE 'settle/%' ORDER BY number"
    )
    lines: dict[Any, list[Any]] = defaultdict(list)
    broken = []
    for row in rows:
        if not NUMBER.fullmatch(row.ref):  # a chat that was opened
            continue
        line = lines[row.target, row.urgent]
        broken += [
            f"{row.key} before {earlier.key}"
            for earlier in line
            if earlier.planned_at <= row.planned_at and float(earlier.ref) > float(row.ref)
        ]
        line.append(row)
    found.must_be_none("order broken within a chat", broken)


def _repeats(
    found: Findings, by_key: dict[str, list[Accepted]], interruptions: Sequence[tuple[float, str]]
) -> None:
    """Count copies on the wire, each with its reason: an answer that was lost, or the end of who sent it."""
    each: Counter[tuple[float, str]] = Counter()
    unexplained: list[str] = []
    for key, messages in by_key.items():
        for first, second in _copies(messages):
            ends = [
                end
                for end in interruptions
                if first.by in ("", end[1]) and first.at - 1 <= end[0] <= second.at
            ]
            found.figures["wire repeats"] += 1
            if first.ambiguous:
                found.figures["... after an answer that was lost"] += 1
            elif ends:
                each[ends[0]] += 1
                found.figures["... in flight at a kill or a stop"] += 1
            else:
                unexplained.append(f"{key} {second.at - first.at:.1f} s later")
    found.figures["most repeats of one kill"] = max(each.values(), default=0)
    found.must_be_none("repeats that nothing explains", unexplained)
    too_many = [end for end, count in each.items() if count > IN_FLIGHT]
    found.must_be_none("kills with more repeats than were in flight", too_many)


def _doubled(found: Findings, books: Books, by_key: dict[str, list[Accepted]]) -> None:
    names: dict[Item, set[str]] = defaultdict(set)
    for key, messages in by_key.items():
        for message in messages:
            item = item_of_words(message.words, message.chat)
            if item and item.kind != "notice":
                names[item].add(key)
    for kind in ("introduction", "prompt", "check-in", "reminder"):
        of_kind = [item for item in names if item.kind == kind]
        found.figures[f"{kind}s"] += len(of_kind)
        found.must_be_none(f"{kind}s doubled", [item for item in of_kind if len(names[item]) > 1])
    rows = books.rows("SELECT round, members FROM partnership WHERE state != 'drafted'")
    pairs = Counter((row.round, *sorted(json.loads(str(row.members)))) for row in rows)
    found.must_be_none("pairs doubled", [pair for pair, count in pairs.items() if count > 1])
    twice = books.rows(
        "SELECT round, person, count(*) FROM membership WHERE active GROUP BY 1, 2 HAVING count(*) > 1"
    )
    found.must_be_none("people in two pairs", twice)
    rooms = books.rows(
        "SELECT chat, count(*) FROM partnership WHERE chat != '' AND ended_at IS NULL"
        " GROUP BY 1 HAVING count(*) > 1"
    )
    found.must_be_none("rooms of two pairs", rooms)


def nights(found: Findings, books: Books, platform: Platform, shown_at: Callable[[float], datetime]) -> None:
    """Look for planned messages that came in somebody's night, by the clock that the bot had."""
    rows = books.rows("SELECT key, zones FROM outbox WHERE state = 'sent'")
    zones = {row.key: json.loads(row.zones) if isinstance(row.zones, str) else row.zones for row in rows}
    accepted = [each for each in platform.accepted() if zones.get(each.delivery)]
    disturbing = [
        f"{each.delivery} at {shown_at(each.at):%a %H:%M} UTC, {zone}"
        for each in accepted
        for zone in zones[each.delivery]
        if is_night(shown_at(each.at), zone)
    ]
    found.figures["messages that keep the night"] += len(accepted)
    found.must_be_none("messages at night", disturbing)


def _copies(messages: Sequence[Accepted]) -> list[tuple[Accepted, Accepted]]:
    """Give each copy with the one before it; a delivery of two different messages has none."""
    same: dict[tuple[str, str, str], list[Accepted]] = defaultdict(list)
    for message in messages:
        same[message.method, message.chat, message.words].append(message)
    return [pair for each in same.values() for pair in pairwise(each)]
