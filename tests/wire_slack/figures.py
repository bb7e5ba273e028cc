"""What a played round came to: the figures, and in sentences everything that is wrong with them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, cast

from tests.slack_server.chats import Post
from tests.wire.cast import Temper
from tests.wire.figures import IN_FLIGHT, Figures
from tests.wire.somebody import CANARY
from tests.wire.truth import Item, counted, expected, item_of, read_facts
from tests.wire_slack.actor import said
from tests.wire_slack.crowd import Crowd
from tests.wire_slack.process import SlackBot


__all__ = ["Figures", "figures_of"]


class Read:
    """A message as the truth reads it."""

    def __init__(self, post: Post) -> None:
        self.text = said(post)
        self.at = float(post.ts)


def figures_of(crowd: Crowd, bot: SlackBot, pace: float, *, commands: int, seconds: float) -> Figures:
    """Compare what came with what should have come."""
    server = crowd.server
    facts = read_facts(bot.database, pace)
    must, may = expected(facts, {actor.account: crowd.gone_at for actor in crowd.gone})
    seen = _seen(crowd)
    twice = {item: posts for item, posts in seen.items() if len(posts) > 1}
    strange = {item for item, posts in twice.items() if not _at_a_kill(posts, bot.kills)}
    lost = must - set(seen)
    unmeant = {item for item in set(seen) - must - may if item.kind != "notice"}
    copies = sum(len(posts) - 1 for posts in twice.values())
    introductions = [item for item in twice if item.kind == "introduction"]
    silent = {actor.account for actor in crowd.actors if actor.part.temper is Temper.SILENT}
    asked = {item for item in seen if item.kind == "check-in" and item.chat in silent}
    reminded = {item for item in seen if item.kind == "reminder" and item.chat in silent}
    sorry = sum("Something went wrong on our side" in text for (_, text) in server.accepted)
    log, kept = bot.said(), bot.files_hold(CANARY)
    errors = [line for line in log.splitlines() if "Traceback" in line or '"level": "error"' in line]
    certificates = _certificates(crowd)
    wanted, found = counted(must), counted(set(seen))
    # A form that was being opened when the bot was killed is asked for again: the person has it already.
    reopened = [v for v in server.violations if v.words.startswith(("exchanged_trigger", "expired_trigger"))]
    violations = [
        v for v in server.violations if v not in reopened or len(reopened) > len(bot.kills) * IN_FLIGHT
    ]
    acks = sorted(ack.took for ack in server.acks if ack.ok)
    problems: dict[str, Any] = {
        f"lost: {sorted(lost)[:5]}": lost,
        f"came twice, and no kill explains it: {sorted(strange)[:5]}": strange,
        f"introduced twice: {introductions}": introductions,
        f"more copies than were on the way: {copies}": copies > IN_FLIGHT * len(bot.kills),
        f"came where or when nobody expected it: {sorted(unmeant)[:5]}": unmeant,
        f"a silent one was not reminded: {sorted(asked)[:3]}": {
            item for item in asked if item._replace(kind="reminder") not in reminded
        },
        f"no correct app calls so: {violations[:3]}": violations,
        f"refused with 429: {server.too_many}": sum(server.too_many.values()),
        f"people were told of a defect {sorry} times": sorry,
        f"what partners wrote stands in {kept}, {bot.columns_hold(CANARY) if kept else ''}": kept,
        f"the log has errors: {errors[:3]}": errors,
        "the log names people": [a.name for a in crowd.actors if re.search(rf"\b{a.name}\b", log)],
        f"people without exactly one certificate: {certificates}": certificates,
        "nobody applied by form": not any(actor.pages for actor in crowd.actors),
    }
    table = (
        ("people", str(len(crowd.actors))),
        ("... by form", str(sum(actor.pages > 0 for actor in crowd.actors))),
        ("received", "signed requests" if bot.http else f"socket, opened {server.sockets.opened} times"),
        ("group conversations", str(len(server.rooms()))),
        ("introductions", f"{found['introduction']} (expected {wanted['introduction']})"),
        ("prompts", f"{found['prompt']} (expected {wanted['prompt']})"),
        ("check-ins", f"{found['check-in']} (expected {wanted['check-in']})"),
        ("reminders to the silent", f"{len(reminded)} for {len(asked)} check-ins"),
        ("directors' commands", str(commands)),
        ("messages sent", str(sum(server.accepted.values()))),
        ("kills with -9", str(len(bot.kills))),
        ("copies of what was in flight", str(copies)),
        ("other duplicates", str(len(strange))),
        ("lost", str(len(lost))),
        ("forms asked for again at a kill", str(len(reopened))),
        ("violations", str(len(violations))),
        ("refused with 429", str(sum(server.too_many.values()))),
        ("acknowledged after, median", f"{acks[len(acks) // 2] * 1000:.0f} ms"),
        ("... p99", f"{acks[len(acks) * 99 // 100] * 1000:.0f} ms"),
        ("seconds", f"{seconds:.0f}"),
    )
    return Figures(table, tuple(words for words, problem in problems.items() if problem))


def _certificates(crowd: Crowd) -> list[str]:
    """Give who did not get exactly one; a copy of one that was on its way at a kill is explained."""
    uploads = crowd.server.calls_of("files.completeUploadExternal")
    got = [call.params["channel_id"] for call in uploads if call.ok]
    there = [actor for actor in crowd.actors if actor not in crowd.gone]
    return [actor.name for actor in there if got.count(actor.person.chat.id) != 1]


def _seen(crowd: Crowd) -> dict[Item, list[Read]]:
    found: dict[Item, list[Read]] = defaultdict(list)
    team = crowd.server.team.id
    for actor in crowd.actors:
        _note(found, actor.person.chat.posts, actor.account)
    for room in crowd.server.rooms():
        _note(found, room.chat.posts, f"{team}/{room.id}")
    return found


def _note(found: dict[Item, list[Read]], posts: list[Post], chat: str) -> None:
    for post in posts:
        if post.author and post.author.is_bot and not post.deleted:
            read = Read(post)
            if item := item_of(cast("Any", read), chat):
                found[item].append(read)


def _at_a_kill(copies: list[Read], kills: list[float]) -> bool:
    """Tell whether a message came again because it was on its way when the bot was killed."""
    times = sorted(copy.at for copy in copies)
    return any(kill - 4 <= times[0] <= kill + 1 and times[-1] >= kill - 1 for kill in kills)
