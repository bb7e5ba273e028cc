"""Updates as Telegram sends them (names changed) become exactly the events beside them."""

import json
from dataclasses import MISSING, asdict, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.letters import scrubbed
from adapters.telegram.receive import ALLOWED_UPDATES, Me, callback_id, read
from bot.events import Event, Said, Sender


PAYLOADS = sorted((Path(__file__).parent / "payloads").glob("*.json"))
ME = Me(7000000001, "antipode_bot")
SENT = datetime.fromtimestamp(1803902400, UTC)
NOW = SENT + timedelta(minutes=10)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def shown(event: Event) -> dict[str, Any]:
    """Give an event as its payload file has it: what is not usual."""
    found: dict[str, Any] = {"is": type(event).__name__}
    for field in fields(event):
        value = getattr(event, field.name)
        usual = field.default is not MISSING and value == field.default and field.name != "private"
        if field.name != "platform" and not usual:
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Sender):
        return {name: inner for name, inner in asdict(value).items() if inner}
    return value


@pytest.mark.parametrize("file", PAYLOADS, ids=lambda file: file.stem)
def test_an_update_becomes_its_events(file: Path) -> None:
    payload = json.loads(file.read_text())

    assert [shown(event) for event in read(payload["update"], ME, NOW)] == payload["events"]


@pytest.mark.parametrize("file", PAYLOADS, ids=lambda file: file.stem)
def test_every_event_of_an_update_has_an_id_of_its_own(file: Path) -> None:
    update = json.loads(file.read_text())["update"]

    ids = [event.id for event in read(update, ME, NOW)]

    assert len(set(ids)) == len(ids)
    assert [found.startswith(f"u{update['update_id']}") for found in ids] == [True] * len(ids)


@pytest.mark.parametrize("file", PAYLOADS, ids=lambda file: file.stem)
def test_dead_letters_hold_no_word_of_anybody(file: Path) -> None:
    update = json.loads(file.read_text())["update"]

    letter = scrubbed(update)

    for word in ("Ana", "Ben", "ana_souza", "Melbourne", "Hello", "Tomorrow", "/withdraw", "https"):
        assert word not in letter


def test_of_the_directors_group_every_line_is_heard() -> None:
    update = json.loads(next(file for file in PAYLOADS if file.stem == "group-talk").read_text())["update"]
    directors = replace(ME, directors="-4312345678")

    assert [event.text for event in read(update, directors, NOW) if isinstance(event, Said)] == [
        "Hello Ben, how are you?"
    ]


def test_a_clock_that_runs_ahead_of_ours_delays_nothing() -> None:
    update = json.loads(next(file for file in PAYLOADS if file.stem == "private-text").read_text())["update"]

    events = read(update, ME, SENT - timedelta(seconds=3))

    assert [event.at for event in events] == [SENT - timedelta(seconds=3)]


def test_taps_have_the_time_they_are_heard() -> None:
    update = json.loads(next(file for file in PAYLOADS if file.stem == "tap-in-private").read_text())[
        "update"
    ]

    assert [event.at for event in read(update, ME, NOW)] == [NOW]
    assert callback_id(update) == "4382bfdwdsb323b2d9"
    assert callback_id({"update_id": 1}) == ""


@given(st.sampled_from(ALLOWED_UPDATES), json_values)
def test_nonsense_is_an_error_or_no_event_but_never_a_made_up_one(kind: str, body: Any) -> None:
    try:
        events = read({"update_id": 1, kind: body}, ME, NOW)
    except (KeyError, TypeError, ValueError, AttributeError):
        return

    assert events == []


@given(json_values)
def test_anything_can_be_kept_as_a_dead_letter(body: Any) -> None:
    assert json.loads(scrubbed({"message": body})) is not None
