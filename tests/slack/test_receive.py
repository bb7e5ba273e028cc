"""Payloads of Slack become events, each with an id by which a repetition is known."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.receive import Known, Reading, event_id, read
from bot.events import Event, HomeOpened, Joined, Moved, Reachable, Said, Sender, Tapped, Unreachable
from tests.slack.payloads import ANA, BOT, CHANNEL, DIRECT, TEAM, Json, command, event, message, tap


NOW = datetime(2026, 10, 14, tzinfo=UTC)
KNOWN = Known({TEAM: BOT}, f"{TEAM}/{CHANNEL}", lambda account: {f"{TEAM}/U2": "bo"}.get(account, account))
ANAS = f"{TEAM}/{ANA}"


def reading(body: Json) -> Reading:
    return read(body, KNOWN, NOW)


def only(body: Json) -> Event:
    (one,) = reading(body).events
    return one


def said(body: Json) -> Said:
    one = only(body)
    assert isinstance(one, Said)
    return one


def told(body: Json) -> list[tuple[str, str, str]]:
    return [(each.what, each.team, each.about) for each in reading(body).told]


def test_a_message_to_the_bot_is_said_in_the_persons_own_chat() -> None:
    assert only(message("start")) == Said(
        id=f"m/{TEAM}/{DIRECT}/1792000000.000200",
        platform="slack",
        at=NOW,  # Slack's clock is ahead of ours
        chat=f"{TEAM}/{DIRECT}",
        sender=Sender(ANAS),
        text="start",
        ref="1792000000.000200",
        order=1792000000.0002,
    )


def test_a_moment_before_ours_is_taken_from_slack() -> None:
    one = read(message("start"), KNOWN, NOW + timedelta(days=9)).events[0]

    assert one.at == datetime.fromtimestamp(1792000000.0002, UTC)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Tom &amp; Ana &lt;3", "Tom & Ana <3"),
        ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("<http://example.org|example.org>", "example.org"),
        ("<@U2> and <@U9|ida>", "@bo and @ida"),
        ("in <#C2|general>", "in #general"),
        ("<!here> <!date^1^{date}|today>", "here today"),
        (f"<@{BOT}> status", "status"),
        ("a\x00b \ud800", "ab ?"),
    ],
)
def test_texts_are_read_as_people_saw_them(written: str, read_as: str) -> None:
    assert said(message(written)).text == read_as


def test_a_picture_is_said_with_what_it_is() -> None:
    files = [{"id": "F1", "mimetype": "image/png"}]
    body = message("me", subtype="file_share", files=files)

    assert (said(body).text, said(body).media) == ("me", "photo")


@pytest.mark.parametrize(
    "inside",
    [
        {"bot_id": "B1", "user": BOT},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"channel_type": "mpim"},
        {"channel_type": "group"},
        {"channel_type": "channel"},
    ],
)
def test_what_bots_say_and_what_pairs_say_is_nothing(inside: Json) -> None:
    assert reading(message("Heron", **inside)) == Reading()


def test_a_changed_message_is_said_again_as_edited() -> None:
    after = {"user": ANA, "ts": "1.2", "text": "Peru", "edited": {"user": ANA, "ts": "3.4"}}
    changed = said(message("", subtype="message_changed", message=after, user=None))

    assert (changed.id, changed.text, changed.edited, changed.ref) == ("Ev012", "Peru", True, "1.2")


def test_a_link_that_was_unfurled_is_no_change() -> None:
    after = {"user": ANA, "ts": "1.2", "text": "https://example.org", "attachments": []}

    assert reading(message("", subtype="message_changed", message=after)) == Reading()


def test_a_mention_in_the_directors_channel_is_a_command_there() -> None:
    body = event("app_mention", user=ANA, ts="1.2", text=f"<@{BOT}> queue", channel=CHANNEL)

    assert (said(body).text, said(body).chat, said(body).private) == ("/queue", f"{TEAM}/{CHANNEL}", False)


def test_a_mention_anywhere_else_is_private() -> None:
    body = event("app_mention", user=ANA, ts="1.2", text=f"<@{BOT}>", channel="C9")

    assert (said(body).text, said(body).chat, said(body).private) == ("/help", "", True)


def test_a_mention_that_comes_as_a_message_too_has_one_id() -> None:
    mention = event("app_mention", user=ANA, ts="1792000000.000200", text="x", channel=DIRECT)

    assert only(mention).id == only(message("x")).id


@pytest.mark.parametrize(
    ("text", "heard"),
    [("status", "/status"), ("", "/help"), ("/away 3 March", "/away 3 March"), ("  Away  x", "/Away  x")],
)
def test_the_slash_command_is_typed_to_the_bot_alone(text: str, heard: str) -> None:
    one = said(command(text))

    assert (one.text, one.chat, one.private, one.trigger) == (heard, "", True, "13345224609.738474920.8088")
    assert one.sender == Sender(ANAS, handle="ana")


def test_the_slash_command_in_the_directors_channel_is_theirs() -> None:
    one = said(command("round open", CHANNEL))

    assert (one.text, one.chat, one.private) == ("/round open", f"{TEAM}/{CHANNEL}", False)


def test_a_claim_is_made_where_it_is_typed() -> None:
    one = said(command("claim 4F7K", "C5"))

    assert (one.text, one.chat, one.private) == ("/claim 4F7K", f"{TEAM}/C5", False)


def test_a_tap_has_its_value_and_its_message() -> None:
    assert only(tap("a:country:PE")) == Tapped(
        id="t/12466734323.1395872398",
        platform="slack",
        at=NOW,
        chat=f"{TEAM}/{DIRECT}",
        sender=Sender(ANAS, handle="ana"),
        value="a:country:PE",
        ref="1792000000.000300",
        trigger="12466734323.1395872398",
        order=1792000009.1,
        shown='{"text":"Yes?","blocks":[]}',
    )


def test_a_tap_in_a_channel_is_not_private() -> None:
    one = only(tap("d:queue", CHANNEL))

    assert (one.chat, one.private) == (f"{TEAM}/{CHANNEL}", False)


def test_an_option_of_a_list_is_a_tap() -> None:
    chosen = {"type": "static_select", "selected_option": {"value": "a:country:PE"}}
    one = only(tap("", actions=[chosen]))

    assert isinstance(one, Tapped)
    assert one.value == "a:country:PE"


def test_links_and_buttons_for_show_are_nothing() -> None:
    link = {"type": "button", "url": "https://example.org", "action_id": "a"}

    assert reading(tap("", actions=[link])) == Reading()
    assert reading(tap("-")) == Reading()


def test_two_actions_are_two_events() -> None:
    two = [{"type": "button", "value": "cmd:status"}, {"type": "button", "value": "cmd:help"}]

    assert [each.id for each in reading(tap("", actions=two)).events] == [
        "t/12466734323.1395872398",
        "t/12466734323.1395872398/1",
    ]


def test_a_tap_on_ones_own_page_has_no_chat() -> None:
    page = {"container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "home"}}
    one = only(tap("cmd:status", channel="", **page))

    assert isinstance(one, Tapped)
    assert (one.chat, one.private, one.at_home, one.view) == ("", True, True, "")


def test_a_button_in_a_form_names_the_form_and_a_list_in_it_is_nothing() -> None:
    form = {"container": {"type": "view", "view_id": "V1"}, "view": {"id": "V1", "type": "modal"}}
    chosen = {"type": "static_select", "selected_option": {"value": "PE"}}
    one = only(tap("cmd:help", channel="", **form))

    assert isinstance(one, Tapped)
    assert one.view == "V1"
    assert reading(tap("", channel="", actions=[chosen], **form)) == Reading()


def test_a_shortcut_is_the_word_it_stands_for() -> None:
    user = {"id": ANA, "username": "ana", "team_id": TEAM}
    body = {"type": "shortcut", "callback_id": "antipode:apply", "trigger_id": "1.2", "user": user}

    assert (said(body).text, said(body).trigger, said(body).private) == ("/apply", "1.2", True)


def test_looking_at_ones_own_page_is_an_event_and_at_the_messages_none() -> None:
    page = event("app_home_opened", user=ANA, channel=DIRECT, tab="home")

    assert isinstance(only(page), HomeOpened)
    assert reading(event("app_home_opened", user=ANA, channel=DIRECT, tab="messages")) == Reading()


def test_who_was_deactivated_cannot_be_reached_and_who_came_back_can() -> None:
    gone = event("user_change", user={"id": ANA, "team_id": TEAM, "deleted": True})
    guest = event("user_change", user={"id": ANA, "team_id": TEAM, "is_restricted": True})
    back = event("user_change", user={"id": ANA, "team_id": TEAM, "deleted": False})

    assert [only(gone), only(guest), only(back)] == [
        Unreachable(id="Ev012", platform="slack", at=NOW, sender=Sender(ANAS), why="deactivated"),
        Unreachable(id="Ev012", platform="slack", at=NOW, sender=Sender(ANAS), why="guest"),
        Reachable(id="Ev012", platform="slack", at=NOW, sender=Sender(ANAS)),
    ]
    assert told(back) == [("user", TEAM, ANAS)]


def test_a_bot_that_changed_is_nothing() -> None:
    assert reading(event("user_change", user={"id": "U3", "is_bot": True})) == Reading()


def test_who_comes_into_a_pairs_chat_joined_and_into_the_directors_channel_changed_it() -> None:
    here = event("member_joined_channel", user=ANA, channel="C7", channel_type="G", team=TEAM)
    there = event("member_joined_channel", user=ANA, channel=CHANNEL, channel_type="G", team=TEAM)

    assert isinstance(only(here), Joined)
    assert reading(there).events == ()
    assert told(there) == [("chat", TEAM, f"{TEAM}/{CHANNEL}")]


def test_a_channel_with_a_new_id_has_moved() -> None:
    one = only(event("channel_id_changed", old_channel_id="G1", new_channel_id="C1"))

    assert isinstance(one, Moved)
    assert (one.chat, one.to) == (f"{TEAM}/G1", f"{TEAM}/C1")


def test_a_shared_channel_is_told() -> None:
    body = event("channel_shared", connected_team_id="T9", channel=CHANNEL)

    assert told(body) == [("chat", TEAM, f"{TEAM}/{CHANNEL}")]


def test_an_uninstalled_app_and_a_revoked_bot_token_end_the_workspace() -> None:
    assert told(event("app_uninstalled")) == [("gone", TEAM, "")]
    assert told(event("tokens_revoked", tokens={"oauth": [], "bot": [BOT]})) == [("gone", TEAM, "")]
    assert told(event("tokens_revoked", tokens={"oauth": [ANA], "bot": []})) == []


def test_what_is_not_known_is_nothing() -> None:
    assert reading(event("reaction_added", user=ANA)) == Reading()
    assert reading({"type": "app_rate_limited", "team_id": TEAM}) == Reading()
    assert reading({}) == Reading()


def test_a_payload_without_an_id_of_slacks_is_known_by_what_it_says() -> None:
    without = {"type": "block_actions", "user": {"id": ANA}}

    assert event_id(without) == event_id(dict(reversed(without.items())))
    assert event_id(without) != event_id(without | {"user": {"id": "U2"}})


@given(st.text(max_size=200))
def test_any_text_becomes_a_text_that_can_be_kept(text: str) -> None:
    kept = said(message(text)).text

    assert kept.encode() == kept.encode("utf-8", "strict")
    assert "\x00" not in kept
