"""One simulated person on the wire: reads each new message of the bot once, and does what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tests.telegram_server import Person
from tests.telegram_server.world import Post
from tests.wire.answering import QUESTIONS, Reply, reply_to
from tests.wire.cast import Manner, Part, Quirk, Temper


if TYPE_CHECKING:
    from tests.wire.crowd import Crowd

#: What partners write to each other begins so: it must be nowhere in the database.
CANARY: Final = "Heron-and-lighthouse"
SURVEY_STEERING = frozenset({"‹ Back", "Skip", "Cancel", "Later"})


class Actor:
    """A person of the cast with their Telegram client."""

    def __init__(self, part: Part, person: Person, crowd: Crowd) -> None:
        self.part = part
        self.person = person
        self.crowd = crowd
        self.applied = False
        self.surveying = False
        self.read = 0
        self.letters = 0
        self._quirk = part.quirk
        self._picks: list[str] = []
        self._asked = 0
        self._last = ""

    @property
    def name(self) -> str:
        """Give the name that partners know."""
        return self.part.name

    @property
    def midway(self) -> bool:
        """Tell whether some questions of the application are answered, but not all."""
        return self._asked > 3 and not self.applied

    def act(self) -> None:
        """Read what is new, and react to it."""
        chat = self.person.chat
        while self.read < len(chat.posts) and not self.person.account.blocked:
            post = chat.posts[self.read]
            self.read += 1
            if post.author.is_bot and not post.deleted:
                self._react(post)

    def resume(self) -> None:
        """Go on after the pause: answer the question that waited."""
        if self._quirk is Quirk.PAUSES:
            self._quirk = Quirk.NONE
            self._answer(self.person.last(), self._waiting)

    def _react(self, post: Post) -> None:
        # The same message twice (the bot was killed after sending): nobody answers it twice.
        again, self._last = post.text == self._last, post.text
        if again:
            return
        if post.text.startswith(CANARY):
            self.letters += 1
            return
        for words, deed in REACTIONS:
            if found := re.search(words, post.text):
                deed(self, post, found)
                return
        if self.surveying and post.inline:
            self._survey(post)

    # -- the application

    def _question(self, post: Post, _: re.Match[str]) -> None:
        reply = reply_to(post.text)
        assert reply is not None
        self._asked += 1
        self._picks = []
        if not self._is_odd(post, reply):
            self._answer(post, reply)

    def _is_odd(self, post: Post, reply: Reply) -> bool:
        """Do what somebody does besides answering, once; gives whether that took the answer's place."""
        quirk, at = self._quirk, reply.asked
        if quirk is Quirk.TYPO and "Which country" in at:
            self.person.say("Xqzvland")
        elif quirk is Quirk.COMMAND and "in your career" in at:
            self.person.say("/status")
        elif quirk is Quirk.LATER and "usually free" in at:
            self.person.tap("Later", on=post)
        elif quirk is Quirk.EDITS and "check your answers" in at:
            self.person.tap("Change", on=post)
        elif quirk is Quirk.PAUSES and not self.crowd.restarted and "What would you like to talk" in at:
            self._waiting = reply
            self.crowd.paused.append(self)
            return True
        else:
            return False
        self._quirk = Quirk.NONE
        return True

    def _answer(self, post: Post, reply: Reply) -> None:
        taps = {Manner.WORDS: False, Manner.TAPS: True, Manner.MIXED: self._asked % 2 == 0}
        if reply.words and not (reply.taps and taps[self.part.manner] and post.inline):
            self.person.say(reply.typed(self.part))
            return
        self._picks = list(reply.taps[1:])
        self._tap(post, reply.taps[0])

    def _tap(self, post: Post, label: str) -> None:
        self.person.tap(post.buttons[0] if label == "*" else label, on=post)

    def _ticked(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, self._picks.pop(0) if self._picks else "Done")

    def _go_on(self, post: Post, _: re.Match[str]) -> None:
        self.person.tap("Go on", on=post)

    def _later(self, post: Post, _: re.Match[str]) -> None:
        self.person.say("/apply")

    def _which_change(self, post: Post, _: re.Match[str]) -> None:
        self.person.say("Years in the profession")

    def _start(self, post: Post, _: re.Match[str]) -> None:
        self.person.tap("Apply", on=post)

    def _submitted(self, post: Post, _: re.Match[str]) -> None:
        self.applied = True

    # -- the way to a room

    def _picker(self, post: Post, found: re.Match[str]) -> None:
        if post.keyboard:
            self.crowd.rooms.picker(self, post, found[1])

    def _other_ways(self, post: Post, _: re.Match[str]) -> None:
        self.crowd.rooms.other_ways(self, post)

    def _link(self, post: Post, _: re.Match[str]) -> None:
        self.crowd.rooms.link(self, post)

    def _invited(self, post: Post, _: re.Match[str]) -> None:
        self.crowd.rooms.invited(self, post)

    def _contact(self, post: Post, _: re.Match[str]) -> None:
        self.person.tap("Yes, show my contact", on=post)

    # -- the weeks

    def _check_in(self, post: Post, found: re.Match[str]) -> None:
        week = int(found[1])
        if self.part.temper is Temper.SILENT:
            return
        if self.part.temper is Temper.BLOCKS and week >= self.crowd.blocks_in_week:
            self.person.blocks_bot()
            self.crowd.blocked.append(self)
            self.crowd.blocked_at = self.crowd.server.clock.now()
            return
        if self.part.manner is Manner.WORDS and not self.surveying:
            self.person.say("we met")
        else:
            self.person.tap("We have a date" if week % 3 == 0 else "We met or talked", on=post)

    def _prompt(self, post: Post, found: re.Match[str]) -> None:
        # Without a shared chat the prompt comes in private; in the relay their talk is here as well.
        if self.crowd.rooms.writes_through_bot(self):
            self.person.say(f"{CANARY}: {self.name} in week {found[1]}")

    def _starter(self, post: Post, _: re.Match[str]) -> None:
        if self.part.temper is not Temper.SILENT:
            self.person.tap("Yes, I have written", on=post)

    def _quiet(self, post: Post, _: re.Match[str]) -> None:
        if self.part.temper is not Temper.SILENT:
            self.person.tap("Yes, we are in touch", on=post)

    def _third(self, post: Post, _: re.Match[str]) -> None:
        self.person.tap("Yes, a third is welcome", on=post)

    def _survey_begins(self, post: Post, _: re.Match[str]) -> None:
        if self.part.answers_surveys and self.crowd.surveys:
            self.surveying = True
            self.person.tap("Answer now", on=post)

    def _survey(self, post: Post) -> None:
        options = [label for label in post.buttons if label not in SURVEY_STEERING]
        self._tap(post, options[0] if options else "Skip")

    def _survey_ends(self, post: Post, _: re.Match[str]) -> None:
        self.surveying = False

    def _keep(self, post: Post, _: re.Match[str]) -> None:
        self.person.tap("Yes, with another contact", on=post)

    def _which_contact(self, post: Post, _: re.Match[str]) -> None:
        self.person.say(f"{self.name.lower()}@example.org")

    def _nothing(self, post: Post, _: re.Match[str]) -> None:
        """Read it and leave it at that."""


