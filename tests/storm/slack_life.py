"""What people and directors do on Slack while the storm rages: as `life`, and again what was not delivered.

Slack tries a tap, a form or a command once: people who are told that the app did not respond do it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.slack_server import SlackServer
from tests.slack_server.deliveries import Delivery
from tests.slack_server.interactions import Doing
from tests.storm.life import HURRY, WITHIN, Story, Tell
from tests.wire.cast import cast
from tests.wire_slack.actor import said
from tests.wire_slack.crowd import Crowd


#: So long people wait before they do again what failed.
PATIENCE = 1.0
#: Seconds after which people see that there is no answer: longer than the database may be away.
NO_ANSWER = 6.0
#: A director whom Slack could not tell about just then is refused, and asks again after a while.
ASKS_AGAIN = 10.0


class SlackLife:
    """The crowd and a director in a private channel."""

    def __init__(self, server: SlackServer, story: Story, tell: Tell = lambda _: None) -> None:
        self.story = story
        self.tell = tell
        self.crowd = Crowd(server, cast(story.people), leaves_in_week=2)
        self.crowd.surveys = False
        self.meanwhile: Callable[[], None] = lambda: None
        self.dora = server.user("Dora")
        self.desk = server.channel("directors", self.dora)
        self._unless: Callable[[], str] = str
        self._again_at = 0.0
        #: Tells whether the bot has kept an event: it was only Slack that did not hear so.
        self.kept: Callable[[str], bool] = lambda event: False
        #: What Slack gave up to deliver, and when that was seen; None once it was said again, or need not be.
        self._given_up: dict[Delivery, float | None] = {}
        self._commands: list[tuple[Doing | None, Callable[[], Doing | None], float]] = []

    @property
    def directors_setting(self) -> dict[str, str]:
        """Give the setting that names the directors' channel."""
        return {"SLACK_DIRECTORS_CHANNEL": self.desk.id}

    def live(self, unless: Callable[[], str]) -> None:
        """Play the round to its end; raises AssertionError where it cannot go on, or `unless` says why."""
        people, self._unless = self.crowd.actors, unless
        self._types(f"round new Spring weeks={self.story.weeks}", "is in draft")
        self._types("round open", "takes applications")
        for actor in people:
            actor.person.writes("start")
        self._play(lambda: all(actor.applied for actor in people), "all applications")
        self.tell(f"{len(people)} people have applied")
        self._types("round close", "takes no more applications")
        self._hears(0, f"{len(people) // 2} pairs, 0 trios, 0 without a place")
        self._types("round start", "shall I do it")
        self._taps("Yes, do it", "has begun")
        self.tell("the round has begun")
        self._hears(0, "Spring has ended.")
        self.tell("the round has ended")

    def quiet(self, waits: Callable[[], int]) -> None:
        """Wait until nothing is due any more."""
        self._play(lambda: not waits() and not self._failed(), "everything to be quiet")

    def _types(self, line: str, *hopes: str) -> None:
        self._asks(lambda: self.dora.runs(f"/antipode {line}", self.desk), *hopes)

    def _taps(self, label: str, *hopes: str) -> None:
        def tap() -> Doing | None:
            # A tap that Slack says failed may have been kept all the same: then the button goes.
            there = any(label in post.buttons for post in self.desk.chat.posts)
            return self.dora.taps(label, self.desk) if there else None

        self._asks(tap, *hopes)

    def _asks(self, do: Callable[[], Doing | None], *hopes: str) -> None:
        since = len(self.desk.chat.posts)
        self._commands = [(do(), do, time.monotonic())]
        self._hears(since, *hopes)
        self._commands = []

    def _hears(self, since: int, *hopes: str) -> None:
        self._play(lambda: self._heard(since, hopes), f"{hopes} in the directors' channel")

    def _heard(self, since: int, hopes: Sequence[str]) -> bool:
        posts = self.desk.chat.posts[since:]
        return any(all(hope in said(post) for hope in hopes) for post in posts if post.author)

    def _play(self, until: Callable[[], object], what: str) -> None:
        def look() -> bool:
            assert not self._unless(), self._unless()
            self._do_again()
            return bool(until())

        within = WITHIN + self.story.weeks * min(self.story.pace, HURRY)
        try:
            self.crowd.play(look, within=within, what=what)
        except AssertionError as stuck:
            raise AssertionError(f"{stuck}\n{self._waiting()}") from stuck

    def _waiting(self) -> str:
        """Tell what those have before them who have not applied."""
        waiting = [actor for actor in self.crowd.actors if not actor.applied]
        seen = {actor: [*actor.person.sees()[-3:], actor.person.modal_words] for actor in waiting}
        return "\n".join(f"{actor.name} (form: {actor.by_form}): {words}" for actor, words in seen.items())

    def _failed(self) -> bool:
        doings = [*self.crowd.taps, *(doing for _, doing in self.crowd.submissions)]
        return any(doing.failed for doing in doings)

    def _say_again(self) -> None:
        """Write once more what Slack gave up to deliver, after a while, if nobody gets an answer to it."""
        now = time.monotonic()
        for each in self.crowd.server.deliveries:
            if each.given_up and each.kind == "events_api":
                self._given_up.setdefault(each, now)
        for each, since in self._given_up.items():
            if since is not None and now - since > NO_ANSWER:
                self._given_up[each] = None
                self._write(each.body["event"])

    def _write(self, event: dict[str, Any]) -> None:
        if event["type"] != "message" or "text" not in event:
            return
        for actor in self.crowd.actors:
            name = f"m/{actor.person.team.id}/{event['channel']}/{event['ts']}"
            if actor.person.id == event.get("user") and not actor.gone and not self.kept(name):
                actor.person.writes(event["text"])

    def _do_again(self) -> None:
        if time.monotonic() < self._again_at:
            return
        self._again_at = time.monotonic() + PATIENCE
        self._say_again()
        if self._failed():
            self.crowd.again()
        now = time.monotonic()
        for at, (doing, do, since) in enumerate(self._commands):
            if (doing and doing.failed) or now - since > ASKS_AGAIN:
                self._commands[at] = (do(), do, now)
