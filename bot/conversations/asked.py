"""A question, and what else is known when it is answered."""

from dataclasses import dataclass
from datetime import date

from bot.model import Answers
from bot.texts import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what else is known when it is answered."""

    question: Question
    answers: Answers
    language: str
    today: date
    #: The questions whose answers can be shown to the partner, for "fields".
    table: tuple[Question, ...] = ()

    @property
    def options(self) -> dict[str, tuple[str, ...]]:
        """The options with every word for them."""
        return {option.id: (option.label, *option.words) for option in self.question.options}
