"""Forms are modals and a person's own page is App Home: rendered as the golden files show, read back whole.

UPDATE_GOLDEN=1 writes the files anew, for you to look at.
"""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.clock import SystemClock
from adapters.slack.answering import FormAnswers
from adapters.slack.forms import answer_of, closed, errors_of, filled_in, submitted, values_of, view_of
from adapters.slack.home import home_view
from adapters.slack.receive import Known, read
from adapters.slack.text import Reader
from bot.events import Dismissed, Filled, Sender
from bot.forms import Field, FieldKind, Form
from bot.messages import Choice, Message, ShowHome
from tests.conversations.filling import Office
from tests.conversations.homes import STATES
from tests.conversations.stage import NOW, program
from tests.slack.views import complaints
from tests.slack_server.forms import initial_values, with_ids


GOLDEN = Path(__file__).parent / "golden"
READER = Reader("T1", {7: "T1/U7", 8: "T1/U8"})


def forms() -> Mapping[str, Form]:
    """Give a form of every kind."""
    stage = Office()
    stage.press("cmd:apply form")
    found = {"consents": stage.form}
    for page, name in enumerate(("person", "work", "rest", "summary")):
        stage.fill_in(page)
        found[name] = stage.form
    stage.press("f:application:2", view="V1", ref="")
    found["work-again"] = stage.form
    survey = Office(STATES["survey"])
    survey.press("cmd:survey form")
    found["survey"] = survey.form
    gone = Office()
    gone.fill_in(1)
    found["closed"] = gone.form
    return found


VIEWS = {f"form-{name}": view_of(form, READER) for name, form in forms().items()}
for name in STATES:
    office = Office(STATES[name])
    office.look()
    VIEWS[f"home-{name}"] = home_view(ShowHome("T1/U7", office.home), READER)


