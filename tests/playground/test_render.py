"""Tests of what the page shows: every word escaped, every style an element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.render import html, rows
from bot.markup import escape
from bot.messages import Choice


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and *italic*", "<strong>bold</strong> and <em>italic</em>"),
        ("`round open`", "<code>round open</code>"),
        ("one\ntwo", "one<br>two"),
        ("[Ana](person:7)", '<span class="mention">Ana</span>'),
        ("[11 January](time:1800000000)", "<time>11 January</time>"),
    ],
)
def test_markup_becomes_elements(text: str, shown: str) -> None:
    assert html(text) == shown


def test_a_moment_is_shown_on_the_readers_own_clock() -> None:
    assert html("[later](time:1800000000)", zone="Asia/Kolkata") == "<time>Fri 15 Jan 13:30</time>"


def test_a_link_opens_a_page_that_learns_nothing() -> None:
    shown = '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">here</a>'

    assert html("[here](https://example.org/?a=1&b=2)") == shown


@given(st.text())
def test_whatever_somebody_writes_makes_no_element(text: str) -> None:
    shown = html(escape(text)).replace("<br>", "")

    assert "<" not in shown
    assert ">" not in shown


def test_buttons_keep_their_rows() -> None:
    of = ((Choice("Yes", "c:yes"), Choice("No", "c:no")), (Choice("Page", url="https://example.org"),))

    assert rows(of) == (
        (
            {"label": "Yes", "value": "c:yes", "url": ""},
            {"label": "No", "value": "c:no", "url": ""},
        ),
        ({"label": "Page", "value": "", "url": "https://example.org"},),
    )
