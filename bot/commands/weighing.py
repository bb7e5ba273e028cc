"""What two people would be as a pair: the rules they break, the points, the reasons."""

import json
from collections.abc import Iterable

from bot.commands.command import Call
from bot.matching import Explanation, Pool, Reason, explain, pool_of
from bot.matching.model import Value
from bot.model import PairMark, Partnership
from bot.rounds.drafting import hindrance
from bot.rounds.people import applicant_of, blocked_pairs, marked_pairs, met_pairs


def pool_for(call: Call) -> Pool:
    """Encode everybody who takes part in the matching, with what keeps them apart."""
    desk = call.desk
    return pool_of(
        [applicant_of(each) for each in desk.candidates if not hindrance(each.person)],
        met_before=met_pairs(desk.candidates),
        blocked=blocked_pairs(desk.blocks),
        forbidden=marked_pairs(desk.marks, PairMark.FORBIDDEN),
        seed=desk.round.seed if desk.round else 1,
    )


def weigh(pool: Pool, one: int, other: int) -> Explanation | None:
    """Give what two people would be together; None when one of them takes no part in the matching."""
    if str(one) not in pool.index or str(other) not in pool.index:
        return None
    return explain(pool, str(one), str(other))


def kept_reasons(pair: Partnership) -> tuple[Reason, ...]:
    """Give the reasons a partnership was made for."""
    return tuple(Reason(kind, _values(kept), 0) for kind, kept in pair.reasons)


def as_kept(reasons: Iterable[Reason]) -> tuple[tuple[str, str], ...]:
    """Give reasons as a partnership keeps them."""
    return tuple((reason.kind, json.dumps(dict(reason.values))) for reason in reasons)


def _values(kept: str) -> dict[str, Value]:
    found = json.loads(kept) if kept else {}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
