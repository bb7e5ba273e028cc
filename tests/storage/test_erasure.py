"""Erasure: nothing of the person is left anywhere; the numbers stay."""

from pathlib import Path

import pytest

from bot.messages import Address, Message
from bot.model import (
    Application,
    ApplicationState,
    AuditEntry,
    Block,
    Case,
    CheckIn,
    Contact,
    Dialogue,
    Partnership,
    PartnershipState,
    Pending,
    Person,
    RoundState,
    SurveyAnswer,
)
from bot.outcome import Outcome
from bot.ports import Sent
from storage import StoreImplementation, open_store, tables
from storage.tables import metadata
from tests.storage.given import (
    DAY,
    LANE,
    NOW,
    ana,
    applied,
    claimed,
    delivery,
    every,
    outbox,
    pair,
    rows,
    said,
    save,
    send,
    spring,
    to_person,
    turn_of,
)


#: Words that stand in every place where something personal can be.
CANARY = "Xanthippe"
ACCOUNT = "7654321098"
WHO = ana(
    1,
    account=ACCOUNT,
    chat=ACCOUNT,
    name=CANARY,
    handle=f"{CANARY}_h",
    profile={"about": CANARY},
    country="BR",
)


async def everything(store: StoreImplementation) -> None:
    """Put the person's name, words and account wherever they can be."""
    over = pair(1, 1, 2, state=PartnershipState.DISSOLVED, active=False, reasons=(("interest", CANARY),))
    await save(
        store,
        spring(),
        WHO,
        ana(2),
        *over,
        applied(1, answers={"about": CANARY}),
        Dialogue(1, "report", "what", {"what": CANARY}),
        Pending(1, f"people {CANARY}", NOW),
        CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW),
        SurveyAnswer("spring", 1, "end", "liked", "4", NOW),
        SurveyAnswer("spring", 1, "end", "words", f"I am {CANARY}", NOW),
        Case("a", "report", NOW, person=1, tried=(f"{CANARY} wrote",), outcome=CANARY),
        Case("b", "quiet", NOW, partnership="spring.1", tried=(f"{CANARY.lower()} was reminded",)),
        AuditEntry("a", NOW, 2, f"people {CANARY.lower()}", ACCOUNT),
        Pending(2, f"person @{CANARY}_h remove", NOW),
        Block(1, 2, NOW),
    )
    mention = Message(f"[{CANARY}](person:1) wrote to you")
    chat = Address(LANE, "chat", ACCOUNT)
    await send(
        store, delivery(chat, "sent", body=Message(CANARY)), to_person(1, "waits", body=Message(CANARY))
    )
    await store.sent([(parcel, Sent(ACCOUNT)) for parcel in await claimed(store)], NOW)
    await send(store, to_person(1, "later", body=Message(CANARY), due_at=NOW + DAY))
    await send(store, to_person(2, "about", body=mention, due_at=NOW + DAY), to_person(2, "other"))
    async with store.unit() as unit:
        await unit.dead_letter(LANE, "1", f"KeyError: {ACCOUNT}", "Said")


async def forget(store: StoreImplementation) -> None:
    goodbye = delivery(Address(LANE, "chat", ACCOUNT), "goodbye")
    async with store.unit() as unit:
        await unit.save(Outcome(erasures=(1,), deliveries=(goodbye,)), NOW)


async def test_nothing_of_an_erased_person_is_left_in_any_table(store: StoreImplementation) -> None:
    """Once the last word to them was sent, not even the id of their chat."""
    await everything(store)
    await forget(store)
    await store.sent([(parcel, Sent()) for parcel in await claimed(store)], NOW)

    found = {
        table.name: row
        for table in metadata.sorted_tables
        for row in await rows(store, table)
        if any(word in str(list(row.values())) for word in (CANARY, CANARY.lower(), ACCOUNT))
    }
    assert found == {}


