"""How pairs come to their rooms on the wire: by the picker, the link, their contacts or the relay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tests.telegram_server import Client, Group, LinkIsDead, Person, TelegramServer
from tests.telegram_server.world import Post
from tests.wire.somebody import CANARY


if TYPE_CHECKING:
    from tests.wire.actor import Actor


class Way(StrEnum):
    """The way a pair takes."""

    PICKER = "picker"
    LEAK = "picker, link leaked"  # the partner passes the invite link on to a stranger first
    LINK = "link"  # the maker's client does not add the bot: the startgroup link helps
    CONTACT = "contact"
    RELAY = "relay"


@dataclass
class Plan:
    """One pair and its way."""

    names: frozenset[str]
    way: Way
    maker: Actor
    group: Group | None = None
    leaked: bool = False
    heard: int = 0
    dead_links: int = 0

    @property
    def in_group(self) -> bool:
        """Tell whether the way leads to a shared chat."""
        return self.way not in (Way.RELAY, Way.CONTACT)


@dataclass
class Rooms:
    """All pairs; the first who reads the message makes the chat."""

    server: TelegramServer
    ways: Sequence[Way]
    stranger: Person
    plans: list[Plan] = field(default_factory=list)

    def plan_of(self, actor: Actor) -> Plan | None:
        """Give the newest plan somebody is part of."""
        return next((plan for plan in reversed(self.plans) if actor.name in plan.names), None)

    def count(self) -> Counter[str]:
        """Count the pairs by their way."""
        return Counter(plan.way.value for plan in self.plans)

    def posts_of(self, plan: Plan) -> list[Post]:
        """Give all that stands in a pair's group, before and after a move."""
        ids = sorted(plan.group.all_ids, reverse=True) if plan.group else []
        return [post for chat in ids for post in self.server.messages(chat)]

    def writes_through_bot(self, actor: Actor) -> bool:
        """Tell whether the bot carries this person's messages."""
        plan = self.plan_of(actor)
        return plan is not None and plan.way is Way.RELAY

    def picker(self, actor: Actor, post: Post, partners: str) -> None:
        """React to "you need a place to talk": whoever reads it first makes the chat."""
        names = frozenset({actor.name, *re.split(r", | and ", partners)})
        if any(plan.names == names for plan in self.plans):
            return
        way = self.ways[len(self.plans)] if len(self.plans) < len(self.ways) else Way.PICKER
        plan = Plan(names, way, actor)
        self.plans.append(plan)
        if not plan.in_group:
            return
        title = f"Room of {actor.name}"
        actor.person.client = Client(adds_bot=way is not Way.LINK)
        plan.group = actor.person.shares_new_group(title)

    def other_ways(self, actor: Actor, post: Post) -> None:
        """React to the buttons for those who want no group."""
        plan = self.plan_of(actor)
        if plan is None or plan.maker is not actor:
            return
        if plan.way is Way.RELAY:
            actor.person.tap("Write through the bot", on=post)
        if plan.way is Way.CONTACT:
            actor.person.tap("Share our contacts", on=post)

    def link(self, actor: Actor, post: Post) -> None:
        """React to the second way: add the bot to the group by its link."""
        plan = self.plan_of(actor)
        if plan is None or plan.maker is not actor or plan.group is None or not plan.group.owner:
            return
        if plan.group.status() != "administrator":
            actor.person.opens(_url(post, "Add me to our group"), group=plan.group)

    def invited(self, actor: Actor, post: Post) -> None:
        """React to the way into the chat the partner made."""
        plan = self.plan_of(actor)
        if plan is None:
            return
        opener = actor.person
        if plan.way is Way.LEAK and not plan.leaked:
            plan.leaked, opener = True, self.stranger
        try:
            opener.opens(_url(post, "Go to our chat"))
        except LinkIsDead:
            plan.dead_links += 1

    def talk(self) -> None:
        """Let partners write into their chats whenever a prompt has come."""
        for plan in self.plans:
            if plan.group is None:
                continue
            prompts = [post for post in self.posts_of(plan) if "🗓" in post.text]
            fresh, plan.heard = max(len(prompts) - plan.heard, 0), len(prompts)
            if fresh and plan.group.chat.member(plan.maker.person.account).inside:
                plan.maker.person.say(f"{CANARY} in the group", to=plan.group)


def _url(post: Post, label: str) -> str:
    buttons = [button for row in post.inline for button in row if "url" in button]
    return next(str(button["url"]) for button in buttons if label in button["text"])
