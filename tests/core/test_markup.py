"""The markup: what is parsed, and that no value can become markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Span, escape, parse, plain, unescape


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("hello", (Span("plain", "hello"),)),
        ("**Ana**, hi", (Span("bold", "Ana"), Span("plain", ", hi"))),
        ("*soon*", (Span("italic", "soon"),)),
        ("type `help`", (Span("plain", "type "), Span("code", "help"))),
        ("[page](https://example.org/a)", (Span("link", "page", "https://example.org/a"),)),
        ("[Ana](person:12)", (Span("person", "Ana", "12"),)),
        ("[9:00](time:1795262400)", (Span("time", "9:00", "1795262400"),)),
        (r"2 \* 3 \[x\]", (Span("plain", "2 * 3 [x]"),)),
        ("[label](javascript:alert)", (Span("plain", "[label](javascript:alert)"),)),
        ("2 * 3 is six", (Span("plain", "2 * 3 is six"),)),
        ("", ()),
    ],
)
def test_a_text_is_parsed_into_its_spans(text: str, spans: tuple[Span, ...]) -> None:
    assert parse(text) == spans


@given(st.text())
def test_an_escaped_text_stands_for_itself(text: str) -> None:
    assert plain(escape(text)) == text


@given(st.text())
def test_an_escaped_text_has_no_style(text: str) -> None:
    assert {span.style for span in parse(escape(text))} <= {"plain"}


@given(st.text())
def test_unescaping_undoes_escaping(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text(alphabet="*`[]()\\ab:/person"))
def test_any_text_can_be_parsed(text: str) -> None:
    assert len(plain(text)) <= len(text)
