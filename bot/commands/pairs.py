"""The draft of pairs: looking at it, asking why, pinning and forbidding; after a mark it is made anew."""

import json
from collections.abc import Mapping
from dataclasses import replace

from bot.commands.command import Answer, Call
from bot.commands.finding import PRESENT, names, one_person, page_row, pair_of, two_people
from bot.commands.reasons import reason_lines
from bot.commands.status import percent
from bot.commands.weighing import kept_reasons, pool_for, weigh
from bot.deliveries import choices, mention
from bot.markup import Markup
from bot.matching import Explanation
from bot.model import Mark, PairMark, Partnership, PartnershipState, Person, Round, RoundState


#: Marks count while the pairs are not yet introduced.
BEFORE = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.PROPOSED)
QUALITY = ("pairs", "trios", "placed", "placed_max", "unplaced", "worst", "p5", "median", "gap_percent")


def pairs(call: Call) -> Answer:
    """Show the quality figures, then the pairs, the worst first."""
    here = call.desk.round
    if here is None:
        return call.answer("round.none")
    listed = [each for each in call.desk.partnerships if each.state in PRESENT and each.round == here.id]
    listed.sort(key=lambda each: (each.score, each.number))
    size = call.commands["pairs"].limit
    total = sum(call.desk.counts.get(f"partnerships.{state}", 0) for state in PRESENT)
    if not listed and call.page == 1:
        return call.answer("pairs.none", name=here.name, state=call.say(f"state.{here.state}"))
    lines = [_line(call, each) for each in listed[:size]]
    head = [_quality(call, here)] if call.page == 1 else []
    text = "\n".join([*head, call.say("pairs.page", n=total, page=call.page), *lines])
    rows = page_row(call, "pairs", more=call.page * size < total)
    begin = choices(("round start", "d:round start")) if here.state is RoundState.PROPOSED else ()
    return Answer(text, (*rows, *begin))


def why(call: Call) -> Answer:
    """Say in words why somebody has this partner, or what two people would be together."""
    if len(call.args) > 1:
        two = two_people(call)
        return two if isinstance(two, Answer) else _why_two(call, *two)
    one = one_person(call, call.args[0])
    if isinstance(one, Answer):
        return one
    pair = pair_of(call, one.id)
    if pair is None:
        return call.refuse("pairs.no-partner", name=mention(one))
    reasons = reason_lines(call, kept_reasons(pair))
    values = {"pair": pair.id, "names": names(call, pair.members), "score": _points(pair.score)}
    return call.answer("pairs.why", **values, reasons=reasons or Markup("–"))


def pin(call: Call) -> Answer:
    """Keep two people together in every draft, where the hard rules let them be."""
    two = _markable(call)
    if isinstance(two, Answer):
        return two
    weighed = weigh(pool_for(call), two[0].id, two[1].id)
    refusal = _unfit(call, weighed, *two) or _pinned_elsewhere(call, *two)
    if refusal is not None or weighed is None:
        return refusal or call.refuse("pairs.no-part", one=mention(two[0]), other=mention(two[1]))
    return _marked(call, *two, PairMark.PINNED, score=weighed.score)


def forbid(call: Call) -> Answer:
    """Never pair these two in this round."""
    two = _markable(call)
    return two if isinstance(two, Answer) else _marked(call, *two, PairMark.FORBIDDEN)


def free(call: Call) -> Answer:
    """Take a pin or a ban away again."""
    two = _markable(call)
    if isinstance(two, Answer):
        return two
    ids = {each.id for each in two}
    found = tuple(mark for mark in call.desk.marks if {mark.a, mark.b} == ids)
    one, other = (mention(each) for each in two)
    if not found:
        return call.refuse("pairs.not-marked", one=one, other=other)
    then, changed = _redraft(call)
    return Answer(
        call.say("pairs.freed", one=one, other=other, then=then),
        saves=changed,
        drops=found,
        audit="pairs free",
        about=" ".join(str(ident) for ident in sorted(ids)),
    )


def broken_words(call: Call, broken: tuple[str, ...]) -> str:
    """Give the hard rules two people break, in words."""
    return ", ".join(call.say(f"rule.{rule}") for rule in broken)


