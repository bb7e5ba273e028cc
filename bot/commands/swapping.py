"""`pairs swap A B`: two people exchange their partners in the draft, and directors see what it costs."""

from dataclasses import dataclass, replace

from bot.commands.command import Answer, Call
from bot.commands.finding import names, pair_of, two_people
from bot.commands.pairs import broken_words, mark_of
from bot.commands.weighing import as_kept, pool_for
from bot.deliveries import mention
from bot.markup import Markup
from bot.matching import Pool, explain
from bot.matching import swap as exchange
from bot.model import Mark, PairMark, Partnership, Person, RoundState


@dataclass(frozen=True, slots=True)
class Swap:
    """Two partnerships before and after the exchange, and the points won (lost when below 0)."""

    before: tuple[Partnership, ...]
    after: tuple[Partnership, ...]
    points: int


def swap(call: Call) -> Answer:
    """Exchange the partners of two people, where the hard rules let the new pairs be."""
    two = two_people(call)
    if isinstance(two, Answer):
        return two
    found = _swapped(call, *two)
    if isinstance(found, Answer):
        return found
    first, second = (names(call, pair.members) for pair in found.after)
    total = sum(pair.score for pair in found.after)
    pins = tuple(_pin_of(pair) for pair in found.after if len(pair.members) == 2)
    return Answer(
        call.say(
            "pairs.swapped", first=first, second=second, change=f"{found.points:+,}", total=f"{total:,}"
        ),
        saves=(*found.after, *pins),
        drops=_loosened(call, found),
        audit="pairs swap",
        about=f"{two[0].id} {two[1].id}",
    )


def _swapped(call: Call, one: Person, other: Person) -> Swap | Answer:
    here = call.desk.round
    if here is None or here.state is not RoundState.PROPOSED:
        return call.refuse("pairs.swap-when")
    first, second = pair_of(call, one.id), pair_of(call, other.id)
    if first is None or second is None:
        return call.refuse("pairs.no-partner", name=mention(other if first else one))
    if first.id == second.id:
        return call.refuse("pairs.partners-already", one=mention(one), other=mention(other))
    return _exchanged(call, (first, second), one, other)


def _exchanged(call: Call, before: tuple[Partnership, ...], one: Person, other: Person) -> Swap | Answer:
    """Give the exchange, or the rules the new pairs would break."""
    pool = pool_for(call)
    groups = [tuple(str(member) for member in pair.members) for pair in before]
    if any(member not in pool.index for group in groups for member in group):
        return call.refuse("pairs.no-part", one=mention(one), other=mention(other))
    change = exchange(pool, groups, str(one.id), str(other.id))
    if change.broken:
        lines = [_line(call, int(a), int(b), rule) for a, b, rule in change.broken]
        return call.refuse("pairs.swap-broken", lines=Markup("\n".join(dict.fromkeys(lines))))
    places = {one.id: other.id, other.id: one.id}
    return Swap(before, tuple(_remade(pool, pair, places) for pair in before), change.points)


def _line(call: Call, one: int, other: int, rule: str) -> str:
    pair = names(call, (one, other))
    return call.say("pairs.swap-rule", names=pair, rules=broken_words(call, (rule,)))


def _remade(pool: Pool, pair: Partnership, places: dict[int, int]) -> Partnership:
    """Give the partnership after the exchange; a trio's score is that of its first two."""
    members = tuple(places.get(member, member) for member in pair.members)
    weighed = explain(pool, str(members[0]), str(members[1]))
    return replace(
        pair,
        members=members,
        starter=places.get(pair.starter, pair.starter),
        score=weighed.score,
        reasons=as_kept(weighed.reasons),
        pinned=True,
    )


def _pin_of(pair: Partnership) -> Mark:
    """Give the mark that keeps a swapped pair together when the draft is made anew."""
    one, other = pair.members
    return mark_of(pair.round, one, other, PairMark.PINNED)


def _loosened(call: Call, found: Swap) -> tuple[Mark, ...]:
    """Give the pins that held the old pairs together."""
    together = [set(pair.members) for pair in found.before]
    return tuple(
        mark
        for mark in call.desk.marks
        if mark.mark is PairMark.PINNED and any({mark.a, mark.b} <= members for members in together)
    )
