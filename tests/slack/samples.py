"""One message of every kind, as the core gives it, with words that stay the same."""

from collections.abc import Mapping

from adapters.slack.text import Reader
from bot.messages import Attachment, Choice, Message


READER = Reader("T1", {1: "T1/U1", 2: "T1/U2", 3: "T2/U3"})


def _rows(*labels: str, prefix: str, width: int = 2) -> tuple[tuple[Choice, ...], ...]:
    buttons = [Choice(label, f"{prefix}:{number}") for number, label in enumerate(labels)]
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


_ON = (
    (Choice("That is all", "a:interests:~done"), Choice("Skip", "a:interests:~skip")),
    (Choice("Back", "a:interests:~back"), Choice("Go on later", "a:interests:~later")),
)
_TABLE = "\n".join(
    f"`spring.{number}` **Ana {number}** (PT) and **Ben {number}** (PH): 8{number % 10} points, 3 hours"
    for number in range(120)
)

SAMPLES: Mapping[str, Message] = {
    "walk-question": Message(
        "*7 of 19* What are you interested in? Tap all that fit, then **That is all**.",
        (
            *_rows(
                *("Teaching", "Open access", "Archives", "✓ Children", "Outreach", "Metadata", "Leadership"),
                *("Maps", "Music", "Health", "Law", "Design", "Research data", "Rare books", "Advocacy"),
                prefix="a:interests",
                width=3,
            ),
            *_ON,
        ),
    ),
    "walk-many-options": Message(
        "Which country do you live in?",
        _rows(*(f"Country {number}" for number in range(60)), prefix="a:country", width=3),
    ),
    "summary": Message(
        "**Please check your answers.** Nothing is sent yet.\n\n**Name:** Ana \\*Star\\* & Sons\n"
        "**Zone:** Europe/Lisbon, now 14:05\n**What I hope for:** to learn <how> others\\_do\\_it",
        _rows("Send it in", "Change something", "Go on later", prefix="a:summary"),
    ),
    "introduction": Message(
        "👋 **Ana and Ben**, please meet each other!\n\n"
        "**Ana**\nLibrary: public\nInterests: teaching, maps\n\n"
        "**Why you**\n• You share an interest: maps.\n• You can talk in English.\n\n"
        "**Your clocks at the same moment**\n• Ana: 14:00\n• Ben: 22:00\n\n"
        "✍️ [Ana](person:1), **please write first.** A good beginning: who you are.",
        pin=True,
    ),
    "introduction-of-two-workspaces": Message("Meet [Ana](person:1), [Cho](person:3), [Nobody](person:9)."),
    "prompt": Message(
        "**Week 3: Getting to know you**\n\nTell each other about a day at work.\n"
        "Read [this](https://example.org/a?b=1&c=2) before [Tue 2 Mar, 14:05 UTC](time:1795262400)."
    ),
    "check-in": Message(
        "Were you and **Ben** in touch this week?",
        _rows("Yes", "Not yet", "We have trouble", prefix="c:spring.1:3", width=3),
    ),
    "case": Message(
        "**Ana** cannot be reached any more (spring.17).", ((Choice("Open the queue", "d:queue"),),)
    ),
    "pairs-table": Message(f"**The pairs**\n{_TABLE}", ((Choice("More", "d:pairs 121"),),)),
    "confirmation": Message(
        "**60 pairs** are introduced now, and *120 people* hear of it. Shall I?",
        ((Choice("Yes, start", "d:yes"), Choice("No", "d:no")),),
    ),
    "help": Message(
        "**Your day**\n`queue` what needs you\n`case 7` one case\n\n**The round**\n`round status` the figures"
    ),
    "link-button": Message(
        "A chat for the two of you is ready.", ((Choice("Join", url="https://example.org/join?x=1&y=2"),),)
    ),
    "long-text": Message(
        "\n\n".join(f"Paragraph {number}. " + "Words & more. " * 60 for number in range(30))
    ),
    "export-file": Message(
        "Here is everything I know about you.",
        attachment=Attachment("my-data.json", "application/json", "{}"),
    ),
}
