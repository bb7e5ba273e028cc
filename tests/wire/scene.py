"""A running bot with an open round and its directors, for tests of single deeds and their answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.telegram_server import Group, Person, TelegramServer
from tests.telegram_server.world import Post
from tests.wire.process import BotProcess


WITHIN = 30.0


@dataclass
class Scene:
    """The stage, the bot and the directors' group."""

    server: TelegramServer
    bot: BotProcess
    dora: Person
    directors: Group

    @classmethod
    def open(cls, server: TelegramServer, bot: BotProcess) -> Scene:
        """Claim the directors' group and open a round."""
        bot.start()
        bot.wait_until_running()
        dora = server.user("Dora")
        directors = server.group("Directors", dora)
        directors.adds_bot(dora)
        scene = cls(server, bot, dora, directors)
        for line in (f"/claim {bot.claim_code}", "round new Spring", "round open"):
            assert len(scene.answers(partial(dora.say, line, to=directors), directors)) == 1
        return scene

    def settle(self) -> None:
        """Wait until the bot has handled and answered everything."""

        def quiet() -> bool:
            return not self.server.updates.waiting() and not self.bot.waits

        self.server.wait_for(quiet, WITHIN, "the bot to have answered everything")

    def answers(self, deed: Callable[[], object], where: Person | Group) -> list[Post]:
        """Do something and give all that the bot then writes into this chat."""
        before = len(where.chat.posts)
        deed()
        self.settle()
        return [post for post in where.chat.posts[before:] if post.author.is_bot]

    def answer(self, deed: Callable[[], object], where: Person | Group) -> Post:
        """Do something and give the one answer; raises AssertionError when there is none or a second."""
        found = self.answers(deed, where)
        assert len(found) == 1, f"{len(found)} answers: {[str(post) for post in found]}"
        return found[0]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with closing(sqlite3.connect(f"file:{self.bot.database}?mode=ro", uri=True)) as file:
            return list(file.execute(query, values))

    def stands_at(self, person: Person) -> str:
        """Give the question that waits for this person's answer; "" for none."""
        found = self.rows(
            "SELECT at FROM dialogue JOIN person ON person.id = dialogue.person WHERE account = ?",
            str(person.id),
        )
        return str(found[0][0]) if found else ""

    def applicant(self, name: str) -> Person:
        """Give somebody who is asked for their country just now."""
        person = self.server.user(name)
        self.answer(lambda: person.say("/apply"), person)
        for words in ("yes", "yes", name):
            self.answer(partial(person.say, words), person)
        assert self.stands_at(person) == "country"
        return person
