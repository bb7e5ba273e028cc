"""Turns: what a decision about an event gets to see."""

from datetime import timedelta
from typing import Any

from bot.events import Reachable, Sender, Unreachable
from bot.model import (
    ApplicationState,
    Block,
    CheckIn,
    Contact,
    Dialogue,
    PartnershipState,
    Person,
    RoundState,
    SurveyAnswer,
)
from storage import StoreImplementation
from tests.storage.given import DAY, LANE, NOW, ana, applied, every, pair, said, save, spring, turn_of


SHARED: Any = {"private": False, "chat": "-100"}


async def test_somebody_new_becomes_a_person(store: StoreImplementation) -> None:
    """With what the platform tells, and the id that the database gives."""
    who = Sender("7654321098", "Ana", "ana_b", "pt-BR", "America/Bahia")

    turn = await turn_of(store, said("7654321098", sender=who))

    assert turn
    assert turn.person == Person(
        id=1,
        platform=LANE,
        account="7654321098",
        chat="7654321098",
        handle="ana_b",
        name="Ana",
        language="pt-br",
        zone="America/Bahia",
        seen_at=NOW,
    )
    assert await every(store, Person) == [turn.person]


async def test_somebody_known_stays_as_they_are(store: StoreImplementation) -> None:
    """The rules decide what changes, not the platform's settings of today."""
    await save(store, ana(language="pt", handle="old"))

    turn = await turn_of(store, said("701", sender=Sender("701", "Other", "new", "en")))

    assert turn
    assert turn.person == ana(language="pt", handle="old")


async def test_a_private_chat_is_noted_for_who_was_met_elsewhere(store: StoreImplementation) -> None:
    """Without it nobody could write to them."""
    await save(store, ana(chat=""))

    turn = await turn_of(store, said("701", chat="555"))

    assert turn
    assert turn.person.chat == "555"
    assert (await every(store, Person))[0].chat == "555"


async def test_a_batch_gives_each_event_its_own_turn(store: StoreImplementation) -> None:
    """In the order of the events, people new and known."""
    await save(store, ana(1), ana(2))
    events = [said("702"), said("799"), said("701"), said("798")]
    async with store.unit() as unit:
        turns = await unit.turns(events, NOW)

    assert [turn.person.account for turn in turns if turn] == ["702", "799", "701", "798"]


async def test_a_turn_has_dialogue_application_round_and_open_round(store: StoreImplementation) -> None:
    """The newest application that is not withdrawn, with its round."""
    autumn = spring(id="autumn", state=RoundState.OPEN)
    dialogue = Dialogue(1, "application", "country", {"name": "Ana"}, ("name",), touched_at=NOW)
    old = applied(1)
    newer = applied(1, round="autumn", submitted_at=NOW + DAY, state=ApplicationState.WITHDRAWN)
    await save(store, spring(), autumn, ana(), dialogue, old, newer)

    turn = await turn_of(store, said())

    assert turn
    assert (turn.dialogue, turn.application, turn.round) == (dialogue, old, spring())
    assert turn.open_round == autumn


async def test_a_turn_has_the_live_partnership_and_partners(store: StoreImplementation) -> None:
    """With the check-ins of the last two weeks, and the answers to the round's surveys."""
    asked = [CheckIn("spring.1", 1, week, NOW - timedelta(days=7 * (4 - week))) for week in (1, 2, 3)]
    theirs = CheckIn("spring.1", 2, 3, NOW - DAY, Contact.MET, NOW)
    answer = SurveyAnswer("spring", 1, "mid", "liked", "4", NOW)
    other = SurveyAnswer("spring", 2, "mid", "liked", "5", NOW)
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2), *asked, theirs, answer, other)

    turn = await turn_of(store, said())

    assert turn
    assert turn.partnership == pair(1, 1, 2)[0]
    assert turn.partners == (ana(2),)
    assert turn.check_in == asked[2]
    assert turn.check_ins == (theirs, asked[2], asked[1])
    assert turn.surveys == (answer,)
    assert turn.round == spring()


async def test_a_draft_is_no_partnership_yet(store: StoreImplementation) -> None:
    """Nor is one that is over."""
    drafted = pair(1, 1, 2, state=PartnershipState.DRAFTED)
    over = pair(2, 1, 2, state=PartnershipState.ENDED, active=False)
    await save(store, spring(), ana(1), ana(2), *drafted, *over)

    turn = await turn_of(store, said())

    assert turn
    assert (turn.partnership, turn.partners) == (None, ())


