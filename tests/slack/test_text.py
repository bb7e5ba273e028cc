"""The bot's markup as mrkdwn: styles and links are shown, and what people wrote is only ever words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.text import Reader, pieces, read_out, words
from bot.markup import escape, plain


ANA = Reader("T1", {1: "T1/U1", 2: "T2/U2"})
#: Everything in angles that Slack would read as more than words.
ANGLES = re.compile(r"<([^<>]*)>")


def shown(text: str, limit: int = 3000) -> str:
    return "\n".join(pieces(text, limit, ANA)).replace("\u200b", "")


@pytest.mark.parametrize(
    ("markup", "mrkdwn"),
    [
        ("**bold** *italic* `code`", "*bold* _italic_ `code`"),
        ("**two\nlines **", "*two*\n*lines* "),
        (r"**3 \* 4** *a\_b*", "*3 ∗ 4* _a＿b_"),
        ("[the page](https://a.org/?a=1&b=2)", "<https://a.org/?a=1&amp;b=2|the page>"),
        ("[a|b](https://a.org/x|y)", "<https://a.org/x%7Cy|a/b>"),
        ("[app](tg://user?id=7)", "app"),
        ("see https://a.org/x_y.", "see <https://a.org/x_y>."),
        ("[Ana](person:1) and [Ben](person:2), [Cho](person:3)", "<@U1> and Ben, Cho"),
        ("[Tue 2 Mar](time:1795262400)", "<!date^1795262400^{date_short_pretty}, {time}|Tue 2 Mar>"),
        ("[never](time:soon)", "never"),
        ("fish & chips < 5 > 3", "fish &amp; chips &lt; 5 &gt; 3"),
    ],
)
def test_each_style_is_written_as_slack_wants_it(markup: str, mrkdwn: str) -> None:
    assert shown(markup) == mrkdwn


@pytest.mark.parametrize(
    "text", ["<!channel>", "<@U1>", "<!here|x>", "<https://evil.example|bank>", "&lt;!all&gt;"]
)
def test_nobody_is_called_by_what_somebody_wrote(text: str) -> None:
    written = shown(escape(text))

    assert [found for found in ANGLES.findall(written) if not found.startswith("https://")] == []


@pytest.mark.parametrize(
    "text", ["*bold*", "_italic_", "~struck~", "`code`", "> quoted", "a\n> quoted", "*", "_x", "x_"]
)
def test_signs_that_somebody_wrote_style_nothing(text: str) -> None:
    (written,) = pieces(escape(text), 3000, ANA)

    assert not re.search(r"(?:^|\s)[*_~`]\S|^&gt;", written, re.MULTILINE)
    assert written.replace("\u200b", "").replace("&gt;", ">") == text


def test_a_handle_with_underscores_stays_as_it_is() -> None:
    assert pieces("write to ana_maria_books", 3000, ANA) == ["write to ana_maria_books"]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\u200b"), max_size=400),
    st.integers(60, 300),
)
def test_no_piece_is_longer_than_it_may_be_and_no_word_is_lost(text: str, limit: int) -> None:
    written = pieces(escape(text), limit, ANA)

    assert all(0 < len(piece) <= limit for piece in written)
    back = "".join(written).replace("\u200b", "")
    back = ANGLES.sub(lambda found: found[1], back)
    back = back.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert re.sub(r"\s+", "", back) == re.sub(r"\s+", "", text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab *_~`&<>|\n[]()@!#^\\", max_size=120))
def test_whatever_somebody_writes_makes_no_link_no_mention_and_no_moment(text: str) -> None:
    assert ANGLES.findall("".join(pieces(escape(text), 3000, ANA))) == []


def test_a_long_text_is_cut_at_paragraphs() -> None:
    text = "\n\n".join(["one " * 20, "two " * 20, "three " * 20])

    assert [piece.split()[0] for piece in pieces(text, 170, ANA)] == ["one", "three"]


def test_nothing_is_no_piece() -> None:
    assert pieces("", 3000, ANA) == pieces(" \n", 3000, ANA) == []


def test_the_words_beside_have_no_style_and_no_mention() -> None:
    text = "**Hi** [Ana](person:1) & *co* at [noon](time:1795262400): [page](https://a.org)"

    assert words(text, 3000) == "Hi Ana &amp; co at noon: page"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(10, 60))
def test_the_words_beside_are_never_empty_and_never_too_long(text: str, limit: int) -> None:
    found = words(escape(text), limit)

    assert 1 <= len(found) <= limit
    assert (
        found == "…"
        or plain(escape(text)).strip()[:1]
        == found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")[:1]
    )


def test_written_pieces_are_read_out_by_their_words() -> None:
    assert read_out(["Hi <@U1>, *see* <https://a.org|here>", "fish &amp; chips"], 100) == (
        "Hi , *see* here\nfish &amp; chips"
    )
    assert read_out(["fish &amp; chips"], 10) == "fish …"
    assert read_out([], 10) == "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write /apply, or /away 15 March.", "Write /antipode apply, or /antipode away 15 March."),
        ("**/round open** or `/claim X`", "*/antipode round open* or `/antipode claim X`"),
        ("and/or, 1/2, /lunch, /helpful, //help", "and/or, 1/2, /lunch, /helpful, //help"),
        ("https://example.org/help", "<https://example.org/help>"),
    ],
)
def test_commands_are_shown_as_they_are_typed_in_slack(text: str, shown: str) -> None:
    """Slack's client does not send a message that begins with a command it does not know."""
    assert pieces(text, 3000, Reader()) == [shown]
