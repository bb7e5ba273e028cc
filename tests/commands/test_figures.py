"""Status, report, surveys, export, audit, health: figures first."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from bot.commands.chart import Scale, bars
from bot.commands.figures import guarded
from bot.model import ApplicationState, AuditEntry, PartnershipState, RoomKind, RoundState, SurveyAnswer
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    DRAFT,
    ENDED,
    EVA,
    FAY,
    NOW,
    OPEN,
    RUNNING,
    application,
    audited,
    counted,
    desk,
    do,
    pair,
    program,
    reply_in,
    values,
    words,
)


WEEKS = {
    "week.1.asked": 20, "week.1.answered": 16, "week.1.pairs": 10, "week.1.contact": 8,
    "week.2.asked": 20, "week.2.answered": 10, "week.2.pairs": 10, "week.2.contact": 5,
}  # fmt: skip
COUNTS = {
    **counted(
        applications__placed=19, applications__alone=1, partnerships__running=10, rooms__group=7,
        rooms__relay=3, cases__open=2, cases__closed=4, minutes=40,
    ),
    **WEEKS,
}  # fmt: skip


def test_the_status_of_a_running_round_is_one_screen() -> None:
    outcome = do(
        "round status",
        desk(
            round=RUNNING, rounds=(replace(OPEN, id="autumn", name="Autumn"), RUNNING, ENDED), counts=COUNTS
        ),
    )

    assert words(outcome).splitlines() == [
        "Spring: week 5 of 16.",
        "Began 7 December 2026 · ends 29 March 2027",
        "Applications 20: 19 placed · 1 without a partner",
        "Partnerships 10: 10 running",
        "Rooms 10: 7 in a group · 3 through the bot",
        "Week 1: 80 % of pairs in contact (80 % of people answered)",
        "Week 2: 50 % of pairs in contact (50 % of people answered)",
        "Cases 2 open, 4 done · 40 minutes, 200 per 100 people",
        "Besides: Autumn is open for applications.",
    ]
    assert values(outcome) == ["d:queue"]


@pytest.mark.parametrize("state", RoundState)
def test_every_state_of_a_round_has_a_screen_and_a_next_step(state: RoundState) -> None:
    outcome = do("status", desk(round=replace(DRAFT, state=state, opens_at=NOW)))

    assert words(outcome).startswith("Spring")
    assert "d:queue" in values(outcome)


def test_a_chart_escapes_its_words_and_keeps_its_bars_inside() -> None:
    picture = ET.fromstring(bars("a < b & c", [("1", 250), ("2", None), ("3", -5)], Scale(100, "%")))
    tops = [float(each.get("y", 0)) for each in picture if each.tag.endswith("rect")]

    assert picture[0].text == "a < b & c"
    assert picture[1].text == "1: 250%; 2: –; 3: -5%"
    assert tops == [0, 56, 276]


def test_a_chart_of_nothing_is_a_chart() -> None:
    assert ET.fromstring(bars("nothing", [])).tag.endswith("svg")


def answers(survey: str, question: str, *given: str) -> tuple[SurveyAnswer, ...]:
    """Give an answer each of as many people."""
    return tuple(
        SurveyAnswer("spring", number, survey, question, value, NOW) for number, value in enumerate(given)
    )


def test_a_survey_shows_shares_and_no_words() -> None:
    questions = program().questions("survey-mid", "en")
    choice = next(each for each in questions if each.options)
    first, second = choice.options[0], choice.options[1]
    given = answers("mid", choice.id, first.id, first.id, first.id, second.id, "own words")
    lines = words(do("survey", desk(round=RUNNING, surveys=given))).splitlines()

    assert lines[0] == "In the middle: 5 people"
    assert f"{choice.label} (5): {first.label} 60 % · {second.label} 20 %" in lines
    assert "own words" not in "\n".join(lines)


def test_a_survey_of_fewer_than_five_people_shows_nothing() -> None:
    few = words(do("survey", desk(round=RUNNING, surveys=answers("end", "contact", "weekly", "weekly"))))

    assert few.splitlines() == ["At the end: 2 people", "Fewer than 5 answered, so nothing is shown."]
    assert words(do("survey", desk(round=RUNNING))) == "Nobody has answered a survey yet."


def test_the_export_is_a_table_without_what_people_wrote() -> None:
    sly = replace(ANA, name="=HYPERLINK(1)", handle="@ana")
    running = pair(
        1, sly, BEN, state=PartnershipState.RUNNING, room=RoomKind.GROUP, introduced_at=NOW, pinned=True
    )
    before = replace(running, id="spring.9", state=PartnershipState.DISSOLVED, ended_at=NOW)
    on = desk(
        round=RUNNING,
        people=(sly, BEN, CLEO),
        partnerships=(
            before,
            running,
            replace(running, round="autumn"),
            pair(2, CLEO, FAY, state=PartnershipState.DISSOLVED, ended_at=NOW),
        ),
        applications=(
            application(BEN, ApplicationState.PLACED),
            application(sly, ApplicationState.PLACED),
            application(CLEO, ApplicationState.ALONE),
            application(FAY, ApplicationState.UNPLACED, why="odd"),
        ),
    )
    outcome = do("export", on)
    file = reply_in(outcome).attachment
    assert file is not None
    rows = list(csv.DictReader(io.StringIO(file.content)))

    assert file.name == "spring.csv"
    assert [row["person"] for row in rows] == ["11", "12", "13"]
    assert (rows[0]["name"], rows[0]["handle"], rows[0]["partners"]) == ("'=HYPERLINK(1)", "'@ana", "12")
    assert (rows[0]["partnership"], rows[0]["introduced"], rows[0]["pinned"]) == (
        "spring.1",
        "2027-01-04",
        "yes",
    )
    assert (rows[2]["application"], rows[2]["ended"]) == ("alone", "2027-01-04")
    assert audited(outcome) == [("export", "spring")]


def test_people_without_a_partner_are_in_the_export_too() -> None:
    on = desk(round=OPEN, applications=(application(ANA),))
    file = reply_in(do("export", on)).attachment

    assert file is not None
    assert next(csv.DictReader(io.StringIO(file.content)))["partnership"] == ""
    assert "Nobody has applied" in words(do("export", desk(round=OPEN)))


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-5", "@ana", "\tx", "\rx", " =1", "＝1", "＋1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "safe"), [("Ana;=1", "Ana;'=1"), ("Ana\n@x", "Ana\n'@x"), ("a;\t+1|-2", "a;'\t'+1|'-2")]
)
def test_no_part_of_a_cell_is_taken_for_one_where_cells_end_at_semicolons(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


@pytest.mark.parametrize("cell", ["Ana", "", 7, "a=b", "a; b-c", "Ana-Maria"])
def test_plain_cells_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == str(cell)


def test_nothing_in_a_cell_is_empty() -> None:
    assert guarded(None) == ""


def test_the_audit_log_shows_the_newest_first_with_who_and_when() -> None:
    entries = tuple(
        AuditEntry(f"telegram/{number}", NOW - timedelta(hours=number), EVA.id, "round open", "spring")
        for number in (2, 1)
    )
    outcome = do("audit", desk(audit=entries))

    assert words(outcome).splitlines() == [
        "What was done, newest first",
        "2027-01-04 09:00 UTC · Eva (1): round open spring",
        "2027-01-04 08:00 UTC · Eva (1): round open spring",
    ]
    assert values(outcome) == []
    assert words(do("audit", desk())) == "Nothing has been done yet."
    assert values(do("audit", desk(audit=entries * 10))) == ["d:audit page=2"]


def test_health_tells_who_can_mend_what_went_wrong() -> None:
    assert "antipode deadletters list" in words(do("health", desk(health={"dead_letters": 1})))
    assert "antipode" not in words(do("health", desk(health={"dead_letters": 0, "given_up": 0, "late": 0})))


def test_health_shows_whatever_figures_there_are() -> None:
    outcome = do(
        "health",
        desk(health={"waiting": 3, "last_receipt": NOW, "lag": timedelta(seconds=4), "odd_one": "x"}),
    )

    assert words(outcome).splitlines() == [
        "How I am",
        "Waiting to be sent: 3",
        "Last message received: 4 January 2027 10:00 UTC",
        "lag: 4 s",
        "odd one: x",
    ]
    assert words(do("health", desk())) == "There are no figures yet."
