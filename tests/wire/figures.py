"""What a played round came to: the figures, and in sentences everything that is wrong with them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from tests.telegram_server.world import Post
from tests.wire.cast import Temper
from tests.wire.crowd import Crowd
from tests.wire.process import BotProcess
from tests.wire.somebody import CANARY
from tests.wire.truth import Item, at_a_kill, counted, elsewhere, expected, item_of, read_facts


#: What may be on its way when the bot is killed (`bot.sender.IN_FLIGHT`).
IN_FLIGHT = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """The table, and `wrong`: empty when all is as it should be."""

    table: tuple[tuple[str, str], ...]
    wrong: tuple[str, ...]


def figures_of(crowd: Crowd, bot: BotProcess, *, pace: float, commands: int, seconds: float) -> Figures:
    """Compare what came with what should have come."""
    server = crowd.server
    facts = read_facts(bot.database, pace)
    blocked = {str(actor.person.id): crowd.blocked_at for actor in crowd.blocked}
    must, may = expected(facts, blocked)
    seen = _seen(crowd)
    twice = {item: posts for item, posts in seen.items() if len(posts) > 1}
    strange = {item: posts for item, posts in twice.items() if not at_a_kill(posts, bot.kills)}
    lost = must - set(seen)
    found_in_private, there = elsewhere(facts, lost, set(seen))
    lost -= found_in_private
    unmeant = {item for item in set(seen) - must - may - there if item.kind != "notice"}
    silent = {str(actor.person.id) for actor in crowd.actors if actor.part.temper is Temper.SILENT}
    asked = {item for item in seen if item.kind == "check-in" and item.chat in silent}
    reminded = {item for item in seen if item.kind == "reminder" and item.chat in silent}
    without = {item for item in asked if item._replace(kind="reminder") not in reminded}
    certificates = _certificates(crowd)
    copies = sum(len(posts) - 1 for posts in twice.values())
    sorry = [post for post in _told(crowd) if "Something went wrong on our side" in post.text]
    log, kept = bot.said(), bot.files_hold(CANARY)
    rooms = Counter(pair.room for pair in facts.pairs)
    wanted, found = counted(must), counted(set(seen))
    problems = {
        f"lost: {sorted(lost)[:5]}": lost,
        f"came twice, and no kill explains it: {sorted(strange)[:5]}": strange,
        f"more copies than were on the way: {copies}": copies > IN_FLIGHT * len(bot.kills),
        f"came where or when nobody expected it: {sorted(unmeant)[:5]}": unmeant,
        f"a silent one was not reminded: {sorted(without)[:5]}": without,
        f"people without exactly one certificate: {certificates}": certificates,
        f"no correct bot calls so: {server.violations[:3]}": server.violations,
        f"people were told of a defect {len(sorry)} times": sorry,
        f"what partners wrote stands in {kept}, {bot.columns_hold(CANARY) if kept else ''}": kept,
        f"the log has errors: {_errors(log)[:3]}": _errors(log),
        "the log names people": [name for name in _names(crowd) if re.search(rf"\b{name}\b", log)],
        "the stranger came in": [p for p in crowd.rooms.plans if p.group and "Stranger" in p.group.names],
        "nobody's words were carried by the relay": not sum(actor.letters for actor in crowd.actors),
    }
    table = (
        ("people", str(len(crowd.actors))),
        ("rooms", ", ".join(f"{count} {way}" for way, count in sorted(crowd.rooms.count().items()))),
        ("... which became", ", ".join(f"{count} {room}" for room, count in sorted(rooms.items()))),
        ("introductions", f"{found['introduction']} (expected {wanted['introduction']})"),
        ("prompts", f"{found['prompt']} (expected {wanted['prompt']})"),
        ("check-ins", f"{found['check-in']} (expected {wanted['check-in']})"),
        ("reminders to the silent", f"{len(reminded)} for {len(asked)} check-ins"),
        ("reminders to others", str(found["reminder"] - len(reminded))),
        ("directors' commands", str(commands)),
        ("messages carried", str(sum(actor.letters for actor in crowd.actors))),
        ("messages sent", str(sum(server.accepted.values()))),
        ("kills with -9", str(len(bot.kills))),
        ("copies of what was in flight", str(copies)),
        ("other duplicates", str(len(strange))),
        ("lost", str(len(lost))),
        ("violations", str(len(server.violations))),
        ("refused with 429", str(sum(server.too_many.values()))),
        ("seconds", f"{seconds:.0f}"),
    )
    return Figures(table, tuple(words for words, problem in problems.items() if problem))


def _seen(crowd: Crowd) -> dict[Item, list[Post]]:
    found: dict[Item, list[Post]] = defaultdict(list)
    for actor in crowd.actors:
        for post in crowd.server.messages(actor.person):
            _note(found, post, str(actor.person.id))
    for plan in crowd.rooms.plans:
        for post in crowd.rooms.posts_of(plan):
            _note(found, post, str(plan.group.id) if plan.group else "")
    return found


def _note(found: dict[Item, list[Post]], post: Post, chat: str) -> None:
    item = item_of(post, chat) if post.author.is_bot else None
    if item:
        found[item].append(post)


def _told(crowd: Crowd) -> list[Post]:
    with crowd.server.stage.lock:
        posts = [post for chat in crowd.server.world.chats.values() for post in chat.posts]
    return [post for post in posts if post.author.is_bot]


def _certificates(crowd: Crowd) -> list[str]:
    wrong = []
    for actor in crowd.actors:
        files = [post for post in crowd.server.messages(actor.person) if "document" in post.data]
        found = Counter(post.data["document"]["file_name"] for post in files)["certificate.svg"]
        if found != 1 and actor not in crowd.blocked:
            wrong.append(f"{actor.name} has {found}")
    return wrong


def _errors(log: str) -> list[str]:
    return [line for line in log.splitlines() if "Traceback" in line or re.search(r"\[?error\b", line)]


def _names(crowd: Crowd) -> list[str]:
    return [actor.name for actor in crowd.actors]
