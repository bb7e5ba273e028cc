"""What people and directors do while the storm rages: a whole round of short weeks, as on the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.telegram_server import TelegramServer
from tests.wire.cast import cast
from tests.wire.crowd import Crowd, Director
from tests.wire.rooms import Way


Tell = Callable[[str], None]

#: Every answer may wait for several starts of the bot.
WITHIN = 300.0
#: Seconds at most for a week that is not waited for.
HURRY = 120.0
WEEK = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Story:
    """How many live how long."""

    people: int = 16
    weeks: int = 3
    #: Seconds a week lasts.
    pace: float = 14.0
    ways: tuple[Way, ...] = (Way.PICKER, Way.RELAY, Way.LINK, Way.PICKER, Way.CONTACT, Way.PICKER)


class Life:
    """The crowd and its director; `live` goes through a round while the weather does what it wants."""

    def __init__(self, server: TelegramServer, story: Story, tell: Tell = lambda _: None) -> None:
        self.story = story
        self.tell = tell
        self.crowd = Crowd(server, cast(story.people), ways=story.ways, blocks_in_week=2)
        self.crowd.restarted = True  # nobody waits for one certain kill: there are many
        self.crowd.surveys = False
        #: Tells whether the bot has kept an event; Telegram gives up none, so nobody asks.
        self.kept: Callable[[str], bool] = lambda event: False
        #: Done again and again while the round runs.
        self.meanwhile: Callable[[], None] = lambda: None
        self.director = Director(self.crowd)

    @property
    def directors_setting(self) -> dict[str, str]:
        """Give the setting that names the directors' group."""
        return {"TELEGRAM_DIRECTORS_CHAT": str(self.director.group.id)}

    def live(self, unless: Callable[[], str]) -> None:
        """Play the round to its end; raises AssertionError where it cannot go on, or `unless` says why."""
        people, director = self.crowd.actors, self.director
        self._unless = unless
        self._types(f"round new Spring weeks={self.story.weeks}", "is in draft")
        self._types("round open", "takes applications")
        for actor in people:
            actor.person.say("/start")
        self._play(lambda: all(actor.applied for actor in people), "all applications")
        self.tell(f"{len(people)} people have applied")
        self._types("round close", "takes no more applications")
        self._sees(f"{len(people) // 2} pairs, 0 trios, 0 without a place")
        self._types("round start", "shall I do it")
        director.taps("Yes, do it", "has begun", within=WITHIN)
        self.tell("the round has begun")
        self._play(self._is_over, "the end of the round")
        self.tell("the round has ended")

    def _is_over(self) -> bool:
        self.meanwhile()
        return any("Spring has ended." in post.text for post in self.director.group.chat.posts)

    def quiet(self, waits: Callable[[], int]) -> None:
        """Wait until nothing is due any more."""
        self._play(lambda: not waits(), "everything to be quiet")

    def _types(self, text: str, *hopes: str) -> None:
        self.director.types(text, *hopes, within=WITHIN)

    def _sees(self, words: str) -> None:
        self.director.sees(words, within=WITHIN + self.story.weeks * self.story.pace)

    def _play(self, until: Callable[[], object], what: str) -> None:
        """Let everybody live until the condition holds."""

        def look() -> bool:
            assert not self._unless(), self._unless()
            return bool(until())

        self.crowd.play(look, within=WITHIN + self.story.weeks * min(self.story.pace, HURRY), what=what)
