"""The queue: what needs a human, oldest first; taking a case, closing it, finding another partner.

The labour meter counts the minutes from taking a case to closing it, sixty at most, or as the director says.
"""

from dataclasses import replace
from datetime import timedelta

from bot import partnerships
from bot.commands.command import Answer, Call
from bot.commands.finding import named, names, one_case, page_row
from bot.commands.people import members_of, tell_of
from bot.deliveries import choices
from bot.markup import Markup, escape
from bot.messages import Choice
from bot.model import Case, CaseState, Partnership, PartnershipState
from bot.outcome import Outcome


MOST_MINUTES = 60
#: In the days of the program before a quiet pair becomes a case the bot nudged and asked each of them.
SILENT_DAYS = 10
LONGEST_NOTE = 500
LONGEST_WORDS = 2_500
#: What a partnership that a re-match can end looks like.
LIVE = (PartnershipState.OPENING, PartnershipState.RUNNING)


def queue(call: Call) -> Answer:
    """Show the open cases, oldest first, with what was tried and a row of buttons each."""
    waiting = [each for each in call.desk.cases if each.state is CaseState.OPEN]
    waiting.sort(key=lambda each: (each.opened_at, each.number))
    total = max(call.desk.counts.get("cases.open", 0), len(waiting))
    if not waiting:
        return call.answer("queue.empty" if call.page == 1 else "queue.last")
    size = call.commands["queue"].limit
    listed = waiting[:size]
    text = "\n\n".join([call.say("queue.head", n=total), *(_entry(call, each) for each in listed)])
    more = call.page * size < total
    return Answer(text, (*(_row(call, each) for each in listed), *page_row(call, "queue", more=more)))


def show(call: Call) -> Answer:
    """Show one case."""
    found = one_case(call)
    if isinstance(found, Answer):
        return found
    closed = [call.say("case.outcome", what=found.outcome)] if found.outcome else []
    text = "\n".join([_entry(call, found, most=LONGEST_WORDS, lines=len(found.tried)), *closed])
    return Answer(text, (_row(call, found),) if found.state is CaseState.OPEN else ())


def take(call: Call) -> Answer:
    """Write down who looks after a case, and from when on."""
    found = _open_case(call)
    if isinstance(found, Answer):
        return found
    me = call.desk.director
    if found.taken_by == me.id:
        return call.refuse("case.yours-already", number=found.number)
    taken = replace(found, taken_by=me.id, taken_at=call.desk.now)
    before = call.say("case.was-with", name=named(call, found.taken_by)) if found.taken_by else ""
    text = call.say("case.taken", number=found.number, name=me.name or "…", before=Markup(before)).strip()
    return Answer(text, (_row(call, taken),), saves=(taken,), audit="case take", about=f"#{found.number}")


def done(call: Call) -> Answer:
    """Close a case, with the minutes it took and a few words."""
    found = _open_case(call)
    if isinstance(found, Answer):
        return found
    said, words = call.args[1], call.args[2]
    minutes = min(int(said), 24 * 60) if said else minutes_of(call, found)
    closed = closed_case(call, found, words, minutes)
    left = max(call.desk.counts.get("cases.open", 0) - 1, 0)
    return Answer(
        call.say("case.done", number=found.number, minutes=minutes, left=left),
        choices((call.label("queue"), "d:queue")) if left else (),
        saves=(closed,),
        audit="case done",
        about=f"#{found.number}",
    )


def note(call: Call) -> Answer:
    """Add a few words to a case."""
    found = one_case(call)
    if isinstance(found, Answer):
        return found
    noted = replace(found, outcome=_joined(found.outcome, call.args[1]))
    return Answer(
        call.say("case.noted", number=found.number),
        saves=(noted,),
        audit="case note",
        about=f"#{found.number}",
    )


def preview_rematch(call: Call) -> Answer:
    """Say what looking for other partners does."""
    found = _open_case(call)
    if isinstance(found, Answer):
        return found
    pair = partnership_of(call, found)
    if pair is None:
        return call.refuse("case.no-pair", number=found.number)
    text = call.say("case.rematch-preview", number=found.number, names=names(call, pair.members))
    silent = silent_of(call, found, pair)
    listed = Markup(", ".join(named(call, each) for each in silent))
    return Answer("\n".join([text, call.say("case.silent", names=listed)]) if silent else text)


def rematch(call: Call) -> Answer:
    """End the partnership; whoever was in it waits for another partner; the case is closed."""
    found = _open_case(call)
    if isinstance(found, Answer):
        return found
    pair = partnership_of(call, found)
    assert pair is not None
    parted = _parted(call, found, pair)
    closed = closed_case(call, found, call.say("case.rematched"), minutes_of(call, found))
    return Answer(
        call.say("case.rematch", number=found.number, names=names(call, pair.members)),
        saves=(*parted.saves, closed),
        deliveries=parted.deliveries,
        drops=parted.drops,
        audit="case rematch",
        about=f"#{found.number} {pair.id}",
    )


