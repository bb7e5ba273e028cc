"""Settings: what is read, and the sentence for each thing that is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsWrong, load_settings


ROOT = Path(__file__).parent.parent.parent


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == Settings()


def test_every_setting_is_in_the_example_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    written = {line.split("=")[0] for line in lines if line and not line.startswith("#")}

    assert written == {name.upper() for name in Settings.model_fields}
    assert load_settings({}, ROOT / ".env.example") == Settings()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ANTIPODE_PACE=30s\nANTIPODE_HTTP=0.0.0.0:9\n")

    settings = load_settings({"ANTIPODE_PACE": "2h"}, tmp_path / ".env")

    assert (settings.antipode_pace, settings.http) == (timedelta(hours=2), ("0.0.0.0", 9))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ANTIPODE_PACES", "7d", "ANTIPODE_PACES is no setting. Did you mean ANTIPODE_PACE?"),
        (
            "ANTIPODE_PACE",
            "0d",
            "ANTIPODE_PACE is wrong: it is a number and s, m, h or d, for example 7d or 30s.",
        ),
        (
            "ANTIPODE_PACE",
            "soon",
            "ANTIPODE_PACE is wrong: it is a number and s, m, h or d, for example 7d or 30s.",
        ),
        ("ANTIPODE_HTTP", "8000", "ANTIPODE_HTTP is wrong: it is host:port, for example 127.0.0.1:8000."),
        (
            "ANTIPODE_DATABASE_URL",
            "mysql://x",
            "ANTIPODE_DATABASE_URL is wrong: it begins with sqlite:/// or postgresql://.",
        ),
        ("ANTIPODE_CONTENT", "/no/such", "ANTIPODE_CONTENT is wrong: there is no folder /no/such."),
        (
            "TELEGRAM_BOT_TOKEN",
            "abc def",
            "TELEGRAM_BOT_TOKEN is not a token: BotFather gives 123456789:ABC… (no spaces).",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(
    name: str, value: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load_settings({name: value}, tmp_path / ".env")

    assert str(wrong.value) == sentence


def test_a_misspelt_platform_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TELEGRAM_TOKEN=1\n")

    with pytest.raises(SettingsWrong, match="TELEGRAM_TOKEN is no setting"):
        load_settings({}, tmp_path / ".env")


def test_a_webhook_needs_an_address_and_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        load_settings({"TELEGRAM_BOT_TOKEN": "7:" + "x" * 30, "TELEGRAM_MODE": "webhook"}, tmp_path / ".env")

    assert len(str(wrong.value).splitlines()) == 2


def test_without_telegram_its_webhook_needs_nothing(tmp_path: Path) -> None:
    """The compose file has the mode, also where only Slack is used."""
    settings = load_settings(
        {"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram"},
        tmp_path / ".env",
    )

    assert settings.platforms == frozenset()
