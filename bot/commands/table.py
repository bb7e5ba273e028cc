"""Every directors' command, one row each; the order is the order in which they are tried and shown."""

from bot.commands import (
    ambassadors,
    broadcast,
    cases,
    evaluation_report,
    figures,
    helps,
    launch,
    pairs,
    people,
    rounds,
    status,
    swapping,
    words,
)
from bot.commands.command import Command


def _need(*parts: str) -> frozenset[str]:
    return frozenset(parts)


_ROUNDS = _need("rounds")
_SCREEN = _need("rounds", "counts")
_FIGURES = _need("counts", "evaluation")
_CASE = _need("cases")
_MARKS = _need("people", "partnerships", "candidates", "marks", "blocks")
_WHOLE = _need("rounds", "counts", "everyone", "applications", "partnerships")
_LEAVE = _need("people", "applications", "partnerships", "rounds")
_FILE = _need("people", "applications", "partnerships", "check_ins", "cases", "rounds")

_ROWS = (
    Command("queue", "queue", "today", cases.queue, _CASE | {"waiting"}, ("page",), limit=5),
    Command("case N", "case 12", "today", cases.show, _CASE),
    Command("case N take", "case 12 take", "today", cases.take, _CASE),
    Command(
        "case N done [MINUTES] [WORDS]",
        "case 12 done 15 wrote to both",
        "today",
        cases.done,
        _CASE | {"waiting"},
    ),
    Command(
        "case N rematch", "case 12 rematch", "today", cases.rematch, _CASE, preview=cases.preview_rematch
    ),
    Command("case N note WORDS", "case 12 note back on Monday", "today", cases.note, _CASE),
    Command("status", "status", "today", status.status, _SCREEN),
    Command(
        "round new NAME",
        "round new Spring 2027 opens=2027-01-15 closes=2027-02-12 starts=2027-03-01",
        "round",
        rounds.new,
        _ROUNDS,
        ("weeks", "opens", "closes", "starts", "cap"),
    ),
    Command("round open", "round open", "round", rounds.open_, _ROUNDS),
    Command("round close", "round close", "round", rounds.close, _ROUNDS),
    Command("round start", "round start", "round", launch.start, _WHOLE, preview=launch.preview_start),
    Command("round status", "round status", "round", status.status, _SCREEN),
    Command("round end", "round end", "round", launch.end, _WHOLE, preview=launch.preview_end),
    Command("round cancel", "round cancel", "round", launch.cancel, _WHOLE, preview=launch.preview_cancel),
    Command(
        "pairs", "pairs", "pairs", pairs.pairs, _need("partnerships", "people", "counts"), ("page",), limit=10
    ),
    Command("pairs why A [B]", "pairs why @ana", "pairs", pairs.why, _MARKS),
    Command("pairs pin A B", "pairs pin 17 @ana", "pairs", pairs.pin, _MARKS),
    Command("pairs forbid A B", "pairs forbid Ana Silva and Ben", "pairs", pairs.forbid, _MARKS),
    Command("pairs free A B", "pairs free 17 23", "pairs", pairs.free, _MARKS),
    Command("pairs swap A B", "pairs swap 17 23", "pairs", swapping.swap, _MARKS),
    Command("people FIND", "people ana", "people", people.people, _need("people"), ("page",), limit=15),
    Command(
        "person ID remove", "person 17 remove", "people", people.remove, _LEAVE, preview=people.preview_remove
    ),
    Command("person ID restore", "person 17 restore", "people", people.restore, _need("people")),
    Command("person ID", "person 17", "people", people.person, _FILE),
    Command("ambassadors", "ambassadors", "people", ambassadors.ambassadors, _need("ambassadors", "counts")),
    Command(
        "ambassador add COUNTRY WHO", "ambassador add Brazil @ana", "people", ambassadors.add, _need("people")
    ),
    Command("ambassador remove WHO", "ambassador remove @ana", "people", ambassadors.remove, _need("people")),
    Command("directors", "directors", "people", ambassadors.directors, _need("directors")),
    Command("topics", "topics", "words", words.topics),
    Command("topics show N", "topics show 1", "words", words.show),
    Command("topics edit N", "topics edit 1", "words", words.edit),
    Command("topics import", "topics import", "words", words.bring_in),
    Command("share", "share", "words", words.share, _ROUNDS, ("page",)),
    Command(
        "broadcast TO TEXT",
        "broadcast waiting Thank you for your patience!",
        "words",
        broadcast.broadcast,
        _need("everyone", "applications"),
        preview=broadcast.preview,
    ),
    Command("survey", "survey", "figures", figures.survey, _need("surveys")),
    Command("report", "report", "figures", evaluation_report.report, _FIGURES),
    Command("report more", "report more", "figures", evaluation_report.more, _FIGURES),
    Command("report public", "report public", "figures", evaluation_report.public, _FIGURES),
    Command("export", "export", "figures", figures.export, _need("everyone", "applications", "partnerships")),
    Command("audit", "audit", "figures", status.audit, _need("audit"), ("page",), limit=20),
    Command("health", "health", "machine", status.health, _need("health")),
    Command("rehearse", "rehearse", "machine", words.rehearse),
    Command("help [COMMAND]", "help pairs swap", "machine", helps.helps),
)

COMMANDS: dict[str, Command] = {row.name: row for row in _ROWS}