async def test_the_place_in_the_queue_counts_who_waits_before(store: StoreImplementation) -> None:
    """In their own country's queue of the round."""
    waiting = [applied(number, state=ApplicationState.WAITING) for number in (1, 2, 3)]
    elsewhere = applied(4, state=ApplicationState.WAITING, country="FR", submitted_at=NOW)
    people = [ana(number) for number in (1, 2, 3, 4)]
    await save(store, spring(), *people, *waiting, elsewhere)

    places = [
        turn.queue_place for each in ("701", "703", "704") if (turn := await turn_of(store, said(each)))
    ]

    assert places == [0, 2, 0]


async def test_the_ambassador_of_the_country_is_there(store: StoreImplementation) -> None:
    """The one of the person's own country."""
    await save(store, ana(1, country="BR"), ana(2, ambassador_for="BR"), ana(3, ambassador_for="FR"))

    turn = await turn_of(store, said())

    assert turn
    assert turn.ambassador == ana(2, ambassador_for="BR")


async def test_who_cannot_be_reached_is_found_but_never_made(store: StoreImplementation) -> None:
    """A platform may tell of accounts that nobody knows."""
    await save(store, ana())

    known = await turn_of(
        store, Unreachable(id="1", platform=LANE, at=NOW, sender=Sender("701"), why="blocked")
    )
    unknown = await turn_of(store, Reachable(id="2", platform=LANE, at=NOW, sender=Sender("999")))

    assert known
    assert known.person == ana()
    assert unknown is None
    assert await every(store, Person) == [ana()]


async def test_the_unfinished_are_given_once_they_have_waited(store: StoreImplementation) -> None:
    """Applications only, not those that were reminded, the longest waiting first."""
    waiting = [
        Dialogue(1, "application", "country", touched_at=NOW - DAY),
        Dialogue(2, "application", "name", touched_at=NOW - 2 * DAY),
        Dialogue(3, "application", "name", touched_at=NOW - 3 * DAY, reminded=True),
        Dialogue(4, "report", "what", touched_at=NOW - 3 * DAY),
        Dialogue(5, "application", "name", touched_at=NOW),
    ]
    await save(store, *(ana(number) for number in range(1, 6)), *waiting)

    async with store.unit() as unit:
        turns = await unit.unfinished(NOW - DAY, 10, NOW)

    assert [(turn.person.id, turn.dialogue, turn.now) for turn in turns] == [
        (2, waiting[1], NOW),
        (1, waiting[0], NOW),
    ]


async def test_who_asks_for_their_data_gets_all_of_it(store: StoreImplementation) -> None:
    """Of every round; what others said about them is not theirs to read."""
    over = pair(1, 1, 2, round="old", state=PartnershipState.ENDED, active=False)
    old, mine, other = spring(id="old"), applied(1, round="old"), applied(2, round="old")
    blocks = (Block(1, 2, NOW), Block(2, 1, NOW))
    await save(store, old, ana(1), ana(2), *over, mine, other, *blocks)

    asking = await turn_of(store, said(text="/mydata"))
    saying = await turn_of(store, said(text="hello"))

    assert asking
    assert saying
    assert (asking.held, saying.held) == ((mine, over[1], blocks[0], over[0]), ())


async def test_who_applied_for_the_next_round_is_still_in_the_running_one(store: StoreImplementation) -> None:
    """Their partner, week and surveys are those of the earlier round."""
    autumn = spring(id="autumn", state=RoundState.OPEN)
    placed = applied(1, state=ApplicationState.PLACED)
    waits = applied(1, round="autumn", state=ApplicationState.SUBMITTED, submitted_at=NOW + DAY)
    answer = SurveyAnswer("spring", 1, "mid", "liked", "4", NOW)
    await save(store, spring(), autumn, ana(1), ana(2), placed, waits, *pair(1, 1, 2), answer)

    turn = await turn_of(store, said("701"))

    assert turn
    assert (turn.application, turn.round, turn.earlier) == (waits, autumn, spring())
    assert (turn.its_round, turn.surveys) == (spring(), (answer,))


async def test_who_was_in_a_round_that_is_over_can_still_answer_its_survey(
    store: StoreImplementation,
) -> None:
    over, autumn = spring(state=RoundState.ENDED), spring(id="autumn", state=RoundState.OPEN)
    placed = applied(1, state=ApplicationState.PLACED)
    waits = applied(1, round="autumn", state=ApplicationState.SUBMITTED, submitted_at=NOW + DAY)
    await save(store, over, autumn, ana(1), placed, waits)

    turn = await turn_of(store, said("701"))

    assert turn
    assert (turn.round, turn.its_round) == (autumn, over)


async def test_in_one_round_there_is_no_earlier_one(store: StoreImplementation) -> None:
    await save(store, spring(), ana(1), ana(2), applied(1, state=ApplicationState.PLACED), *pair(1, 1, 2))

    turn = await turn_of(store, said("701"))

    assert turn
    assert (turn.round, turn.earlier) == (spring(), None)
