"""`pairs swap A B`: two people exchange their partners in the draft, and directors see what it costs."""

from dataclasses import dataclass, replace
from itertools import combinations

from bot.commands.command import Answer, Call
from bot.commands.finding import names, pair_of, two_people
from bot.commands.pairs import broken_words, mark_of
from bot.commands.weighing import as_kept, pool_for, weigh
from bot.deliveries import mention
from bot.matching import Explanation, Pool
from bot.model import Mark, PairMark, Partnership, Person, RoundState


@dataclass(frozen=True, slots=True)
class Swap:
    """Two partnerships after the exchange, and what each was worth before and is now."""

    after: tuple[Partnership, Partnership]
    before: tuple[Partnership, Partnership]

    @property
    def change(self) -> int:
        """Points won, or lost when below 0."""
        return sum(each.score for each in self.after) - sum(each.score for each in self.before)


def swap(call: Call) -> Answer:
    """Exchange the partners of two people, where the hard rules let the new pairs be."""
    two = two_people(call)
    if isinstance(two, Answer):
        return two
    found = _swapped(call, *two)
    if isinstance(found, Answer):
        return found
    marks = tuple(_pin_of(pair) for pair in found.after if len(pair.members) == 2)
    return Answer(
        call.say(
            "pairs.swapped",
            first=names(call, found.after[0].members),
            second=names(call, found.after[1].members),
            change=f"{found.change:+,}",
            total=f"{sum(pair.score for pair in found.after):,}",
        ),
        saves=(*found.after, *marks),
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
    pool = pool_for(call)
    after = _changed(call, pool, first, one.id, other.id)
    if isinstance(after, Answer):
        return after
    others = _changed(call, pool, second, other.id, one.id)
    return others if isinstance(others, Answer) else Swap((after, others), (first, second))


def _changed(call: Call, pool: Pool, pair: Partnership, out: int, into: int) -> Partnership | Answer:
    """Give the partnership with `into` in the place of `out`, or the rules that forbid it."""
    members = tuple(into if member == out else member for member in pair.members)
    weighed = [weigh(pool, one, other) for one, other in combinations(members, 2)]
    known = [each for each in weighed if each is not None]
    broken = tuple(dict.fromkeys(rule for each in known for rule in each.broken))
    if len(known) < len(weighed):
        broken = ("unknown",)
    elif not broken and not _one_language(known):
        broken = ("language",)
    if broken:
        rules = broken_words(call, broken)
        return call.refuse("pairs.swap-broken", names=names(call, members), rules=rules)
    starter = into if pair.starter == out else pair.starter
    first = known[0]  # a trio's score is that of its first two, as in the matching
    return replace(
        pair,
        members=members,
        starter=starter,
        score=first.score,
        reasons=as_kept(first.reasons),
        pinned=True,
    )


def _one_language(weighed: list[Explanation]) -> bool:
    """Tell whether all of a partnership share a language; a trio's third must speak the pair's."""
    spoken = [
        set(reason.values["languages"])  # type: ignore[arg-type]  # a tuple of codes, by the table of reasons
        for each in weighed
        for reason in each.reasons
        if reason.kind == "language"
    ]
    return bool(set.intersection(*spoken)) if spoken else False


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
