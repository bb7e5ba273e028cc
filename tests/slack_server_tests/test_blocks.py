"""The stand-in knows what Block Kit allows, and what reads badly though Slack allows it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Person, SlackServer
from tests.slack_server_tests.apps import Json, actions, button, field, modal, plain, section
from tests.slack_server_tests.test_web_api import error_of


pytestmark = pytest.mark.wire


def option(number: int) -> Json:
    return {"text": plain(f"Option {number}"), "value": f"o{number}"}


def select(many: int, **more: Any) -> Json:
    options = [option(number) for number in range(many)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


GROUP = {"label": plain("G"), "options": [option(1)]}
GOOD = [
    {"type": "header", "text": plain("Week 1")},
    section("Hello *you* <@U1234567890> &amp; <https://example.org|there> at <!date^1763683200^{time}|noon>"),
    {"type": "divider"},
    {"type": "section", "fields": [plain("A"), plain("B")], "accessory": select(100)},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
    actions(button("Yes", "y"), button("No", "n"), {"type": "datepicker", "action_id": "d"}),
    actions({"type": "overflow", "action_id": "o", "options": [option(1), option(2)]}),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "1 < 2 & more"},
                    {"type": "date", "timestamp": 1763683200, "format": "{time}", "fallback": "noon"},
                ],
            }
        ],
    },
]


async def test_good_blocks_are_taken(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    server.world.accounts["U1234567890"] = ana.account

    await bot.chat_postMessage(channel=ana.id, text="Week 1", blocks=GOOD)

    assert server.violations == []
    assert ana.sees()[0].startswith("Antipode: Week 1\nHello *you*")
    assert ana.sees()[0].endswith("small\n1 < 2 & morenoon " + " ".join(f"[{b}]" for b in ana.last().buttons))


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([section("x")] * 51, "no more than 50"),
        ([section("")], "1 to 3000"),
        ([section("x" * 3001)], "1 to 3000"),
        ([{"type": "section"}], "needs text or fields"),
        ([{"type": "section", "fields": [plain("x")] * 11}], "no more than 10"),
        ([{"type": "section", "fields": [plain("x" * 2001)]}], "1 to 2000"),
        ([{"type": "header", "text": plain("x" * 151)}], "1 to 150"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "plain_text is required"),
        ([actions(*[button("x", str(n)) for n in range(26)])], "no more than 25"),
        ([actions()], "at least 1 item"),
        ([actions(button("x" * 76))], "1 to 75"),
        ([actions(button("x", "v" * 256))], "less than 256"),
        ([actions({**button("x"), "value": "v" * 2001})], "less than 2001"),
        ([actions({**button("x"), "style": "green"})], "style"),
        ([actions(button("A"), button("B"))], "action_id 'blocks/0/do-x'"),
        ([actions(button("A", "a"), {"type": "plain_text_input", "action_id": "t"})], "unsupported element"),
        ([actions(select(101))], "no more than 100"),
        (
            [actions(select(2, option_groups=[{"label": plain("G"), "options": [option(1)]}]))],
            "one of",
        ),
        ([actions({"type": "static_select", "action_id": "s"})], "options or option_groups"),
        ([actions(select(2, initial_option=option(5)))], "none of the options"),
        ([actions(select(2, placeholder=plain("x" * 151)))], "1 to 150"),
        ([actions({"type": "static_select", "options": [option(1), option(1)]})], "the same value"),
        ([actions({"type": "overflow", "options": [option(n) for n in range(6)]})], "no more than 5"),
        ([actions({"type": "checkboxes", "options": [option(n) for n in range(11)]})], "no more than 10"),
        ([{**section("a"), "block_id": "b"}, {**section("c"), "block_id": "b"}], "appears 2 times"),
        ([{**section("a"), "colour": "red"}], "unknown field 'colour'"),
        ([{"type": "paragraph"}], "unsupported block type"),
        ([{"type": "context", "elements": [plain("x")] * 11}], "no more than 10"),
        ([{"type": "image", "alt_text": "x"}], "image_url or slack_file"),
    ],
)
async def test_bad_blocks_are_refused(
    server: SlackServer, bot: AsyncWebClient, ana: Person, blocks: list[Json], complaint: str
) -> None:
    assert await error_of(bot.chat_postMessage(channel=ana.id, text="x", blocks=blocks)) == "invalid_blocks"
    assert complaint.replace("'blocks/0/", "'/blocks/0/") in server.violations[0].words
    assert ana.sees() == []


async def test_all_blocks_together_may_be_too_long(bot: AsyncWebClient, ana: Person) -> None:
    posting = bot.chat_postMessage(channel=ana.id, text="x", blocks=[section("x" * 2900)] * 5)

    assert await error_of(posting) == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("<!channel> hello", "broadcast"),
        ("<!here|here>", "broadcast"),
        ("I <3 books", "unescaped '<'"),
        ("a > b", "unescaped '>'"),
        ("R&D", "unescaped '&'"),
        ("<@U0NOBODY>", "is nobody"),
        ("<!date^1763683200^at {clock}|noon>", "without a known token"),
    ],
)
async def test_what_was_not_escaped_is_noticed(
    server: SlackServer, bot: AsyncWebClient, ana: Person, text: str, flaw: str
) -> None:
    await bot.chat_postMessage(channel=ana.id, text="x", blocks=[section(text)])
    await bot.chat_postMessage(channel=ana.id, text=text)

    assert [flaw in violation.words for violation in server.violations] == [True, True]


@pytest.mark.parametrize("text", ["&gt; &lt;b&gt; R&amp;D", "> a quote", "<mailto:a@b.org|write>", "*a* ~b~"])
async def test_what_was_escaped_is_fine(
    server: SlackServer, bot: AsyncWebClient, ana: Person, text: str
) -> None:
    await bot.chat_postMessage(channel=ana.id, text=text, blocks=[section(text)])

    assert server.violations == []


async def test_blocks_want_a_text_beside_them(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    await bot.api_call("chat.postMessage", json={"channel": ana.id, "blocks": [section("Hello")]})

    assert ["blocks without text" in violation.words for violation in server.violations] == [True]


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (modal(section("x"), title="x" * 25), "1 to 24"),
        (modal(*[section("x")] * 101), "no more than 100"),
        (modal(field("Name"), submit=None), "submit"),
        (modal(field("Name"), private_metadata="x" * 3001), "less than 3001"),
        (modal(field("Name"), field("Again")), "block_id 'name' appears 2 times"),
        (modal({"type": "markdown", "text": "x"}), "in messages only"),
        (modal(field("x" * 2001)), "1 to 2000"),
        (modal(section("x"), colour="red"), "unknown field 'colour'"),
        ({"type": "modal", "title": plain("x")}, "missing required field: blocks"),
    ],
)
async def test_bad_views_are_refused(
    server: SlackServer, bot: AsyncWebClient, view: Json, complaint: str
) -> None:
    view = {key: value for key, value in view.items() if value is not None}

    assert await error_of(bot.views_open(trigger_id="1.2.3", view=view)) == "invalid_arguments"
    assert complaint in server.violations[0].words


async def test_a_view_may_be_too_large(bot: AsyncWebClient) -> None:
    view = modal(*[section("x" * 3000)] * 90)

    assert await error_of(bot.views_open(trigger_id="1.2.3", view=view)) == "view_too_large"
