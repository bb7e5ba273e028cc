"""What a person does with a modal: fills it, submits it, closes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.slack_server import interactions, pressing
from tests.slack_server.accounts import Account
from tests.slack_server.channels import Channel
from tests.slack_server.chats import Chat, Post, controls_of
from tests.slack_server.deliveries import Delivery
from tests.slack_server.errors import Json
from tests.slack_server.forms import elements_of, is_empty, state_of
from tests.slack_server.interactions import Doing
from tests.slack_server.pressing import Spot
from tests.slack_server.replies import answer_submission, offered
from tests.slack_server.stage import Stage
from tests.slack_server.teams import Team
from tests.slack_server.viewing import close_top
from tests.slack_server.words import words_of
from tests.slack_server.world import View
from tests.strict.stage import WITHIN, deed


@dataclass(eq=False, repr=False)
class ModalUser:
    """Somebody who can have a modal open."""

    stage: Stage
    account: Account
    team: Team
    _offered: dict[str, list[Json]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.account.name} {self.account.id}>"

    @property
    def modal(self) -> View | None:
        """Gives the modal on top, if one is open."""
        stack = self.stage.world.modals.get(self.account.id, [])
        return stack[-1] if stack else None

    @property
    def modal_words(self) -> str:
        """Gives title, words and complaints of the open modal, empty if there is none."""
        with self.stage.lock:
            view = self.modal
            if view is None:
                return ""
            errors = [f"! {words}" for words in view.errors.values()]
            return "\n".join([view.raw["title"]["text"], words_of(view.raw["blocks"]), *errors])

    async def sees_modal(self, words: str = "", within: float = WITHIN) -> View:
        """Waits (in a loop) for an open modal with these words in title, blocks or complaints."""
        return await self.stage.until(lambda: self._modal_with(words), within, self._modal_hope(words))

    def waits_for_modal(self, words: str = "", within: float = WITHIN) -> View:
        """Does the same as `sees_modal`, blocking the thread."""
        return self.stage.wait_for(lambda: self._modal_with(words), within, self._modal_hope(words))

    @deed
    def fills(self, label: str, wanted: Any, *, on: Post | None = None) -> Doing:
        """Fills the field with this label, placeholder, block_id or action_id, in the modal or in a message.

        Text for a text field, labels for options, "2026-11-21" for a date, a Person; None empties it.
        """
        spot = self._spot(label, on)
        found = self._offered.get(spot.element["action_id"])
        element = spot.element | ({"options": found} if found else {})
        return pressing.change(self.stage, self.account, spot, state_of(element, wanted))

    @deed
    def searches(self, label: str, typed: str, *, on: Post | None = None) -> Doing:
        """Types into a menu whose options the app supplies; `fills` picks one once it is acked."""
        spot = self._spot(label, on)
        name = {"action_id": spot.element["action_id"], "block_id": spot.block["block_id"]}
        body = interactions.suggestion(self.stage, spot.place, self.account, name, typed)

        def answered(reply: Any) -> None:
            self._offered[name["action_id"]] = offered(self.stage.world, reply)

        delivery = Delivery("interactive", f"block_suggestion {name['action_id']}", body)
        return interactions.ask(self.stage, self.team, delivery, answered)

    def _spot(self, label: str, on: Post | None) -> Spot:
        place = on or self._open_modal()
        spot = pressing.field_in(place, label)
        assert spot, f"no field {label!r} in {self.modal_words or str(on)!r}"
        return spot

    @deed
    def submits(self) -> Doing:
        """Presses the submit button; the client itself refuses while a required field is empty."""
        view = self._open_modal()
        assert view.raw.get("submit"), "this modal has no submit button"
        empty = _empty_fields(view)
        assert not empty, f"the client asks to complete {empty} first"
        view.errors = {}
        return interactions.ask(
            self.stage,
            self.team,
            Delivery("interactive", "view_submission", interactions.submitted(self.stage, view)),
            lambda reply: answer_submission(self.stage.world, view, reply),
        )

    @deed
    def closes(self, *, everything: bool = False) -> None:
        """Closes the modal on top (or the whole stack); the app hears of it if it asked to."""
        view = self._open_modal()
        body = interactions.closed(self.stage, view, cleared=everything)
        close_top(self.stage.world, view, everything=everything)
        if view.raw.get("notify_on_close"):
            self.stage.courier.send(Delivery("interactive", "view_closed", body))

    def _open_modal(self) -> View:
        view = self.modal
        assert view, f"{self.account.name} has no modal open"
        return view

    def _modal_with(self, words: str) -> View | None:
        return self.modal if self.modal and words in self.modal_words else None

    def _modal_hope(self, words: str) -> str:
        return f"a modal with {words!r} for {self.account.name}, who sees {self.modal_words!r}"

    def _acts_in(self, where: Channel | None) -> Chat:
        world = self.stage.world
        assert not self.account.deleted, f"{self.account.name} is deactivated"
        own = world.dm(self.team, self.account)
        chat = where.chat if where else own
        assert self.account in chat.members, f"{self.account.name} is not in {chat.name}"
        for one in (own, chat):
            one.acted[self.account.id] = world.stamp()
        return chat

    def _escaped(self, name: str, text: str) -> str:
        """Gives the text of a command as Slack hands it over: names become ids where the manifest says so."""
        if not self.stage.world.manifest.commands[name].get("should_escape"):
            return text
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for account in self.team.accounts.values():
            text = text.replace(f"@{account.name}", f"<@{account.id}|{account.handle}>")
        return text

    def _seen(self, chat: Chat) -> list[Post]:
        return [p for p in chat.posts if not p.deleted and p.only_for in {None, self.account}]

    def _heard(self, words: str, where: Channel | None) -> Post | None:
        chat = where.chat if where else self.stage.world.dm(self.team, self.account)
        since = chat.acted.get(self.account.id, 0)
        new = [p for p in self._seen(chat) if p.stamp > since and p.author is self.team.bot]
        return next((post for post in new if words in post.words), None)

    def _hoped(self, words: str, where: Channel | None) -> str:
        chat = where.chat if where else self.stage.world.dm(self.team, self.account)
        seen = [str(post) for post in self._seen(chat)[-4:]]
        return f"{words!r} to {self.account.name}, who sees {seen}"

    def _find(self, label: str, chat: Chat, on: Post | str) -> Spot | None:
        if isinstance(on, Post):
            return pressing.spot_in(on, label)
        found = pressing.spot_in(self.modal, label) if self.modal and on in {"", "modal"} else None
        if not found and on == "":
            found = pressing.newest(chat, self.account, label)
        home = self.stage.world.homes.get(self.account.id)
        if not found and home and on in {"", "home"}:
            found = pressing.spot_in(home, label)
        return found

    def _whole(self, chat: Chat) -> str:
        home = self.stage.world.homes.get(self.account.id)
        labels = [label for _, _, label, _ in controls_of(home.raw["blocks"])] if home else []
        return f"modal {self.modal_words!r}, chat {[str(p) for p in self._seen(chat)[-4:]]}, home {labels}"


def _empty_fields(view: View) -> list[str]:
    return [
        pressing.label_of(block)
        for block, element in elements_of(view.raw["blocks"])
        if block["type"] == "input" and not block.get("optional")
        if is_empty(view.values[block["block_id"]][element["action_id"]])
    ]
