"""Records come back as they were saved, whatever is in them and in whatever order they are saved."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Table
from sqlalchemy.exc import IntegrityError, StatementError

from bot.model import (
    Case,
    CaseState,
    Dialogue,
    Mark,
    Membership,
    PairMark,
    Partnership,
    PartnershipState,
    Person,
    Round,
    RoundState,
)
from bot.outcome import Outcome
from storage import StoreImplementation
from storage.records import TABLES, shape
from tests.storage.given import NOW, ana, every, pair, save, spring


#: PostgreSQL keeps no NUL in a text; half a surrogate pair is no text at all.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=9))]),
)
#: What refers to another record refers to one that is there.
REFERENCES: dict[str, Any] = {
    "round": st.just("spring"),
    "partnership": st.just("spring.1"),
    **{name: st.integers(1, 3) for name in ("person", "other", "a", "b")},
}
OWN: dict[type[Any], dict[str, Any]] = {
    Person: {"id": st.just(9)},
    Round: {"id": st.just("autumn")},
    Partnership: {
        "id": st.just("spring.2"),
        "number": st.integers(2, 99),
        "reasons": st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    },
    Case: {"number": st.just(0), "key": st.just("quiet")},
}


def values(hint: Any, column: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is UnionType:
        of = [part for part in get_args(hint) if part is not NoneType]
        return st.none() | values(of[0], column)
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0], column), max_size=4).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(WORDS, JSON, max_size=4)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    most = 2**63 - 1 if isinstance(column.type, BigInteger) else 2**31 - 1
    plain = {str: WORDS, bool: st.booleans(), date: st.dates(), datetime: MOMENTS}
    return plain[hint] if hint in plain else st.integers(-most, most)


def records(kind: type[Any], table: Table) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    found = {field.name: values(hints[field.name], table.c[field.name]) for field in fields(kind)}
    found |= {name: REFERENCES[name] for name in found if table.c[name].foreign_keys and name in REFERENCES}
    return st.builds(kind, **(found | OWN.get(kind, {})))


ONE_OF_EACH = st.tuples(*(records(kind, table) for kind, table in TABLES.items()))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=ONE_OF_EACH)
async def test_every_record_comes_back_as_it_was_saved(
    store: StoreImplementation, made: tuple[Any, ...]
) -> None:
    """Round trip of one record of each type; the next example changes what is there."""
    case = next(record for record in made if isinstance(record, Case))
    async with store.unit() as unit:
        await unit.save(Outcome(drops=(case,)), NOW)  # a new case changes no old one
    await save(store, spring(), ana(1), ana(2), ana(3), *pair(1, 1, 2, active=False), *made)

    for record in made:
        kind = type(record)
        found = {shape(kind).key(each): each for each in await every(store, kind)}
        mine = found[shape(kind).key(record)]
        assert (replace(mine, number=0) if isinstance(mine, Case) else mine) == record


def test_columns_are_named_like_fields() -> None:
    """Nothing of a record is left out of its table."""
    missing = {
        (kind.__name__, name)
        for kind, table in TABLES.items()
        for name in shape(kind).names
        if name not in table.c
    }

    assert missing == set()


async def test_records_may_come_in_any_order(store: StoreImplementation) -> None:
    """A membership before its partnership, a partnership before its round."""
    partnership, first, second = pair(1, 1, 2)

    await save(store, second, first, partnership, ana(2), spring(), ana(1))

    assert await every(store, Partnership) == [partnership]
    assert await every(store, Membership) == [first, second]


async def test_a_record_saved_twice_keeps_its_last_form(store: StoreImplementation) -> None:
    """In one outcome, as well as in two."""
    await save(store, ana(name="Ana"), ana(name="Anna"))
    await save(store, ana(name="Anne"))

    assert await every(store, Person) == [ana(name="Anne")]


async def test_nobody_is_in_two_active_partnerships_of_a_round(store: StoreImplementation) -> None:
    """The database refuses it, whatever the rules decided."""
    await save(store, spring(), ana(1), ana(2), ana(3), *pair(1, 1, 2))

    with pytest.raises(IntegrityError):
        await save(store, *pair(2, 1, 3))

    assert [each.partnership for each in await every(store, Membership)] == ["spring.1", "spring.1"]


async def test_changing_partnerships_in_one_outcome_is_allowed(store: StoreImplementation) -> None:
    """Who leaves one for another leaves first, in whatever order the records come."""
    await save(store, spring(), ana(1), ana(2), ana(3), *pair(1, 1, 2))

    new, mine, theirs = pair(2, 1, 3)
    await save(store, new, mine, theirs, Membership("spring.1", 1, "spring", active=False))

    active = {(each.partnership, each.person) for each in await every(store, Membership) if each.active}
    assert active == {("spring.1", 2), ("spring.2", 1), ("spring.2", 3)}


async def test_two_partnerships_cannot_have_one_number(store: StoreImplementation) -> None:
    """The number stands in keys and in what directors type."""
    await save(store, spring(), ana(1), ana(2), *pair(1, 1, 2, active=False))
    partnership = pair(1, 1, 2, active=False)[0]
    assert isinstance(partnership, Partnership)

    with pytest.raises(IntegrityError):
        await save(store, replace(partnership, id="other.1"))


async def test_the_same_key_opens_one_case_and_gets_a_number(store: StoreImplementation) -> None:
    """The first is left as it is; a known one (with its number) changes."""
    quiet = Case("quiet/spring.1", "quiet", NOW)
    await save(store, quiet)
    await save(store, replace(quiet, kind="other"), Case("report/1", "report", NOW))
    first = (await every(store, Case))[0]
    await save(store, replace(first, state=CaseState.CLOSED))

    found = [(case.number, case.kind, case.state) for case in await every(store, Case)]
    assert found == [(1, "quiet", CaseState.CLOSED), (found[1][0], "report", CaseState.OPEN)]


async def test_drops_come_before_saves_and_take_their_members_along(store: StoreImplementation) -> None:
    """A new draft takes the place of the old one, under the same numbers."""
    drafted = PartnershipState.DRAFTED
    await save(store, spring(), ana(1), ana(2), ana(3), *pair(1, 1, 2, state=drafted))
    old = (await every(store, Partnership))[0]
    new = pair(1, 1, 3, state=drafted)
    async with store.unit() as unit:
        await unit.save(Outcome(saves=new, drops=(old,)), NOW)

    assert await every(store, Partnership) == [new[0]]
    assert [each.person for each in await every(store, Membership)] == [1, 3]


async def test_dropped_records_are_gone(store: StoreImplementation) -> None:
    """A dialogue that is over, a cleared mark."""
    mark, dialogue = Mark("spring", 1, 2, PairMark.PINNED), Dialogue(1, "report", "what")
    await save(store, spring(), ana(1), ana(2), mark, dialogue)
    async with store.unit() as unit:
        await unit.save(Outcome(drops=(mark, dialogue)), NOW)

    assert await every(store, Mark) == []
    assert await every(store, Dialogue) == []


async def test_waking_a_round_does_not_undo_what_a_director_changed(store: StoreImplementation) -> None:
    """Only the fields that a decision changed are written."""
    await save(store, spring(state=RoundState.OPEN))
    async with store.unit() as unit:
        seen = (await unit.work.rounds())[0]
        await unit.work.connection.exec_driver_sql("UPDATE round SET state = 'closed'")
        await unit.save(Outcome((replace(seen, look_at=NOW),)), NOW)

    assert await every(store, Round) == [spring(state=RoundState.CLOSED, look_at=NOW)]


async def test_a_moment_without_a_zone_is_refused(store: StoreImplementation) -> None:
    """Nobody would know which hour it means."""
    with pytest.raises((ValueError, StatementError), match="zone"):
        await save(store, ana(seen_at=NOW.replace(tzinfo=None)))