def silent_of(call: Call, case: Case, pair: Partnership) -> tuple[int, ...]:
    """Give who left without a word: in a quiet pair, whoever wrote and tapped nothing while the bot asked."""
    if case.kind != "quiet":
        return ()
    asked = case.opened_at - call.program.pace * SILENT_DAYS / 7
    people = members_of(call, pair)
    return tuple(each.id for each in people if each.seen_at is None or each.seen_at < asked)


def _parted(call: Call, case: Case, pair: Partnership) -> Outcome:
    """Dissolve a pair; a trio goes on without the person the case is about, who is told."""
    now, program, people = call.desk.now, call.program, members_of(call, pair)
    leaver = next((each for each in people if each.id == case.person), None)
    if len(pair.members) < 3 or leaver is None:
        return partnerships.dissolve(pair, people, now, program, ghosts=silent_of(call, case, pair))
    told = Outcome(deliveries=(tell_of(call, leaver, "rematch"),))
    return partnerships.leave(pair, people, leaver.id, now, program) + told


def minutes_of(call: Call, case: Case) -> int:
    """Give the minutes since the case was taken: at least one, and no more than are believable."""
    if case.taken_at is None:
        return 1
    return max(1, min(MOST_MINUTES, round((call.desk.now - case.taken_at) / timedelta(minutes=1))))


def closed_case(call: Call, case: Case, words: str, minutes: int) -> Case:
    """Give the case closed by this director."""
    return replace(
        case,
        state=CaseState.CLOSED,
        closed_at=call.desk.now,
        closed_by=call.desk.director.id,
        outcome=_joined(case.outcome, words),
        minutes=case.minutes + minutes,
    )


def partnership_of(call: Call, case: Case) -> Partnership | None:
    """Give the live partnership a case is about."""
    return next(
        (each for each in call.desk.partnerships if each.id == case.partnership and each.state in LIVE), None
    )


def _open_case(call: Call) -> Case | Answer:
    found = one_case(call)
    if isinstance(found, Case) and found.state is CaseState.CLOSED:
        return call.refuse("case.closed-already", number=found.number)
    return found


def _entry(call: Call, case: Case, *, most: int = 200, lines: int = 6) -> str:
    """Give a case in a few lines; of each thing that was tried (of a report: their words) `most` letters.

    No more than `lines` of these.
    """
    days = (call.desk.now - case.opened_at).days
    owner = call.say("case.with", name=named(call, case.taken_by)) if case.taken_by else ""
    state = "" if case.state is CaseState.OPEN else call.say("case.is-closed")
    head = call.say("case.head", number=case.number, kind=_kind(call, case), who=_who(call, case), n=days)
    marks = "".join(f" · {mark}" for mark in (owner, state) if mark)
    shown = case.tried if len(case.tried) <= lines else (*case.tried[:2], "…", *case.tried[3 - lines :])
    tried = [call.say("case.tried", what=_short(what, most)) for what in shown]
    return "\n".join([head + marks, *_asker(call, case), *tried])


def _asker(call: Call, case: Case) -> list[str]:
    """Give the line that says which of the pair asked, or whom it is about; the head says it of one alone."""
    together = any(each.id == case.partnership for each in call.desk.partnerships)
    if not case.person or not together:
        return []
    key = f"case.asked.{case.kind}" if call.program.texts.has(f"directors.case.asked.{case.kind}") else ""
    return [call.say(key or "case.asked.by", who=names(call, (case.person,)))]


def _who(call: Call, case: Case) -> Markup:
    """Give whom a case is about: both partners, with the partnership's id as other messages call it."""
    pair = next((each for each in call.desk.partnerships if each.id == case.partnership), None)
    if pair is not None:
        return Markup(f"{names(call, pair.members)} ({pair.id})")
    person = str(names(call, (case.person,))) if case.person else ""
    return Markup(" · ".join(part for part in (person, escape(case.partnership)) if part) or "–")


def _kind(call: Call, case: Case) -> Markup:
    key = f"directors.kind.{case.kind}"
    if call.program.texts.has(key):
        return Markup(call.program.say(call.language, key))
    return Markup(escape(case.kind))


def _row(call: Call, case: Case) -> tuple[Choice, ...]:
    number = case.number
    found = []
    if case.taken_by != call.desk.director.id:
        found.append(Choice(call.label("take", number=number), f"d:case {number} take"))
    found.append(Choice(call.label("done", number=number), f"d:case {number} done"))
    if partnership_of(call, case) is not None:
        found.append(Choice(call.label("rematch", number=number), f"d:case {number} rematch"))
    return tuple(found)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _joined(before: str, words: str) -> str:
    return "; ".join(part for part in (before, words.strip()) if part)[:LONGEST_NOTE]
