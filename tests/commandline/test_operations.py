"""`antipode outbox`, `deadletters` and `restored`, typed in a shell beside nothing, a bot, or nonsense."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.events import Said, Sender
from bot.messages import Address, Delivery, Message
from bot.model import Person
from bot.outcome import Outcome
from bot.ports import Parcel
from storage import StoreImplementation, open_store
from tests.fresh import fresh_url


CANARY = "Heron-and-lighthouse"
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


def typed(folder: Path, *words: str) -> tuple[int, str]:
    """Type a command; give its exit code and what it printed."""
    told = CliRunner().invoke(app, words, env={"ANTIPODE_DATABASE_URL": f"sqlite:///{folder}/antipode.db"})
    return told.exit_code, told.output


async def filled(folder: Path) -> StoreImplementation:
    """Give a store with three deliveries (planned, late, rejected) and two dead letters."""
    store = open_store(fresh_url(folder / "antipode.db"))
    person = Person(1, "telegram", "700701", chat="700701", name=CANARY)
    to = Address("telegram", "person", "1")
    words = Message(CANARY)
    chat = Address("telegram", "chat", "700701")
    async with store.unit() as unit:
        rejected = Delivery("case/1", to, words, NOW - HOUR)
        await unit.save(Outcome((person,), (rejected,)), NOW)
    (parcel,) = await claimed(store)
    await store.given_up(parcel, "rejected: no such button", NOW)
    said = Said(
        id="u7", platform="telegram", at=NOW, chat="700701", sender=Sender("700701", CANARY), text=CANARY
    )
    async with store.unit() as unit:
        planned = Delivery("prompt/spring.1/3", to, words, NOW + HOUR)
        late = Delivery("reply/telegram/u1", chat, words, NOW - HOUR)
        await unit.save(Outcome(deliveries=(planned, late)), NOW - HOUR)
        await unit.dead_letter("telegram", "u7", "KeyError in walk.py:12", "Said", of=said)
        await unit.dead_letter("telegram", "u8", "'ValueError'", "{}", at=NOW)
    return store


async def claimed(store: StoreImplementation) -> list[Parcel]:
    fence = await store.lease("telegram", "local", NOW, HOUR)
    assert fence
    return await store.claim("telegram", fence, NOW, 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    async def fill() -> None:
        await (await filled(tmp_path)).close()

    asyncio.run(fill())
    return tmp_path


def numbers(told: str) -> list[str]:
    return [line.split()[0] for line in told.splitlines()[1:]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["3", "2"]),
        (("--state", "late"), ["3"]),
        (("--state", "given-up"), ["1"]),
        (("--state", "sending"), []),
        (("--platform", "slack"), []),
        (("--limit", "1"), ["3"]),
    ],
)
def test_deliveries_are_listed_by_what_became_of_them(
    folder: Path, words: Sequence[str], found: list[str]
) -> None:
    code, told = typed(folder, "outbox", "list", *words)

    assert (code, numbers(told)) == (0, found)


def test_nothing_that_was_written_and_no_account_is_printed_unless_asked_for(folder: Path) -> None:
    told = [
        typed(folder, *words)[1]
        for words in (
            ("outbox", "list"),
            ("outbox", "list", "--state", "given-up"),
            ("outbox", "show", "1"),
            ("outbox", "show", "3"),
            ("deadletters", "list"),
            ("deadletters", "show", "1"),
        )
    ]

    assert [words for words in told if CANARY in words or "700701" in words] == []
    assert CANARY in typed(folder, "outbox", "show", "1", "--text")[1]
    assert CANARY in typed(folder, "deadletters", "show", "1", "--text")[1]


def test_what_was_rejected_is_sent_again(folder: Path) -> None:
    assert typed(folder, "outbox", "retry", "1") == (0, "Delivery 1 goes when the bot sends next.\n")

    assert numbers(typed(folder, "outbox", "list")[1]) == ["3", "1", "2"]


def test_what_is_dropped_is_not_sent(folder: Path) -> None:
    assert typed(folder, "outbox", "drop", "2") == (0, "Delivery 2 will not be sent.\n")
    assert typed(folder, "outbox", "drop", "--older-than", "30m") == (0, "Deliveries dropped: 1.\n")

    assert typed(folder, "outbox", "list")[1] == "Nothing is waiting.\n"
    assert "its words are not kept any more" in typed(folder, "outbox", "retry", "2")[1]


def test_a_dead_letter_is_marked_for_the_bot_and_one_nobody_could_read_is_not(folder: Path) -> None:
    assert typed(folder, "deadletters", "retry", "1")[0] == 0
    code, told = typed(folder, "deadletters", "retry", "2")
    assert (code, "could not even be read" in told) == (1, True)
    assert "will be tried again" in typed(folder, "deadletters", "list")[1]
    assert typed(folder, "deadletters", "drop", "2") == (0, "Dead letter 2 is gone.\n")
    assert numbers(typed(folder, "deadletters", "list")[1]) == ["1"]


def test_a_restored_backup_drops_what_was_due(folder: Path) -> None:
    code, told = typed(folder, "restored")

    assert (code, told.splitlines()[0]) == (0, "Deliveries dropped: 1.")
    assert numbers(typed(folder, "outbox", "list")[1]) == ["2"]


def test_the_check_says_what_waits_to_be_mended(folder: Path) -> None:
    code, told = typed(folder, "check")
    (line,) = [line for line in told.splitlines() if " deliveries: " in line]

    assert (code, line) == (
        1,
        "NOT  deliveries: 1 late: antipode outbox list --state late;"
        " 1 not taken: antipode outbox list --state given-up; 2 events failed: antipode deadletters list",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("outbox", "show", "99"), "There is no delivery 99."),
        (("outbox", "retry", "99"), "Delivery 99 cannot be sent again: there is none of this number."),
        (("outbox", "drop", "99"), "Delivery 99 cannot be dropped: there is none of this number."),
        (("outbox", "drop"), "Give a number, or --older-than with a span such as 2d."),
        (("outbox", "drop", "--older-than", "soon"), "soon is no span: write 2d, 6h or 30m."),
        (("deadletters", "show", "99"), "There is no dead letter 99."),
        (("deadletters", "retry", "99"), "There is no dead letter 99."),
        (("deadletters", "drop", "99"), "There is no dead letter 99."),
        (("restored", "yesterday"), "yesterday is no moment: write it as 2027-03-05T14:00 (UTC)."),
        (("restored", "2999-01-01"), "The moment lies ahead: give when the lost database last worked."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(folder: Path, words: Sequence[str], sentence: str) -> None:
    assert typed(folder, *words) == (1, sentence + "\n")


async def test_beside_a_running_bot_one_may_look_and_is_told_why_no_more(tmp_path: Path) -> None:
    store = await filled(tmp_path)
    looked = [
        await asyncio.to_thread(typed, tmp_path, *words)
        for words in (("outbox", "list"), ("deadletters", "list"), ("outbox", "show", "2"))
    ]
    refused = [
        await asyncio.to_thread(typed, tmp_path, *words)
        for words in (("outbox", "drop", "2"), ("deadletters", "retry", "1"), ("restored",))
    ]
    await store.close()

    assert [code for code, _ in looked] == [0, 0, 0]
    sentence = "The bot is running: stop it first, then change its SQLite file.\n"
    assert refused == [(1, sentence)] * 3


def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    code, told = typed(tmp_path, "outbox", "list")

    assert code == 1
    assert told.startswith("ANTIPODE_DATABASE_URL cannot be used (OperationalError).")
    assert list(tmp_path.iterdir()) == []