Deed = Callable[[Actor, Post, "re.Match[str]"], None]

#: What the bot writes, in the order in which a reader would recognise it, and what people do about it.
REACTIONS: tuple[tuple[str, Deed], ...] = (
    (r"Your application for .+ is in\.", Actor._submitted),
    (r"Your (?:other question|answers) still wait", Actor._go_on),
    ("|".join(re.escape(reply.asked) for reply in QUESTIONS), Actor._question),
    (r"^Ticked:", Actor._ticked),
    (r"Everything is kept\. Write anything", Actor._later),
    (r"Which answer would you like to change", Actor._which_change),
    (r"takes applications now", Actor._start),
    (r"is open!?\b.*Shall we begin|Good news: .+ is open", Actor._start),
    (r"^You and (.+) need a place to talk", Actor._picker),
    (r"Do you not want a group", Actor._other_ways),
    (r"another way to your chat with", Actor._link),
    (r"Request to join", Actor._invited),
    (r"May I show .+ how to write to you", Actor._contact),
    (r"^A small reminder", Actor._nothing),
    (r"^Week (\d+) with .+: have you been in touch", Actor._check_in),
    (r"🗓 Week (\d+) ·", Actor._prompt),
    (r"Have you written to .+ yet", Actor._starter),
    (r"been quiet for a week|Have you heard from", Actor._quiet),
    (r"Would you welcome a third person", Actor._third),
    (r"How is it for you\? Six taps|Please tell us how it was", Actor._survey_begins),
    (r"Your answers help everybody", Actor._survey_ends),
    (r"Would you like to stay in touch with", Actor._keep),
    (r"Which contact may I show", Actor._which_contact),
)