async def test_nothing_of_an_erased_person_is_left_in_the_files(tmp_path: Path) -> None:
    """Neither in free pages of the database nor in its log."""
    file = tmp_path / "antipode.db"
    store = open_store(f"sqlite:///{file}")
    await store.migrate()
    await everything(store)
    before = _words_in(tmp_path)
    await forget(store)
    await store.sent([(parcel, Sent()) for parcel in await claimed(store)], NOW)
    await store.database.shrink_log()

    after = _words_in(tmp_path)
    await store.close()
    assert (before, after) == ({CANARY, ACCOUNT}, set())


async def test_the_numbers_stay(store: StoreImplementation) -> None:
    """The row as a tombstone, the application without answers, check-ins, figures of surveys."""
    await everything(store)
    await forget(store)

    people = await every(store, Person)
    assert people[0] == Person(1, LANE, "erased-1", reachable=False, erased_at=NOW)
    assert people[1] == ana(2)
    left = applied(1, answers={}, state=ApplicationState.WITHDRAWN)  # the round runs
    assert await every(store, Application) == [left]
    assert await every(store, CheckIn) == [CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW)]
    assert [answer.value for answer in await every(store, SurveyAnswer)] == ["4", ""]
    assert [each.reasons for each in await every(store, Partnership)] == [()]
    assert await every(store, Dialogue) == []
    assert await every(store, Pending) == [Pending(2, "person @… remove", NOW)]
    assert [case.tried for case in await every(store, Case)] == [(), ("… was reminded",)]
    assert await every(store, Block) == [Block(1, 2, NOW)]
    assert await rows(store, tables.dead_letter) == []


async def test_they_take_part_in_no_round_that_is_not_over(store: StoreImplementation) -> None:
    """Else somebody who is nobody any more counts as placed until the round ends; what is over stays."""
    ended = spring(id="autumn", state=RoundState.ENDED)
    placed = (applied(1, state=ApplicationState.PLACED, round=one) for one in ("autumn", "spring"))
    await save(store, ended, spring(state=RoundState.RUNNING), WHO, *placed)

    async with store.unit() as unit:
        await unit.save(Outcome(erasures=(1,)), NOW)

    assert {one.round: one.state for one in await every(store, Application)} == {
        "autumn": ApplicationState.PLACED,
        "spring": ApplicationState.WITHDRAWN,
    }


async def test_the_last_word_still_reaches_them(store: StoreImplementation) -> None:
    """It is the answer to what they asked; what was queued before it does not go."""
    await everything(store)
    await forget(store)

    parcels = await claimed(store)

    assert [(parcel.key, parcel.chat) for parcel in parcels] == [("other", "702"), ("goodbye", ACCOUNT)]
    await store.sent([(parcel, Sent()) for parcel in parcels], NOW)
    found = await outbox(store)
    assert (found["goodbye"]["target"], found["later"]["why"], found["about"]["why"]) == (
        "erased",
        "erased",
        "erased",
    )


async def test_coming_back_they_are_somebody_new(store: StoreImplementation) -> None:
    """Nobody can tell that they were here before."""
    await everything(store)
    await forget(store)

    turn = await turn_of(store, said(ACCOUNT))

    assert turn
    assert (turn.person.id, turn.person.name, turn.application) == (3, "Ana", None)


@pytest.mark.parametrize("times", [1, 2])
async def test_erasing_again_changes_nothing(store: StoreImplementation, times: int) -> None:
    """A repeated wish, or one about nobody."""
    await save(store, WHO)
    for _ in range(times):
        await forget(store)
    async with store.unit() as unit:
        await unit.save(Outcome(erasures=(99,)), NOW + DAY)

    assert [person.erased_at for person in await every(store, Person)] == [NOW]


def _words_in(folder: Path) -> set[str]:
    found = b"".join(file.read_bytes() for file in folder.iterdir())
    return {word for word in (CANARY, ACCOUNT) if word.encode() in found}
