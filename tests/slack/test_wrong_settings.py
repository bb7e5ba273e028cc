"""Wrong settings of Slack stop the start with a sentence each, and none of them tells a secret."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsWrong, load_settings
from tests.slack_server import SlackServer
from tests.wire.test_wrong_settings import run


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-tests", "SLACK_APP_TOKEN": "xapp-1-tests"}
KEY = "a" * 43 + "="


def settings(tmp_path: Path, **given: str) -> Settings:
    return load_settings(given, tmp_path / "none")


def sentences(tmp_path: Path, **given: str) -> list[str]:
    with pytest.raises(SettingsWrong) as wrong:
        settings(tmp_path, **given)
    return str(wrong.value).splitlines()


def test_slack_is_a_platform_with_a_token_or_with_a_client(tmp_path: Path) -> None:
    client = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "ANTIPODE_ENCRYPTION_KEY": KEY}

    assert settings(tmp_path, **TOKENS).platforms == {"slack"}
    assert settings(tmp_path, **client, SLACK_SIGNING_SECRET="s").platforms == {"slack"}
    assert settings(tmp_path).platforms == frozenset()


def test_the_newest_key_comes_first(tmp_path: Path) -> None:
    other = "b" * 43 + "="

    assert settings(tmp_path, ANTIPODE_ENCRYPTION_KEY=f"{KEY}, {other}").encryption_keys == (KEY, other)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SLACK_BOT_TOKEN": "my token", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not such a token"),
        (
            {**TOKENS, "SLACK_APP_TOKEN": "xoxb-1"},
            "SLACK_APP_TOKEN is not such a token: it begins",
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"),
        ({**TOKENS, "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together"),
        (
            {**TOKENS, "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"},
            "ANTIPODE_ENCRYPTION_KEY must be one key or several with commas",
        ),
        ({"ANTIPODE_ENCRYPTION_KEY": "short"}, "ANTIPODE_ENCRYPTION_KEY must be one key"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(tmp_path: Path, given: dict[str, str], told: str) -> None:
    (sentence,) = sentences(tmp_path, **given)

    assert sentence.startswith(told)


@pytest.mark.wire
def test_a_token_that_slack_does_not_know_is_told_in_one_sentence(tmp_path: Path) -> None:
    with SlackServer().in_thread() as server:
        address = {"SLACK_API_URL": server.base_url, "ANTIPODE_HTTP": "127.0.0.1:0"}
        code, lines = run(tmp_path, {**TOKENS, **address})

    assert (code, lines) == (1, ["Slack does not know SLACK_BOT_TOKEN. Run `antipode check`."])
