"""Messages are rendered as the golden files show; UPDATE_GOLDEN=1 writes them anew, for you to look at."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile, TelegramObject

from adapters.telegram.limits import CAPTION, TEXT
from adapters.telegram.render import POINTER, Call, Reader, calls, settled, signed
from adapters.telegram.text import length, pieces
from bot.markup import escape, plain
from bot.messages import Ask, Attachment, Choice, Message
from bot.ports import Rejected


GOLDEN = Path(__file__).parent / "golden"
READER = Reader({1: "5012345678"}, "Asia/Manila", "en")
LONG = "\n\n".join(f"Paragraph {number}. " + "Words and *more* words. " * 30 for number in range(16))

MESSAGES: dict[str, tuple[Message, Reader]] = {
    "markup": (
        Message(
            "**Bold** *italic* `code <b>` & [a page](https://example.org/?a=1&b=2)\n"
            "\\*plain\\* <script> [Ana](person:1) [Ben](person:2) [Tue 14:05 UTC](time:1803996300)"
        ),
        READER,
    ),
    "moment-without-a-zone": (Message("It is [Tue 14:05 UTC](time:1803996300)."), Reader()),
    "moment-in-portuguese": (
        Message("[?](time:1803996300)"),
        Reader(zone="America/Sao_Paulo", language="pt-br"),
    ),
    "buttons": (
        Message(
            "Choose",
            ((Choice("Yes", "c:1:met"), Choice("No", "c:1:no")), (Choice("Page", url="https://a.org"),)),
        ),
        READER,
    ),
    "picker": (
        Message("Make a group", ask=Ask.NEW_GROUP, ask_label="Make our chat", ask_about=1183842305),
        READER,
    ),
    "picker-in-a-group-is-not-shown": (
        Message("Make a group", ask=Ask.NEW_GROUP, ask_label="Make our chat", ask_about=1),
        Reader(private=False),
    ),
    "close-with-buttons": (Message("Done", ((Choice("Go", "x"),),), ask=Ask.CLOSE), READER),
    "silent": (Message("Hush", silent=True), READER),
    "document": (
        Message(
            "Your calendar",
            ((Choice("Fine", "ok"),),),
            Attachment("call.ics", "text/calendar", "BEGIN:VCALENDAR"),
        ),
        READER,
    ),
    "picture": (
        Message("**Week 4**", attachment=Attachment("p.png", "image/png", "aGVsbG8=", base64=True)),
        READER,
    ),
    "file-without-words": (Message("", attachment=Attachment("d.json", "application/json", "{}")), READER),
    "file-with-many-words": (
        Message("word " * 300, ((Choice("Fine", "ok"),),), Attachment("d.json", "application/json", "{}")),
        READER,
    ),
    "long": (Message(LONG, ((Choice("Fine", "ok"),),)), READER),
    "empty": (Message(""), READER),
}


def shown(call: Call) -> dict[str, Any]:
    return {"method": call.method} | {name: _plain(value) for name, value in call.arguments.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, TelegramObject):
        return value.to_dict()
    if isinstance(value, InputFile):
        return {"filename": value.filename, "content": str(value.input_file_content)}
    return value


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_rendered_as_its_golden_file(name: str) -> None:
    message, reader = MESSAGES[name]
    rendered = (
        json.dumps([shown(call) for call in calls(message, reader)], indent=1, ensure_ascii=False) + "\n"
    )
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(rendered)

    assert rendered == golden.read_text()


def test_long_texts_are_cut_at_paragraphs_and_the_buttons_are_under_the_last() -> None:
    message, reader = MESSAGES["long"]
    parts = calls(message, reader)

    assert len(parts) == 3
    assert [part.arguments["text"].startswith("Paragraph") for part in parts] == [True] * 3
    assert ["reply_markup" in part.arguments for part in parts] == [False, False, True]


@given(st.text(alphabet="ab \n😀<&*`[]()\\", max_size=400), st.integers(5, 60))
def test_however_a_text_is_cut_nothing_is_lost_and_every_piece_fits(text: str, limit: int) -> None:
    cut = pieces(escape(text), limit)

    words = [re.sub(r"\s", "", piece.replace("&lt;", "<").replace("&amp;", "&")) for piece in cut]
    assert "".join(words) == (re.sub(r"\s", "", text) or "…")
    for piece in cut:
        assert length(piece.replace("&lt;", "<").replace("&amp;", "&")) <= limit


def test_a_style_goes_on_in_the_next_piece() -> None:
    assert pieces("**" + "bold " * 4 + "**", 10) == ["<b>bold bold </b>", "<b>bold bold </b>"]


def test_a_caption_has_its_own_limit() -> None:
    file = Attachment("d.json", "application/json", "{}")

    exact = calls(Message("x" * CAPTION, attachment=file), READER)
    longer = calls(Message("x" * (CAPTION + 1), attachment=file), READER)

    assert [call.method for call in exact] == ["send_document"]
    assert [call.method for call in longer] == ["send_message", "send_document"]
    assert len(calls(Message("x" * TEXT), READER)) == 1


@pytest.mark.parametrize("value", ["", "x" * 65, "é" * 33])
def test_a_button_telegram_would_refuse_is_our_defect(value: str) -> None:
    with pytest.raises(Rejected):
        calls(Message("Choose", ((Choice("Yes", value),),)), READER)


def test_what_was_chosen_stands_where_the_buttons_were() -> None:
    markup = settled("**Yes**, " + "really " * 20)
    assert markup is not None

    label = markup.inline_keyboard[0][0].text
    assert label.startswith("✓ Yes, really")
    assert len(label) == 60
    assert settled("") is None


def test_a_copy_shows_who_wrote_it() -> None:
    markup = signed("✉ Ana")
    assert markup is not None

    assert markup.to_dict() == {"inline_keyboard": [[{"text": "✉ Ana", "callback_data": "r:by"}]]}
    assert signed("") is None


def test_the_pointer_is_plain() -> None:
    assert plain(POINTER) == POINTER
