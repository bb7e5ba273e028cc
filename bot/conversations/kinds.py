"""What is particular to each table of questions: what an answer leads to, and what the end does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.conversations import absence, leaving, reporting, speaking, submission, surveys, telling
from bot.conversations.stand import Walk
from bot.conversations.tables import APPLICATION, MORE
from bot.events import Said
from bot.model import Record
from bot.outcome import Outcome
from bot.texts import Question


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of walk."""

    #: What happens after the last answer, or when the summary is sent; the text is what was tapped.
    finish: Callable[[Walk, str], Outcome]
    #: True when nothing is sent before the person saw all answers together.
    summary: bool = False
    #: What is saved at once with an answer.
    given: Callable[[Walk, Question], tuple[Record, ...]] = lambda _, __: ()
    #: Keeps what words say besides the answer to the question that waits.
    before: Callable[[Walk, str], Walk] = lambda walk, _: walk
    #: Takes words in its own way, all of them.
    hear: Callable[[Walk, Said], Outcome] | None = None
    #: What is said when the walk is stopped.
    stopped: str = "commands.stopped"


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        APPLICATION: Kind(submission.submit, summary=True, given=submission.agreed),
        "survey-mid": Kind(surveys.thank, given=surveys.answer, stopped="surveys.stopped"),
        "survey-end": Kind(surveys.thank, given=surveys.answer, stopped="surveys.stopped"),
        "withdraw": Kind(leaving.withdraw, stopped="commands.withdraw.kept"),
        "forget": Kind(leaving.forget, stopped="commands.forget.kept"),
        "block": Kind(leaving.block, stopped="commands.block.kept"),
        "report": Kind(reporting.report, before=reporting.kept, stopped="commands.report.stopped"),
        MORE: Kind(telling.over, hear=telling.hear, stopped="commands.report.all"),
        "away": Kind(absence.leave, stopped="commands.away.stopped"),
        "language": Kind(speaking.choose),
    }
)


def of(walk: Walk) -> Kind:
    """Give what is particular to this walk."""
    return KINDS[walk.dialogue.kind]
