"""One simulated person on Slack: reads each new message of the bot once, and does what it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.slack_server import Channel, Person
from tests.slack_server.chats import Post
from tests.slack_server.world import View
from tests.wire.cast import Part
from tests.wire.somebody import APPLYING, BEGINNING, CANARY, ENDING, MEETING, Found, Reactions, Somebody


if TYPE_CHECKING:
    from tests.wire_slack.crowd import Crowd

#: The fields of the form that are filled with words: by the question's id.
TYPED = {"name": "name", "country": "country", "zone": "city"}
#: Kinds of elements in which several options are ticked.
SEVERAL = frozenset({"checkboxes", "multi_static_select"})


def said(post: Post) -> str:
    """Give what a message says, names for mentions, without its bold signs."""
    accounts = post.chat.team.accounts
    words = re.sub(r"<@(\w+)>", lambda found: accounts[found[1]].name, post.words)
    return words.replace("*", "")


class Actor(Somebody[Post]):
    """A person of the cast with their Slack client."""

    def __init__(self, part: Part, person: Person, crowd: Crowd, *, by_form: bool) -> None:
        super().__init__(part)
        self.person = person
        self.crowd = crowd
        self.by_form = by_form
        self.begun = False
        self.gone = False
        self.pages = 0
        self._read = 0
        self._last: tuple[str, Any] = ("", None)
        self._filled: View | None = None
        self._page = ""
        self._written: set[str] = set()

    @property
    def account(self) -> str:
        """Give the account as the bot knows it."""
        return f"{self.person.team.id}/{self.person.id}"

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
        # The same message twice (the bot was killed after sending), or the same question (a tap that was kept
        # though it failed): nobody answers it twice. A form that did not open twice is opened all the same.
        words, key = self._last
        again = said(post) == words and (post.metadata == key or "Open the form" not in post.buttons)
        self._last = (said(post), post.metadata)
        if again:
            return
        self.react(post, REACTIONS)

    def says(self, text: str) -> None:
        """Write to the app."""
        self.person.writes(text)

    def taps(self, post: Post, label: str) -> None:
        """Tap a button of a message."""
        assert label in post.buttons, f"{self.name} finds no {label!r} on {post}"
        self.crowd.taps.append(self.person.taps(label, on=post))

    def words_of(self, post: Post) -> str:
        """Give what a message says."""
        return said(post)

    def leaves(self, week: int) -> bool:
        """Be deactivated when the week has come for that."""
        if week < self.crowd.leaves_in_week:
            return False
        self.crowd.deactivate(self)
        return True

    @property
    def surveyed(self) -> bool:
        """Tell whether people answer the surveys of this round."""
        return self.crowd.surveys

    def _talk(self, room: Channel) -> None:
        """Write to the partner once, when the bot has introduced them."""
        if room.id not in self._written and any("please meet each other" in p.words for p in room.chat.posts):
            self._written.add(room.id)
            self.person.writes(f"{CANARY}: {self.name}", room)

    # -- the application

    def _offer(self, post: Post, _: Found) -> None:
        self.begun = True
        self._tap(post, "Fill in a form" if self.by_form else "Answer in the chat")

    def _kept(self, post: Post, _: Found) -> None:
        self._tap(post, "Go on in the form" if self.by_form else "Answer in the chat")

    def _ready(self, post: Post, _: Found) -> None:
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

    def _keep(self, post: Post, _: Found) -> None:
        label = next(label for label in post.buttons if label.startswith("Yes"))
        self._tap(post, label)


#: What the bot writes, in the order in which a reader would recognise it, and what people do about it.
REACTIONS: Reactions = (
    (r"Your application for .+ is in\.", Actor._submitted),
    (r"How would you like to answer\?", Actor._offer),
    (r"I have kept every page|Your answers so far are kept", Actor._kept),
    (r"The form did not open in time|Here is the form", Actor._ready),
    *APPLYING,
    *BEGINNING,
    *MEETING,
    *ENDING,
    (r"Would you like to stay in touch with", Actor._keep),
    (r"Which contact may I show", Actor.which_contact),
)
