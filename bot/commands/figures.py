"""What was answered to the surveys, in counts; and the round as a table to take away."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from bot.commands.command import Answer, Call
from bot.commands.evaluation import FEWEST
from bot.commands.finding import PRESENT
from bot.commands.status import percent
from bot.messages import Attachment
from bot.model import Partnership, Person
from bot.texts import Question


COLUMNS = (
    "person", "name", "handle", "platform", "country", "language", "zone", "application", "rule",
    "partnership", "partners", "state", "room", "score", "pinned", "introduced", "ended",
)  # fmt: skip
SURVEYS = ("mid", "end")
#: A cell's beginning that a table program runs, in wide letters, too; in some countries a cell ends at a
#: semicolon, and what stands behind it begins another (OWASP, CSV injection).
_FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=[ \t]*[=+\-@＝＋－＠])")


def survey(call: Call) -> Answer:
    """Show what was answered to the surveys, in counts."""
    here = call.desk.round
    if here is None:
        return call.answer("round.none")
    sections = [_section(call, name) for name in SURVEYS]
    known = [section for section in sections if section]
    return Answer("\n\n".join(known)) if known else call.answer("survey.none")


def export(call: Call) -> Answer:
    """Give the round's people and pairs as a CSV file, without what people wrote."""
    here = call.desk.round
    if here is None:
        return call.answer("round.none")
    rows = list(_rows(call, here.id))
    if not rows:
        return call.answer("export.none")
    file = Attachment(f"{here.id}.csv", "text/csv", _csv([COLUMNS, *rows]))
    text = call.say("export.done", n=len(rows), name=here.name)
    return Answer(text, attachment=file, audit="export", about=here.id)


def guarded(cell: object) -> str:
    """Give a text so that no table program takes it for a formula, whatever it takes for a separator."""
    text = _FORMULA.sub(r"\1'", "" if cell is None else str(cell))
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") else text


def _section(call: Call, name: str) -> str:
    answers = [each for each in call.desk.surveys if each.survey == name]
    if not answers:
        return ""
    people = len({each.person for each in answers})
    head = call.say(f"survey.{name}", n=people)
    if people < FEWEST:
        return f"{head}\n{call.say('survey.few', fewest=FEWEST)}"
    language = call.language
    lines = []
    for question in call.program.questions(f"survey-{name}", language):
        given = [each.value for each in answers if each.question == question.id]
        lines.append(_question_line(call, question, given))
    return "\n".join([head, *lines])


def _question_line(call: Call, question: Question, given: list[str]) -> str:
    labels = {option.id: option.label for option in question.options}
    counted = Counter(value for value in given if value in labels)
    if not labels:
        return call.say("survey.words", label=question.label, n=len(given))
    parts = [f"{labels[ident]} {percent(counted[ident], len(given))}" for ident in labels if counted[ident]]
    return call.say("survey.line", label=question.label, n=len(given), parts=" · ".join(parts) or "–")


def _rows(call: Call, ident: str) -> Iterable[tuple[object, ...]]:
    people = {each.id: each for each in call.desk.people}
    pairs = {
        member: each
        for each in sorted(call.desk.partnerships, key=lambda each: each.state in PRESENT)
        if each.round == ident
        for member in each.members
    }
    for each in sorted(call.desk.applications, key=lambda each: each.person):
        if each.round == ident and each.person in people:
            person = people[each.person]
            yield (*_about(person), each.state, each.why, *_pair(pairs.get(person.id), person.id))


def _about(person: Person) -> tuple[object, ...]:
    known = (person.id, person.name, person.handle, person.platform, person.country)
    return (*known, person.language, person.zone)


def _pair(pair: Partnership | None, ident: int) -> tuple[object, ...]:
    if pair is None:
        return ("",) * 8
    partners = " ".join(str(other) for other in pair.others(ident))
    introduced = pair.introduced_at.date().isoformat() if pair.introduced_at else ""
    ended = pair.ended_at.date().isoformat() if pair.ended_at else ""
    pinned = "yes" if pair.pinned else ""
    return (pair.id, partners, pair.state, pair.room, pair.score, pinned, introduced, ended)


def _csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()