def sent_in(view: Mapping[str, Any], **values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the payload of a view that is sent in: as it stands, with these values in place of others."""
    blocks = with_ids(list(view["blocks"]))
    state = initial_values(blocks) | {name: {"field": value} for name, value in values.items()}
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U7", "username": "bia", "team_id": "T1"},
        "trigger_id": "1.2.3",
        "view": {**view, "id": "V1", "hash": "h1", "blocks": blocks, "state": {"values": state}},
    }


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_looks_as_its_golden_file_shows(name: str) -> None:
    shown = json.dumps(VIEWS[name], indent=1, ensure_ascii=False) + "\n"
    file = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(shown, encoding="utf-8")

    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_is_within_slacks_limits(name: str) -> None:
    assert complaints(VIEWS[name]) == []


def test_a_page_that_is_sent_in_as_it_stands_is_read_as_what_stood_in_it() -> None:
    found = values_of(sent_in(VIEWS["form-work-again"])["view"])

    assert found == {
        "years": (),
        "interests": ("coding", "own:zines"),
        "interests+": (),
        "goals": ("friendship",),
        "goals+": (),
        "hours": ("weekday-evenings", "Sa09+2"),
        "hours+": (),
    }


def test_a_page_that_is_sent_in_is_an_event() -> None:
    """Without a chat: the intake finds the person's own."""
    body = sent_in(VIEWS["form-consents"], privacy={"selected_options": [{"value": "yes"}]})

    (event,) = read(body, Known(), NOW).events

    assert event == Filled(
        id="v/V1/h1/0/0830cdfd",
        platform="slack",
        at=NOW,
        sender=Sender("T1/U7", handle="bia"),
        trigger="1.2.3",
        form="application",
        page=0,
        values={"privacy": ("yes",), "conduct": ()},
        view="V1",
    )


def test_a_page_that_comes_twice_is_one_event() -> None:
    """Slack gives the same hash until the view changes, but a trigger is another each time."""
    body = sent_in(VIEWS["form-consents"])
    again = body | {"trigger_id": "4.5.6"}
    changed = sent_in(VIEWS["form-consents"], privacy={"selected_options": [{"value": "yes"}]})
    without = body | {"view": {**body["view"], "hash": ""}}

    pages = [filled_in(each, NOW) for each in (body, again, changed, without)]

    first, second, third, fourth = (page.id for page in pages if page)
    assert first == second
    assert len({first, third, fourth}) == 3
    assert fourth.startswith("v/V1/1.2.3/0/")


def test_a_form_that_is_closed_is_an_event() -> None:
    body = sent_in(VIEWS["form-consents"]) | {"type": "view_closed"}

    (event,) = read(body, Known(), NOW).events

    assert isinstance(event, Dismissed)
    assert (event.form, event.id) == ("application", "x/V1/h1")


def test_other_views_are_nothing() -> None:
    """Nor is any other payload a page."""
    body = sent_in(VIEWS["form-consents"] | {"callback_id": "lunch"})

    assert submitted(body, Known(), NOW).events == ()
    assert closed(body, Known(), NOW).events == ()
    assert errors_of(body, program(), date(2027, 1, 9)) is None
    assert filled_in({"type": "block_actions"}, NOW) is None


def test_what_cannot_be_read_is_said_at_its_field() -> None:
    """By the input block's own name, in the language of the form, in two lines at most."""
    chosen = {name: {"selected_option": {"value": "student"}} for name in ("sector", "stage")}
    country, zone = {"value": "Atlantis " * 40}, {"value": "Africa/Lagos"}
    body = sent_in(VIEWS["form-person"], country=country, zone=zone, **chosen)

    found = errors_of(body, program(), date(2027, 1, 9))

    assert found is not None
    assert found["response_action"] == "errors"
    assert set(found["errors"]) == {"country"}
    assert found["errors"]["country"].startswith("I do not know a country called")
    assert len(found["errors"]["country"]) <= 150


def test_the_country_of_before_is_known() -> None:
    """There is a Santiago in Chile and one in Spain."""
    view = view_of(Form("application", "?", (), country="CL", submit="Next"))
    body = sent_in(view, zone={"value": "Santiago"})

    assert errors_of(body, program(), date(2027, 1, 9)) is None


@pytest.mark.parametrize("metadata", ["", "[]", "{", '{"page": null}'])
def test_a_view_that_lost_what_it_knew_is_read_all_the_same(metadata: str) -> None:
    body = sent_in(VIEWS["form-consents"] | {"private_metadata": metadata})

    assert errors_of(body, program(), date(2027, 1, 9)) is not None
    assert filled_in(body, NOW)


def test_the_answer_to_a_page_is_the_next_or_the_end() -> None:
    form = forms()["person"]

    assert answer_of(None) == {"response_action": "clear"}
    assert answer_of(form) == {"response_action": "update", "view": view_of(form)}


def test_fields_are_shown_as_what_suits_their_options() -> None:
    """Circles and boxes as long as Slack takes them, then lists, in groups where a list is too long."""

    def element(kind: FieldKind, count: int) -> dict[str, Any]:
        options = tuple((f"Option {number}", f"o{number}") for number in range(count))
        field = Field("q", kind, "Which?", options=options, initial=("o1",))
        found: dict[str, Any] = view_of(Form("x", "X", (field,), submit="Send"))["blocks"][0]["element"]
        return found

    assert element(FieldKind.ONE, 5)["type"] == "radio_buttons"
    assert element(FieldKind.ONE, 6)["type"] == "static_select"
    assert element(FieldKind.MANY, 10)["type"] == "checkboxes"
    assert element(FieldKind.MANY, 11)["initial_options"][0]["value"] == "o1"
    assert [len(group["options"]) for group in element(FieldKind.MANY, 250)["option_groups"]] == [
        100,
        100,
        50,
    ]
    assert element(FieldKind.AGREE, 1)["type"] == "checkboxes"
    assert view_of(Form("x", "X", (Field("q", FieldKind.MANY, "?"),), submit="Send"))["blocks"] == []


def test_a_date_is_picked_and_read() -> None:
    field = Field("day", FieldKind.DAY, "When?", initial=("2027-03-15",))
    view = view_of(Form("x", "X", (field,), submit="Send"))

    assert view["blocks"][0]["element"]["initial_date"] == "2027-03-15"
    assert values_of(sent_in(view)["view"]) == {"day": ("2027-03-15",)}


words = st.text(max_size=40) | st.just("long " * 500)
options = st.lists(st.tuples(words, words), max_size=4) | st.integers(0, 130).map(
    lambda count: [(f"Option {number}", f"o{number}") for number in range(count)]
)
fields = st.builds(
    Field,
    id=st.uuids().map(str),
    kind=st.sampled_from([kind for kind in FieldKind if kind is not FieldKind.DAY]),
    label=words,
    help=words,
    options=options.map(tuple),
    initial=st.lists(words, max_size=3).map(tuple),
    optional=st.booleans(),
    most=st.integers(0, 5000),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(fields, min_size=1, max_size=4), words)
def test_whatever_a_form_holds_is_within_slacks_limits(given_fields: list[Field], title: str) -> None:
    note = Field("", FieldKind.NOTE, "Words.")
    form = Form("application", title, (note, *given_fields), submit=title or "Send", close=title)

    assert complaints(view_of(form)) == []


def test_a_page_of_ones_own_that_is_too_long_ends_with_a_whole_part() -> None:
    """Never with half of one."""
    part = Message("Words", tuple((Choice("Go", f"cmd:{number}"),) for number in range(9)))

    view = home_view(ShowHome("T1/U7", (part,) * 12), READER)

    assert complaints(view) == []
    assert len(view["blocks"]) == 98


async def test_a_payload_that_is_not_as_documented_has_no_answer() -> None:
    """The intake buries it."""

    async def following(page: Filled) -> Form | None:
        raise AssertionError(page)

    answers = FormAnswers(program(), SystemClock(), following)
    broken = {"type": "view_submission", "view": {"callback_id": "form:application", "state": []}}

    assert answers.errors(broken) is None
    assert await answers.after(broken) is None
