"""Simulated people: the same ones for the same seed, and what each temper does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Address, Choice, Message, OpenRoom
from bot.ports import Parcel
from bot.rehearsal.company import Company
from bot.rehearsal.people import SHARES, Actor, Temper, cast, read_shares, world
from bot.rehearsal.replies import Act, Asked, gone_quiet, react
from bot.rehearsal.stage import rounded
from bot.texts import load_program
from bot.timetable import is_night


PROGRAM = load_program()
NOW = datetime(2027, 2, 2, 12, tzinfo=UTC)


def actor(temper: Temper = Temper.KEEN, account: str = "p1") -> Actor:
    return Actor(account, "Ana", world()[0], temper, 1)


def asking(*values: str, text: str = "?") -> Message:
    return Message(text, tuple((Choice(value, value),) for value in values))


def test_the_same_seed_gives_the_same_people() -> None:
    assert cast(50, 7) == cast(50, 7)
    assert cast(50, 7) != cast(50, 8)


def test_people_come_from_many_countries() -> None:
    assert len({person.place.country for person in cast(200, 1)}) > 15


def test_everybody_of_a_cast_is_of_the_temper_that_was_asked_for() -> None:
    assert {person.temper for person in cast(20, 1, {Temper.SILENT: 1})} == {Temper.SILENT}


def test_a_cast_file_names_tempers_and_shares(tmp_path: Path) -> None:
    file = tmp_path / "cast.toml"
    file.write_text("[share]\nkeen = 9\nsilent = 1\n")

    assert read_shares(file) == {Temper.KEEN: 9, Temper.SILENT: 1}


@pytest.mark.parametrize(
    "content", ["", "[share]\nlazy = 1", "[share]\nkeen = 0", "[share]\nkeen = -1", "[[["]
)
def test_a_cast_file_that_is_wrong_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "cast.toml"
    file.write_text(content)

    with pytest.raises(ValueError, match=r"cast\.toml"):
        read_shares(file)


def test_the_shares_are_of_a_hundred() -> None:
    assert sum(SHARES.values()) == 100


@pytest.mark.parametrize(
    ("message", "act"),
    [
        (asking("a:name:~back"), Act(timedelta(seconds=0), text="Ana")),
        (asking("a:country:~back"), Act(timedelta(seconds=0), text="Brasil")),
        (asking("a:summary:~send", "a:summary:~change"), Act(timedelta(seconds=0), value="a:summary:~send")),
        (asking("a:withdraw:yes", "a:withdraw:no"), Act(timedelta(seconds=0), text="yes")),
        (asking("cmd:apply", "cmd:help"), Act(timedelta(seconds=0), value="cmd:apply")),
        (asking("k:x.1:yes", "k:x.1:no"), Act(timedelta(seconds=0), value="k:x.1:yes")),
    ],
)
def test_people_answer_what_they_are_asked(message: Message, act: Act) -> None:
    found = react(actor(), message, PROGRAM, Asked("a key", 1))

    assert found is not None
    assert (found.text, found.value) == (act.text, act.value)


@pytest.mark.parametrize(
    "message", [asking(), asking("zzz"), asking("a:nobody-asked:~back"), asking("cmd:help")]
)
def test_people_let_other_messages_be(message: Message) -> None:
    assert react(actor(), message, PROGRAM, Asked("a key", 1)) is None


def test_the_same_message_gets_the_same_answer() -> None:
    message = asking("c:x.1:3:met", "c:x.1:3:date-set", "c:x.1:3:not-yet", "c:x.1:3:need-help")

    answers = {react(actor(), message, PROGRAM, Asked("check-in/x.1/1/3", 3)) for _ in range(5)}

    assert len(answers) == 1


def test_somebody_whose_partner_is_silent_has_not_met_them() -> None:
    message = asking("c:x.1:3:met", "c:x.1:3:date-set", "c:x.1:3:not-yet", "c:x.1:3:need-help")

    acts = [react(actor(), message, PROGRAM, Asked(f"key {n}", 3, answered=False)) for n in range(40)]

    assert not any(act and act.value.endswith(":met") for act in acts)


def test_a_silent_person_stops_answering() -> None:
    silent = actor(Temper.SILENT)

    assert [gone_quiet(silent, week) for week in (1, 16)] == [False, True]
    assert react(silent, asking("c:x.1:16:met"), PROGRAM, Asked("check-in/x.1/1/16", 16)) is None


def parcel(key: str, body: Message | OpenRoom, chat: str = "p1") -> Parcel:
    return Parcel(1, key, Address("playground", "person", "1"), chat, body, NOW, accounts={1: "p1", 2: "p2"})


def test_what_people_do_they_do_by_day() -> None:
    company = Company([actor()], PROGRAM)
    midnight = NOW.replace(hour=3)

    company.plan("p1", midnight, Act(timedelta(0), text="/start"))

    assert company.next_at is not None
    assert not is_night(company.next_at, actor().place.zone)
    assert [event.id for event in company.due(company.next_at)] == ["act/1"]


def test_nobody_acts_who_is_played_by_hand() -> None:
    company = Company([actor()], PROGRAM)
    company.by_hand.add("p1")

    company.hear(parcel("reply/x", asking("cmd:apply")), NOW)

    assert company.next_at is None


@pytest.mark.parametrize(
    ("temper", "does"),
    [(Temper.LEAVING, "/withdraw"), (Temper.BLOCKING, "blocked"), (Temper.TRAVELLING, "/away in 9 days")],
)
def test_some_change_their_mind_in_the_middle(temper: Temper, does: str) -> None:
    company = Company([actor(temper)], PROGRAM)
    company.hear(parcel("room/x.1", OpenRoom("x.1", (1, 2), "Ana & Ben"), chat=""), NOW)
    for week in range(1, 17):
        company.hear(
            parcel(f"check-in/x.1/1/{week}", asking(f"c:x.1:{week}:met")), NOW + timedelta(weeks=week)
        )

    events = company.due(NOW + timedelta(weeks=60))

    said = [getattr(event, "text", getattr(event, "why", "")) for event in events]
    assert said.count(does) == 1
    assert (company.blocked == {"p1"}) is (temper is Temper.BLOCKING)


def test_time_is_rounded_up_to_the_grain() -> None:
    assert rounded(NOW + timedelta(minutes=1), timedelta(hours=2)) == NOW + timedelta(hours=2)
    assert rounded(NOW, timedelta(hours=2)) == NOW
