"""Messages: what the outbox keeps is what it was given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms import Field, FieldKind, Form
from bot.messages import (
    Address,
    Ask,
    Attachment,
    Body,
    Carry,
    Choice,
    Message,
    OpenForm,
    OpenRoom,
    RoomDeed,
    Settle,
    ShowHome,
    Tend,
    from_json,
    to_json,
)


texts = st.text(max_size=40)
buttons = st.builds(Choice, texts, texts, texts)
messages = st.builds(
    Message,
    text=texts,
    rows=st.lists(st.lists(buttons, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple),
    attachment=st.none() | st.builds(Attachment, texts, texts, texts, st.booleans()),
    ask=st.sampled_from(Ask),
    ask_label=texts,
    ask_about=st.integers(0, 2**31 - 1),
    pin=st.booleans(),
    silent=st.booleans(),
)
pairs = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
fields = st.builds(
    Field,
    id=texts,
    kind=st.sampled_from(FieldKind),
    label=texts,
    help=texts,
    options=pairs,
    initial=st.lists(texts, max_size=2).map(tuple),
    optional=st.booleans(),
    most=st.integers(0, 600),
)
forms = st.builds(
    Form,
    id=texts,
    title=texts,
    fields=st.lists(fields, max_size=2).map(tuple),
    page=st.integers(0, 9),
    submit=texts,
    close=texts,
    buttons=pairs,
    language=texts,
    country=texts,
)
bodies = st.one_of(
    messages,
    st.builds(OpenForm, forms, trigger=texts, view=texts, late=st.none() | messages),
    st.builds(ShowHome, texts, st.lists(messages, max_size=2).map(tuple)),
    st.builds(OpenRoom, texts, st.lists(st.integers(1), max_size=3).map(tuple), texts),
    st.builds(Settle, texts, texts),
    st.builds(Carry, texts, texts, texts, st.none() | st.builds(Message, texts)),
    st.builds(Tend, st.sampled_from(RoomDeed), texts, texts, texts, texts),
)


@given(bodies)
def test_a_body_survives_being_kept(body: Body) -> None:
    assert from_json(json.loads(json.dumps(to_json(body)))) == body


def test_an_unknown_kind_of_body_is_refused() -> None:
    with pytest.raises(KeyError):
        from_json({"is": "telepathy"})


def test_an_address_is_the_unit_whose_order_is_kept() -> None:
    assert str(Address("telegram", "room", "spring.3")) == "room/spring.3"
