"""Modals open by a fresh trigger only, stand at most three deep, and keep what was filled in."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Doing, Person, SlackServer
from tests.slack_server_tests.apps import Json, actions, button, field, modal, section
from tests.slack_server_tests.test_web_api import error_of


pytestmark = pytest.mark.wire


@pytest.fixture
def _held(server: SlackServer) -> None:
    """Lets the test play the app: it reads the payloads from the deeds."""
    server.holds_deliveries()


def trigger(doing: Doing) -> str:
    return str(doing.payload["trigger_id"])


@pytest.mark.usefixtures("_held")
async def test_a_trigger_opens_one_modal(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    doing = ana.runs("/antipode apply")

    await bot.views_open(trigger_id=trigger(doing), view=modal(field("Name")))

    assert ana.modal_words == "Apply\nName"
    again = bot.views_open(trigger_id=trigger(doing), view=modal(field("Name")))
    assert await error_of(again) == "exchanged_trigger_id"
    unknown = bot.views_open(trigger_id="1.2.3", view=modal(field("Name")))
    assert await error_of(unknown) == "invalid_trigger_id"


@pytest.mark.usefixtures("_held")
async def test_a_trigger_lives_three_seconds(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    server.clock.freeze()
    doing = ana.runs("/antipode apply")
    server.clock.advance(3.1)

    opening = bot.views_open(trigger_id=trigger(doing), view=modal(field("Name")))

    assert await error_of(opening) == "expired_trigger_id"
    assert server.violations == []


@pytest.mark.usefixtures("_held")
async def test_modals_stand_three_deep(bot: AsyncWebClient, ana: Person) -> None:
    page = modal(actions(button("Next")), submit=None)
    page.pop("submit")
    await bot.views_open(trigger_id=trigger(ana.runs("/antipode apply")), view=page)
    for _ in range(2):
        await bot.views_push(trigger_id=trigger(ana.taps("Next")), view=page)

    pushing = bot.views_push(trigger_id=trigger(ana.taps("Next")), view=page)

    assert await error_of(pushing) == "push_limit_reached"
    ana.closes()
    ana.closes()
    assert ana.modal
    ana.closes()
    assert ana.modal is None


@pytest.mark.usefixtures("_held")
async def test_an_update_keeps_what_was_filled_in(bot: AsyncWebClient, ana: Person) -> None:
    doing = ana.runs("/antipode apply")
    opened = await bot.views_open(trigger_id=trigger(doing), view=modal(field("Name"), external_id="x-1"))
    ana.fills("Name", "Ana Souza")

    await bot.views_update(external_id="x-1", view=modal(field("Your name"), field("Town", "town")))

    assert ana.modal
    assert ana.modal.values["name"]["in"]["value"] == "Ana Souza"
    stale = bot.views_update(view_id=opened["view"]["id"], hash="1.0", view=modal(field("Name")))
    assert await error_of(stale) == "hash_conflict"
    ana.closes()
    gone = bot.views_update(view_id=opened["view"]["id"], view=modal(field("Name")))
    assert await error_of(gone) == "not_found"


async def test_each_has_a_home_of_their_own(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    home: Json = {"type": "home", "blocks": [section("You are *in*"), actions(button("Withdraw"))]}

    await bot.views_publish(user_id=ana.id, view=home)

    assert (ana.home, ana.home_buttons, ben.home) == ("You are *in*", ["Withdraw"], "")
    assert server.violations == []


@pytest.mark.usefixtures("_held")
async def test_a_client_does_not_send_what_is_incomplete(bot: AsyncWebClient, ana: Person) -> None:
    doing = ana.runs("/antipode apply")
    await bot.views_open(trigger_id=trigger(doing), view=modal(field("Name", max_length=5)))

    with pytest.raises(AssertionError, match="complete"):
        ana.submits()
    with pytest.raises(AssertionError, match="0 to 5 characters"):
        ana.fills("Name", "Ana Souza")