def mark_of(ident: str, a: int, b: int, mark: PairMark) -> Mark:
    """Give the mark on two people in a round, the lower id first."""
    return Mark(ident, min(a, b), max(a, b), mark)


def _markable(call: Call) -> tuple[Person, Person] | Answer:
    here = call.desk.round
    if here is None:
        return call.refuse("round.none")
    if here.state not in BEFORE:
        return call.refuse("pairs.too-late", name=here.name, state=call.say(f"state.{here.state}"))
    return two_people(call)


def _unfit(call: Call, weighed: Explanation | None, one: Person, other: Person) -> Answer | None:
    """Refuse a pin of two whom a hard rule keeps apart; a mark that forbids them gives way to the pin."""
    broken = tuple(rule for rule in (weighed.broken if weighed else ()) if rule != "forbidden")
    if not broken:
        return None
    rules = broken_words(call, broken)
    return call.refuse("pairs.broken", one=mention(one), other=mention(other), rules=rules)


def _pinned_elsewhere(call: Call, one: Person, other: Person) -> Answer | None:
    """Refuse a second pin for somebody: nobody can be pinned to two people."""
    two = {one.id, other.id}
    for mark in call.desk.marks:
        if mark.mark is PairMark.PINNED and len(two & {mark.a, mark.b}) == 1:
            return call.refuse("pairs.pinned-elsewhere", names=names(call, (mark.a, mark.b)))
    return None


def _marked(call: Call, one: Person, other: Person, kind: PairMark, *, score: int = 0) -> Answer:
    here = call.desk.round
    assert here is not None
    mark = mark_of(here.id, one.id, other.id, kind)
    then, changed = _redraft(call)
    return Answer(
        call.say(f"pairs.{kind}", one=mention(one), other=mention(other), score=_points(score), then=then),
        saves=(mark, *changed),
        audit=f"pairs {'pin' if kind is PairMark.PINNED else 'forbid'}",
        about=f"{mark.a} {mark.b}",
    )


def _redraft(call: Call) -> tuple[str, tuple[Round, ...]]:
    """Have the draft made anew where there is one, by the round's own look."""
    here = call.desk.round
    assert here is not None
    if here.state not in (RoundState.CLOSED, RoundState.PROPOSED):
        return call.say("pairs.at-draft"), ()
    return call.say("pairs.redraft"), (replace(here, state=RoundState.CLOSED, look_at=call.desk.now),)


def _why_two(call: Call, one: Person, other: Person) -> Answer:
    weighed = weigh(pool_for(call), one.id, other.id)
    if weighed is None:
        return call.refuse("pairs.no-part", one=mention(one), other=mention(other))
    people = {"one": mention(one), "other": mention(other)}
    if weighed.broken:
        return call.answer("pairs.broken", **people, rules=broken_words(call, weighed.broken))
    return call.answer(
        "pairs.would", **people, score=_points(weighed.score), reasons=reason_lines(call, weighed.reasons)
    )


def _line(call: Call, pair: Partnership) -> str:
    pinned = call.say("pairs.pinned-mark") if pair.pinned else ""
    state = "" if pair.state is PartnershipState.DRAFTED else call.say(f"partnership.{pair.state}")
    return call.say(
        "pairs.line",
        number=pair.number,
        names=names(call, pair.members),
        score=_points(pair.score),
        marks=Markup("".join(f" · {mark}" for mark in (pinned, state) if mark)),
    )


def _quality(call: Call, here: Round) -> str:
    """Give the matching's own figures, as far as the round has them."""
    found = json.loads(here.quality) if here.quality else {}
    figures: Mapping[str, object] = found if isinstance(found, dict) else {}
    if not all(name in figures for name in QUALITY):
        return call.say("pairs.no-quality", name=here.name)
    values = {name: _figure(figures[name]) for name in QUALITY}
    met, wishes = _whole(figures.get("wishes_met")), _whole(figures.get("wishes"))
    return call.say("pairs.quality", name=here.name, **values, met=percent(met, wishes))


def _figure(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}" if isinstance(value, float) else "–"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _points(score: int) -> str:
    return f"{score:,}"
