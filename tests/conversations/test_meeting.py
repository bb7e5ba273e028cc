"""When two people can talk: slots inside both people's free hours, in their own clocks, with a calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversations.meeting import slots
from bot.model import Person
from bot.timetable import is_night, zone_of
from tests.conversations.stage import BEN, NOW, paired


def somebody(zone: str, *hours: str) -> Person:
    """Give a person with free hours in a zone."""
    return Person(1, "telegram", "1", zone=zone, profile={"hours": list(hours)})


def test_slots_lie_inside_both_peoples_free_hours() -> None:
    """Two evenings that meet for one hour."""
    lisbon = somebody("Europe/Lisbon", "Mo18+3")
    athens = somebody("Europe/Athens", "Mo21+2")

    found, inside = slots((lisbon, athens), NOW)

    assert (found, inside) == (
        [datetime(2027, 1, 11, 19, tzinfo=UTC), datetime(2027, 1, 18, 19, tzinfo=UTC)],
        True,
    )


def test_a_change_of_clocks_moves_the_moment_not_the_local_hour() -> None:
    """Lisbon's clocks go forward on 28 March 2027."""
    person = somebody("Europe/Lisbon", "Sa10+1", "Mo10+1")

    found, _ = slots((person, person), datetime(2027, 3, 25, 12, tzinfo=UTC))

    assert [at.hour for at in found] == [10, 9, 9]
    assert {at.astimezone(zone_of("Europe/Lisbon")).hour for at in found} == {10}


def test_a_zone_of_half_hours_gets_full_hours_inside_its_own() -> None:
    """India is half an hour off: the talk begins when both clocks are inside."""
    london, delhi = somebody("Europe/London", "Sa09+4"), somebody("Asia/Kolkata", "Sa15+2")

    found, inside = slots((london, delhi), NOW)

    assert inside
    assert [at.astimezone(zone_of("Asia/Kolkata")).strftime("%H:%M") for at in found] == ["15:30", "15:30"]


def test_without_common_hours_slots_are_in_everybodys_day() -> None:
    """Never in a night, three days, nearest to the middle of the day."""
    tokyo, lima = somebody("Asia/Tokyo", "Mo09+1"), somebody("America/Lima", "Mo09+1")

    found, inside = slots((tokyo, lima), NOW)

    assert (len(found), inside) == (3, False)
    assert not any(is_night(at, person.zone) for at in found for person in (tokyo, lima))
    assert min(found) >= NOW + timedelta(hours=12)


def test_three_people_around_the_world_may_have_no_common_day() -> None:
    """Then nothing is offered."""
    people = tuple(somebody(zone) for zone in ("Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin"))

    found, _ = slots(people, NOW)

    assert found == []


def test_when_shows_both_clocks_and_sends_a_calendar() -> None:
    """The file is plain RFC 5545 with CRLF; a comma in a name is escaped."""
    stage = paired()
    stage.turn = replace(stage.turn, partners=(replace(BEN, name="Ben, the first"),))
    reply = stage.say("when can we talk")

    assert "You: Sat 14:05" in reply
    file = stage.message.attachment
    assert file is not None
    assert file.content.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert file.content.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Talk with Ben\\, the first" in file.content


def test_when_tells_that_there_is_no_common_day() -> None:
    """A trio around the world."""
    stage = paired()
    others = (
        replace(BEN, zone="Asia/Tokyo", profile={}),
        replace(BEN, id=9, zone="Europe/Berlin", profile={}),
    )
    person = replace(stage.turn.person, zone="America/Los_Angeles")
    stage.turn = replace(stage.turn, person=person, partners=others)

    assert "no hour in which it is day for everybody" in stage.say("/when")
    assert stage.message.attachment is None


def test_without_a_partner_there_is_nothing_to_show() -> None:
    """The same for the partner and the topic."""
    stage = paired()
    stage.turn = replace(stage.turn, partnership=None, partners=())

    assert "You have no partner" in stage.say("/when")
    assert "You have no partner" in stage.say("/partner")
    assert "There is no topic" in stage.say("/prompt")
