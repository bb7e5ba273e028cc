"""One simulated person on Slack: reads each new message of the bot once, and does what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from tests.slack_server import Channel, Person
from tests.slack_server.chats import Post
from tests.slack_server.world import View
from tests.wire.answering import QUESTIONS, Reply, reply_to
from tests.wire.cast import Manner, Part, Temper


if TYPE_CHECKING:
    from tests.wire_slack.crowd import Crowd

#: What partners write to each other begins so: it must be nowhere in the database.
CANARY: Final = "Heron-and-lighthouse"
SURVEY_STEERING = frozenset({"‹ Back", "Skip", "Cancel", "Later"})
#: The fields of the form that are filled with words: by the question's id.
TYPED = {"name": "name", "country": "country", "zone": "city"}
#: Kinds of elements in which several options are ticked.
SEVERAL = frozenset({"checkboxes", "multi_static_select"})


def said(post: Post) -> str:
    """Give what a message says, names for mentions, without its bold signs."""
    accounts = post.chat.team.accounts
    words = re.sub(r"<@(\w+)>", lambda found: accounts[found[1]].name, post.words)
    return words.replace("*", "")


class Actor:
    """A person of the cast with their Slack client."""

    def __init__(self, part: Part, person: Person, crowd: Crowd, *, by_form: bool) -> None:
        self.part = part
        self.person = person
        self.crowd = crowd
        self.by_form = by_form
        self.applied = False
        self.begun = False
        self.surveying = False
        self.gone = False
        self.pages = 0
        self._read = 0
        self._picks: list[str] = []
        self._asked = 0
        self._last: tuple[str, Any] = ("", None)
        self._filled: View | None = None
        self._page = ""
        self._written: set[str] = set()

    @property
    def account(self) -> str:
        """Give the account as the bot knows it."""
        return f"{self.person.team.id}/{self.person.id}"

    @property
    def name(self) -> str:
        """Give the name that partners know."""
        return self.part.name

    @property
    def midway(self) -> bool:
        """Tell whether some questions of the application are answered, but not all."""
        return (self._asked > 3 or self.pages > 1) and not self.applied

    def act(self) -> None:
        """Read what is new, fill in what is open, and react to it."""
        chat = self.person.chat
        while self._read < len(chat.posts) and not self.gone:
            post = chat.posts[self._read]
            self._read += 1
            if post.author and post.author.is_bot and not post.deleted:
                self._react(post)
        if self.gone:
            return
        self._fill()
        for room in self.person.rooms:
            self._talk(room)

    def _react(self, post: Post) -> None:
        # The same message twice (the bot was killed after sending): nobody answers it twice. The same words
        # in another one are answered: a form that did not open in time, and then again.
        again = (said(post), post.metadata) == self._last
        self._last = (said(post), post.metadata)
        if again:
            return
        for words, deed in REACTIONS:
            if found := re.search(words, said(post)):
                deed(self, post, found)
                return
        if self.surveying and post.buttons:
            self._survey(post)

    def _talk(self, room: Channel) -> None:
        """Write to the partner once, when the bot has introduced them."""
        if room.id not in self._written and any("please meet each other" in p.words for p in room.chat.posts):
            self._written.add(room.id)
            self.person.writes(f"{CANARY}: {self.name}", room)

    # -- the application

    def _offer(self, post: Post, _: re.Match[str]) -> None:
        self.begun = True
        self._tap(post, "Fill in a form" if self.by_form else "Answer in the chat")

    def _kept(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, "Go on in the form" if self.by_form else "Answer in the chat")

    def _ready(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, "Open the form")

    def _fill(self) -> None:
        """Fill in the page that is open, and send it in."""
        view = self.person.modal
        if view is None or not view.raw.get("submit"):
            return
        page = f"{view.raw['title']['text']} {len(view.raw['blocks'])} {view.raw.get('private_metadata')}"
        if self._filled is view and self._page == page:
            return
        self._filled, self._page = view, page
        assert not view.errors, f"{self.name}: {self.person.modal_words}"
        for block in view.raw["blocks"]:
            wanted = self._wanted(block) if block["type"] == "input" else None
            if wanted is not None:
                self.person.fills(block["block_id"], wanted)
        self.pages += 1
        self.crowd.submissions.append((self, self.person.submits()))

    def resubmit(self) -> None:
        """Send the open page in once more: the bot was away when it was sent."""
        self._filled = None

    def _wanted(self, block: dict[str, Any]) -> Any:
        name, element = block["block_id"], block["element"]
        if name in TYPED:
            return getattr(self.part, TYPED[name])
        labels = [option["text"]["text"] for option in element.get("options", ())]
        if not labels:
            return None if block.get("optional") else "maps"
        chosen = next((label for label in labels if label in ("English", "All of it")), labels[0])
        return [chosen] if element["type"] in SEVERAL else chosen

    def _question(self, post: Post, _: re.Match[str]) -> None:
        reply = reply_to(said(post))
        assert reply is not None
        self._asked += 1
        self._picks = []
        self._answer(post, reply)

    def _answer(self, post: Post, reply: Reply) -> None:
        taps = {Manner.WORDS: False, Manner.TAPS: True, Manner.MIXED: self._asked % 2 == 0}
        if reply.words and not (reply.taps and taps[self.part.manner] and post.buttons):
            self.person.writes(reply.typed(self.part))
            return
        self._picks = list(reply.taps[1:])
        self._tap(post, reply.taps[0])

    def _tap(self, post: Post, label: str) -> None:
        buttons = post.buttons
        wanted = buttons[0] if label == "*" else label
        assert wanted in buttons, f"{self.name} finds no {label!r} on {post}"
        self.crowd.taps.append(self.person.taps(wanted, on=post))

    def _ticked(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, self._picks.pop(0) if self._picks else "Done")

    def _go_on(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, "Go on")

    def _start(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, "Apply")

    def _submitted(self, post: Post, _: re.Match[str]) -> None:
        self.applied = True

    # -- the weeks

    def _check_in(self, post: Post, found: re.Match[str]) -> None:
        week = int(found[1])
        if self.part.temper is Temper.SILENT:
            return
        if self.part.temper is Temper.BLOCKS and week >= self.crowd.leaves_in_week:
            self.crowd.deactivate(self)
            return
        if self.part.manner is Manner.WORDS and not self.surveying:
            self.person.writes("we met")
        else:
            self._tap(post, "We have a date" if week % 3 == 0 else "We met or talked")

    def _starter(self, post: Post, _: re.Match[str]) -> None:
        if self.part.temper is not Temper.SILENT:
            self._tap(post, "Yes, I have written")

    def _quiet(self, post: Post, _: re.Match[str]) -> None:
        if self.part.temper is not Temper.SILENT:
            self._tap(post, "Yes, we are in touch")

    def _third(self, post: Post, _: re.Match[str]) -> None:
        self._tap(post, "Yes, a third is welcome")

    def _survey_begins(self, post: Post, _: re.Match[str]) -> None:
        if self.part.answers_surveys and self.crowd.surveys:
            self.surveying = True
            self._tap(post, "Answer now")

    def _survey(self, post: Post) -> None:
        options = [label for label in post.buttons if label not in SURVEY_STEERING]
        self._tap(post, options[0] if options else "Skip")

    def _survey_ends(self, post: Post, _: re.Match[str]) -> None:
        self.surveying = False

    def _keep(self, post: Post, _: re.Match[str]) -> None:
        label = next(label for label in post.buttons if label.startswith("Yes"))
        self._tap(post, label)

    def _which_contact(self, post: Post, _: re.Match[str]) -> None:
        self.person.writes(f"{self.name.lower()}@example.org")

    def _nothing(self, post: Post, _: re.Match[str]) -> None:
        """Read it and leave it at that."""


Deed = Callable[[Actor, Post, "re.Match[str]"], None]

#: What the bot writes, in the order in which a reader would recognise it, and what people do about it.
REACTIONS: tuple[tuple[str, Deed], ...] = (
    (r"Your application for .+ is in\.", Actor._submitted),
    (r"How would you like to answer\?", Actor._offer),
    (r"I have kept every page|Your answers so far are kept", Actor._kept),
    (r"The form did not open in time|Here is the form", Actor._ready),
    (r"Your (?:other question|answers) still wait", Actor._go_on),
    ("|".join(re.escape(reply.asked) for reply in QUESTIONS), Actor._question),
    (r"^Ticked:", Actor._ticked),
    (r"takes applications now", Actor._start),
    (r"is open!?\b.*Shall we begin|Good news: .+ is open", Actor._start),
    (r"^A small reminder", Actor._nothing),
    (r"^Week (\d+) with .+: have you been in touch", Actor._check_in),
    (r"Have you written to .+ yet", Actor._starter),
    (r"been quiet for a week|Have you heard from", Actor._quiet),
    (r"Would you welcome a third person", Actor._third),
    (r"How is it for you\? Six taps|Please tell us how it was", Actor._survey_begins),
    (r"Your answers help everybody", Actor._survey_ends),
    (r"Would you like to stay in touch with", Actor._keep),
    (r"Which contact may I show", Actor._which_contact),
)
