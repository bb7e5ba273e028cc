"""Messages become posts within Slack's limits; every kind has a golden file that shows how it looks.

UPDATE_GOLDEN=1 writes the files anew, for you to look at.
"""

import json
import os
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.blocks import settled_blocks, without_choices
from adapters.slack.render import content, posts
from adapters.slack.text import Reader
from bot.markup import escape
from bot.messages import Attachment, Choice, Message
from bot.ports import Rejected
from tests.slack.block_limits import complaints
from tests.slack.samples import READER, SAMPLES


GOLDEN = Path(__file__).parent / "golden"

Offered: TypeAlias = tuple[tuple[Choice, ...], ...]
values = st.text(alphabet="abcdefgh:.-0123456789", min_size=1, max_size=60)
choices = st.builds(Choice, st.text(max_size=120), values) | st.builds(
    Choice, st.text(max_size=120), st.just(""), st.just("https://example.org/page")
)
rows = st.lists(st.lists(choices, max_size=8).map(tuple), max_size=12).map(tuple)


def as_json(message: Message) -> str:
    found = [{"text": post.text, "blocks": post.blocks} for post in posts(message, READER)]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_kind_of_message_looks_as_its_golden_file_shows(name: str) -> None:
    file = GOLDEN / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(as_json(SAMPLES[name]), encoding="utf-8")

    assert as_json(SAMPLES[name]) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_kind_of_message_is_within_slacks_limits(name: str) -> None:
    found = posts(SAMPLES[name], READER)

    assert [complaints(post.text, post.blocks) for post in found] == [[]] * len(found)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=6000), rows)
def test_whatever_is_said_and_offered_is_within_slacks_limits(
    text: str, offered: tuple[tuple[Choice, ...], ...]
) -> None:
    found = posts(Message(escape(text), offered), READER)

    assert [complaints(post.text, post.blocks) for post in found] == [[]] * len(found)


@settings(max_examples=100, deadline=None)
@given(rows)
def test_every_choice_is_offered_once_with_its_value(offered: Offered) -> None:
    found = posts(Message("Choose", offered), READER)

    elements = [element for post in found for block in post.blocks for element in block.get("elements", ())]
    offers = [option for element in elements for option in element.get("options", [element])]
    wanted = sorted(choice.value or choice.url for row in offered for choice in row)
    assert sorted(offer.get("value") or offer["url"] for offer in offers) == wanted


def test_many_choices_become_lists() -> None:
    message = Message(
        "Which country?", tuple((Choice(f"Country {n}", f"a:country:{n}"),) for n in range(193))
    )

    (post,) = posts(message, READER)

    elements = [element for block in post.blocks for element in block.get("elements", ())]
    assert [(each["type"], len(each["options"])) for each in elements] == [
        ("static_select", 50),
        ("static_select", 50),
        ("static_select", 50),
        ("static_select", 43),
    ]
    assert elements[0]["placeholder"]["text"] == "Country 0 … Country 49"


def test_a_message_of_a_file_alone_has_no_post() -> None:
    assert posts(Message("", attachment=Attachment("a.csv", "text/csv", "a,b")), READER) == []


def test_a_file_is_text_or_base64() -> None:
    files = (Attachment("a", "text/plain", "ö"), Attachment("a", "image/png", "w7Y=", base64=True))

    assert [content(file) for file in files] == ["ö".encode()] * 2


@pytest.mark.parametrize("choice", [Choice("No value"), Choice("Too long", "x" * 2001)])
def test_a_value_that_slack_would_not_take_is_a_defect(choice: Choice) -> None:
    with pytest.raises(Rejected):
        posts(Message("Hi", ((choice,),)), READER)


def test_a_used_message_keeps_its_words_and_shows_what_was_chosen() -> None:
    (post,) = posts(SAMPLES["check-in"], READER)
    given = {"text": post.text, "blocks": [{**block, "block_id": "b"} for block in post.blocks]}

    text, blocks = settled_blocks(without_choices(given), "Yes, we *met*", READER)

    assert text == post.text
    assert blocks[:-1] == [block for block in post.blocks if block["type"] != "actions"]
    assert blocks[-1] == {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "✓ Yes, we _met_", "verbatim": True}],
    }
    assert complaints(text, blocks) == []


def test_a_used_message_without_a_word_to_show_only_loses_its_buttons() -> None:
    (post,) = posts(SAMPLES["check-in"], READER)

    _, blocks = settled_blocks(without_choices({"text": "", "blocks": post.blocks}), "", READER)

    assert [block["type"] for block in blocks] == ["section"]


def test_a_used_message_that_was_only_buttons_says_what_was_chosen() -> None:
    text, blocks = settled_blocks(without_choices({}), "Yes", Reader())

    assert (text, [block["type"] for block in blocks]) == ("…", ["context"])
