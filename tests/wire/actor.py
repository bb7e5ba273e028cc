"""One simulated person on the wire: reads each new message of the bot once, and does what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.telegram_server import Person
from tests.telegram_server.world import Post
from tests.wire.answering import Reply
from tests.wire.cast import Part, Quirk
from tests.wire.somebody import APPLYING, BEGINNING, CANARY, ENDING, MEETING, Found, Reactions, Somebody


if TYPE_CHECKING:
    from tests.wire.crowd import Crowd


class Actor(Somebody[Post]):
    """A person of the cast with their Telegram client."""

    def __init__(self, part: Part, person: Person, crowd: Crowd) -> None:
        super().__init__(part)
        self.person = person
        self.crowd = crowd
        self.read = 0
        self.letters = 0
        self.keeping = False
        self._quirk = part.quirk
        self._last = ""

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
        self.react(post, REACTIONS)

    def says(self, text: str) -> None:
        """Write to the bot."""
        self.person.say(text)

    def taps(self, post: Post, label: str) -> None:
        """Tap a button of a message."""
        self.person.tap(label, on=post)

    def words_of(self, post: Post) -> str:
        """Give what a message says."""
        return post.text

    def leaves(self, week: int) -> bool:
        """Block the bot when the week has come for that."""
        if week < self.crowd.blocks_in_week:
            return False
        self.person.blocks_bot()
        self.crowd.blocked.append(self)
        self.crowd.blocked_at = self.crowd.server.clock.now()
        return True

    @property
    def surveyed(self) -> bool:
        """Tell whether people answer the surveys of this round."""
        return self.crowd.surveys

    # -- the application

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

    def _later(self, post: Post, _: Found) -> None:
        self.person.say("/apply")

    def _which_change(self, post: Post, _: Found) -> None:
        self.person.say("Years in the profession")

    # -- the way to a room

    def _picker(self, post: Post, found: Found) -> None:
        if post.keyboard:
            self.crowd.rooms.picker(self, post, found[1])

    def _other_ways(self, post: Post, _: Found) -> None:
        self.crowd.rooms.other_ways(self, post)

    def _link(self, post: Post, _: Found) -> None:
        self.crowd.rooms.link(self, post)

    def _invited(self, post: Post, _: Found) -> None:
        self.crowd.rooms.invited(self, post)

    def _contact(self, post: Post, _: Found) -> None:
        self.person.tap("Yes, show my contact", on=post)

    # -- the weeks

    def _prompt(self, post: Post, found: Found) -> None:
        # Without a shared chat the prompt comes in private; in the relay their talk is here as well. Where a
        # late prompt comes behind the question for a contact, words would be the answer to that.
        if not self.keeping and self.crowd.rooms.writes_through_bot(self):
            self.person.say(f"{CANARY}: {self.name} in week {found[1]}")

    def _keep(self, post: Post, _: Found) -> None:
        self.keeping = True
        self.person.tap("Yes, with another contact", on=post)


#: What the bot writes, in the order in which a reader would recognise it, and what people do about it.
REACTIONS: Reactions = (
    (r"Your application for .+ is in\.", Actor._submitted),
    *APPLYING,
    (r"Everything is kept\. Write anything", Actor._later),
    (r"Which answer would you like to change", Actor._which_change),
    *BEGINNING,
    (r"^You and (.+) need a place to talk", Actor._picker),
    (r"Do you not want a group", Actor._other_ways),
    (r"another way to your chat with", Actor._link),
    (r"Request to join", Actor._invited),
    (r"May I show .+ how to write to you", Actor._contact),
    *MEETING,
    (r"🗓 Week (\d+) ·", Actor._prompt),
    *ENDING,
    (r"Would you like to stay in touch with", Actor._keep),
    (r"Which contact may I show", Actor.which_contact),
)
