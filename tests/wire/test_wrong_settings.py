"""Wrong settings stop the start: exit code 1, one sentence each, never a traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commandline.forked import typed
from tests.telegram_server import TelegramServer
from tests.wire.process import BotProcess


pytestmark = pytest.mark.wire

TOKEN = {"TELEGRAM_BOT_TOKEN": "7000000001:tests-only-0123456789-abcdefghijklm"}
WEBHOOK = {**TOKEN, "TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": "a-secret-0123456789"}


def run(folder: Path, settings: dict[str, str]) -> tuple[int, list[str]]:
    """Run `antipode run` and give its exit code and every line it printed."""
    told = typed("run", folder=folder, **settings)
    return told.code, told.lines


WRONG = {
    "TELEGRAM_BOT_TOKEN": "my token",
    "ANTIPODE_PACE": "fast",
    "ANTIPODE_PAEC": "20s",
    "ANTIPODE_DATABASE_URL": "mysql://x",
    "ANTIPODE_HTTP": "8000",
    "ANTIPODE_CONTENT": "/nowhere",
    "ANTIPODE_RETENTION_DAYS": "never",
}


@pytest.mark.parametrize("name", ["ANTIPODE_PACE", "ANTIPODE_PAEC"])
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path: Path, name: str) -> None:
    code, lines = run(tmp_path, {**TOKEN, name: WRONG[name]})

    assert (code, len(lines)) == (1, 1), lines
    assert lines[0].startswith(f"{name} is ")


def test_each_wrong_setting_has_its_own_sentence(tmp_path: Path) -> None:
    code, lines = run(tmp_path, WRONG)

    assert code == 1
    assert len(lines) == len(WRONG) - 1  # what goes together is checked once each is right
    assert sorted(line.split()[0] for line in lines) == sorted(WRONG.keys() - {"TELEGRAM_BOT_TOKEN"})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "No platform is configured"),
        ({"TELEGRAM_BOT_TOKEN": "my token"}, "TELEGRAM_BOT_TOKEN is not a token"),
        (WEBHOOK, "TELEGRAM_WEBHOOK_URL must be an https:// address"),
    ],
)
def test_what_is_missing_stops_the_start_with_one_sentence(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    code, lines = run(tmp_path, settings)

    assert (code, len(lines)) == (1, 1), lines
    assert told in lines[0]


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[BotProcess]:
    with TelegramServer().in_thread() as server:
        process = BotProcess(server, tmp_path)
        yield process
        process.stop()


def test_a_second_process_on_the_same_database_does_not_start(bot: BotProcess, tmp_path: Path) -> None:
    bot.start()
    bot.wait_until_running()

    code, lines = run(tmp_path, bot.environment)

    assert (code, len(lines)) == (1, 1)


def test_a_token_that_telegram_does_not_know_is_told_in_one_sentence(bot: BotProcess, tmp_path: Path) -> None:
    wrong = {"TELEGRAM_BOT_TOKEN": "7000000001:another-token-0123456789-abcdefghij"}

    code, lines = run(tmp_path, bot.environment | wrong)

    assert (code, len(lines)) == (1, 1)
    assert "antipode check" in lines[0]


def test_a_taken_port_and_broken_content_are_told_in_one_sentence(bot: BotProcess, tmp_path: Path) -> None:
    words = tmp_path / "words" / "en" / "texts"
    words.mkdir(parents=True)
    (words / "rounds.toml").write_text("open = ", encoding="utf-8")

    taken = run(tmp_path, bot.environment | {"ANTIPODE_HTTP": f"127.0.0.1:{bot.server.port}"})
    broken = run(tmp_path, bot.environment | {"ANTIPODE_CONTENT": str(tmp_path / "words")})

    assert (taken[0], len(taken[1])) == (1, 1), taken
    assert (broken[0], len(broken[1])) == (1, 1), broken
