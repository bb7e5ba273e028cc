"""What one simulated person does about the bot's messages, whatever the platform: the same deeds on each."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from tests.wire.answering import QUESTIONS, Reply, reply_to
from tests.wire.cast import Manner, Part, Temper


#: What partners write to each other begins so: it must be nowhere in the database.
CANARY: Final = "Heron-and-lighthouse"
SURVEY_STEERING = frozenset({"‹ Back", "Skip", "Cancel", "Later"})
Found: TypeAlias = "re.Match[str]"
#: What is done about a message in which such words stand.
Reactions: TypeAlias = "tuple[tuple[str, Callable[[Any, Any, Found], None]], ...]"


class Shown(Protocol):
    """A message that somebody sees."""

    @property
    def buttons(self) -> list[str]: ...


P = TypeVar("P", bound=Shown)


class Somebody(ABC, Generic[P]):
    """A person of the cast; each platform says how they write, tap and leave."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.applied = False
        self.surveying = False
        self._picks: list[str] = []
        self._asked = 0

    @abstractmethod
    def says(self, text: str) -> None:
        """Write to the bot."""

    @abstractmethod
    def taps(self, post: P, label: str) -> None:
        """Tap a button of a message."""

    @abstractmethod
    def words_of(self, post: P) -> str:
        """Give what a message says."""

    @abstractmethod
    def leaves(self, week: int) -> bool:
        """Leave for good, if it is time for that; tells whether they did."""

    @property
    @abstractmethod
    def surveyed(self) -> bool:
        """Tell whether people answer the surveys of this round."""

    @property
    def name(self) -> str:
        """Give the name that partners know."""
        return self.part.name

    def react(self, post: P, reactions: Reactions) -> None:
        """Do the first deed whose words stand in a message; in a survey any other buttons are a question."""
        for words, deed in reactions:
            if found := re.search(words, self.words_of(post)):
                deed(self, post, found)
                return
        if self.surveying and post.buttons:
            options = [label for label in post.buttons if label not in SURVEY_STEERING]
            self._tap(post, options[0] if options else "Skip")

    def _tap(self, post: P, label: str) -> None:
        self.taps(post, post.buttons[0] if label == "*" else label)

    # -- the application

    def _question(self, post: P, _: Found) -> None:
        reply = reply_to(self.words_of(post))
        assert reply is not None
        self._asked += 1
        self._picks = []
        if not self._is_odd(post, reply):
            self._answer(post, reply)

    def _is_odd(self, post: P, reply: Reply) -> bool:
        """Do what somebody does besides answering; gives whether that took the answer's place."""
        del post, reply
        return False

    def _answer(self, post: P, reply: Reply) -> None:
        taps = {Manner.WORDS: False, Manner.TAPS: True, Manner.MIXED: self._asked % 2 == 0}
        if reply.words and not (reply.taps and taps[self.part.manner] and post.buttons):
            self.says(reply.typed(self.part))
            return
        self._picks = list(reply.taps[1:])
        self._tap(post, reply.taps[0])

    def _ticked(self, post: P, _: Found) -> None:
        self._tap(post, self._picks.pop(0) if self._picks else "Done")

    def _go_on(self, post: P, _: Found) -> None:
        self._tap(post, "Go on")

    def _start(self, post: P, _: Found) -> None:
        self._tap(post, "Apply")

    def _submitted(self, _post: P, _: Found) -> None:
        self.applied = True

    # -- the weeks

    def _check_in(self, post: P, found: Found) -> None:
        week = int(found[1])
        if self.part.temper is Temper.SILENT:
            return
        if self.part.temper is Temper.BLOCKS and self.leaves(week):
            return
        if self.part.manner is Manner.WORDS and not self.surveying:
            self.says("we met")
            return
        self._tap(post, "We have a date" if week % 3 == 0 else "We met or talked")

    def _starter(self, post: P, _: Found) -> None:
        if self.part.temper is not Temper.SILENT:
            self._tap(post, "Yes, I have written")

    def _quiet(self, post: P, _: Found) -> None:
        if self.part.temper is not Temper.SILENT:
            self._tap(post, "Yes, we are in touch")

    def _third(self, post: P, _: Found) -> None:
        self._tap(post, "Yes, a third is welcome")

    def _survey_begins(self, post: P, _: Found) -> None:
        if self.part.answers_surveys and self.surveyed:
            self.surveying = True
            self._tap(post, "Answer now")

    def _survey_ends(self, _post: P, _: Found) -> None:
        self.surveying = False

    def which_contact(self, _post: P, _: Found) -> None:
        """Name another contact for those who stay in touch."""
        self.says(f"{self.name.lower()}@example.org")

    def _nothing(self, post: P, _: Found) -> None:
        """Read it and leave it at that."""


#: What the bot writes on every platform, in the order in which a reader would recognise it.
APPLYING: Reactions = (
    (r"Your (?:other question|answers) still wait", Somebody._go_on),
    ("|".join(re.escape(reply.asked) for reply in QUESTIONS), Somebody._question),
    (r"^Ticked:", Somebody._ticked),
)
BEGINNING: Reactions = (
    (r"takes applications now", Somebody._start),
    (r"is open!?\b.*Shall we begin|Good news: .+ is open", Somebody._start),
)
MEETING: Reactions = (
    (r"^A small reminder", Somebody._nothing),
    (r"^Week (\d+) with .+: have you been in touch", Somebody._check_in),
)
ENDING: Reactions = (
    (r"Have you written to .+ yet", Somebody._starter),
    (r"been quiet for a week|Have you heard from", Somebody._quiet),
    (r"Would you welcome a third person", Somebody._third),
    (r"How is it for you\? Six taps|Please tell us how it was", Somebody._survey_begins),
    (r"Your answers help everybody", Somebody._survey_ends),
)
