"""What directors type, accepted and refused: two tables."""

import pytest

from bot.commands import COMMANDS, is_for_bot, parse
from bot.commands.command import Command


ACCEPTED = [
    ("round new Spring 2027", "round new", ("Spring 2027",), {}),
    ("/round new Spring 2027 weeks=12", "round new", ("Spring 2027",), {"weeks": "12"}),
    ("Round New Spring weeks = 12 cap=30%", "round new", ("Spring",), {"weeks": "12", "cap": "30%"}),
    (
        "round new Spring opens=15 January closes=12 Feb 2027",
        "round new",
        ("Spring",),
        {"opens": "15 January", "closes": "12 Feb 2027"},
    ),
    ("/antipode round open", "round open", (), {}),
    ("antipode round open", "round open", (), {}),
    ("Antipode, round close", "round close", (), {}),
    ("@antipode round close", "round close", (), {}),
    ("/round@antipode_bot close", "round close", (), {}),
    ("/round_start", "round start", (), {}),
    ("ROUND   STATUS", "round status", (), {}),
    ("round end", "round end", (), {}),
    ("round cancel", "round cancel", (), {}),
    ("pairs", "pairs", (), {}),
    ("pairs page=3", "pairs", (), {"page": "3"}),
    ("pairs why 17", "pairs why", ("17",), {}),
    ("pairs why Ana Silva", "pairs why", ("Ana Silva",), {}),
    ("pairs why @ana @ben", "pairs why", ("@ana", "@ben"), {}),
    ("pairs why 17 #23", "pairs why", ("17", "23"), {}),
    ("pairs why Ana Silva and Ben", "pairs why", ("Ana Silva", "Ben"), {}),
    ("pairs pin 17 23", "pairs pin", ("17", "23"), {}),
    ("pairs pin #17 @ben", "pairs pin", ("17", "@ben"), {}),
    ("pairs pin Ana Silva and Ben Li", "pairs pin", ("Ana Silva", "Ben Li"), {}),
    ("pairs forbid Ana Silva, Ben Li", "pairs forbid", ("Ana Silva", "Ben Li"), {}),
    ("pairs forbid “Ana Silva” Ben", "pairs forbid", ("Ana Silva", "Ben"), {}),
    ("pairs free 17 & 23", "pairs free", ("17", "23"), {}),
    ("pairs swap 17 23", "pairs swap", ("17", "23"), {}),
    ("queue", "queue", (), {}),
    ("/queue page=2", "queue", (), {"page": "2"}),
    ("case 12", "case", ("12",), {}),
    ("case #12 take", "case take", ("12",), {}),
    ("case 12 done", "case done", ("12", "", ""), {}),
    ("case 12 done 15", "case done", ("12", "15", ""), {}),
    ("case 12 done 15 min wrote to both", "case done", ("12", "15", "wrote to both"), {}),
    ("case 12 done wrote to both", "case done", ("12", "", "wrote to both"), {}),
    ("case 12 rematch", "case rematch", ("12",), {}),
    ("case 12 note back on Monday", "case note", ("12", "back on Monday"), {}),
    ("people ana", "people", ("ana",), {}),
    ("people ana silva page=2", "people", ("ana silva",), {"page": "2"}),
    ("person 17", "person", ("17",), {}),
    ("person Ana Silva remove", "person remove", ("Ana Silva",), {}),
    ("person 17 restore", "person restore", ("17",), {}),
    ("topics", "topics", (), {}),
    ("topics show 3", "topics show", ("3",), {}),
    ("topics edit 3", "topics edit", ("3",), {}),
    ("topics import", "topics import", (), {}),
    ("broadcast all Hello!\n\nSee page=2.", "broadcast", ("all", "Hello!\n\nSee page=2."), {}),
    ("broadcast\nall\nHello!", "broadcast", ("all", "Hello!"), {}),
    ("broadcast country BR Olá", "broadcast", ("country BR", "Olá"), {}),
    ("ambassadors", "ambassadors", (), {}),
    ("ambassador add the Philippines @maria", "ambassador add", ("the Philippines", "@maria"), {}),
    ('ambassador add BR "Ana Silva"', "ambassador add", ("BR", '"Ana Silva"'), {}),
    ("survey", "survey", (), {}),
    ("report", "report", (), {}),
    ("share", "share", (), {}),
    ("export", "export", (), {}),
    ("audit", "audit", (), {}),
    ("health", "health", (), {}),
    ("rehearse", "rehearse", (), {}),
    ("directors", "directors", (), {}),
    ("help", "help", ("",), {}),
    ("help pairs swap", "help", ("pairs swap",), {}),
    ("status", "status", (), {}),
    ("yes", "yes", (), {}),
    ("Yes!", "yes", (), {}),
    ("no", "no", (), {}),
]

REFUSED = [
    ("", "unknown", ()),  # nothing was typed
    ("hello everybody", "unknown", ()),  # no command is near
    ("quue", "unknown", ("queue",)),  # a slip of the pen
    ("rond open", "unknown", ("round open",)),
    ("round opne", "unknown", ("round open",)),
    ("piars why 17", "unknown", ("pairs why",)),
    ("ambassadro add BR @ana", "unknown", ("ambassador add",)),
    ("round new", "missing", ("round new",)),  # a round needs a name
    ("pairs pin 17", "missing", ("pairs pin",)),  # a pair is two
    ("pairs pin Ana Silva Ben", "two", ("pairs pin",)),  # where does one name end?
    ("case", "missing", ("case",)),  # which one?
    ("case twelve take", "missing", ("case take",)),  # a number is written in figures
    ("people", "missing", ("people",)),
    ("broadcast all", "missing", ("broadcast",)),  # what shall be written?
    ("topics show first", "missing", ("topics show",)),
    ("round new Spring week=12", "option", ("round new",)),  # the option is `weeks`
    ("pairs size=9", "option", ("pairs",)),
    ("round open tomorrow", "missing", ("round open",)),  # dates are given with `round new`
]


@pytest.mark.parametrize(("text", "command", "args", "options"), ACCEPTED)
def test_these_lines_are_commands(
    text: str, command: str, args: tuple[str, ...], options: dict[str, str]
) -> None:
    parsed = parse(text)

    assert (parsed.command, parsed.args, parsed.options, parsed.doubt) == (command, args, options, "")


@pytest.mark.parametrize(("text", "doubt", "nearest"), REFUSED)
def test_these_lines_are_answered_with_help_and_the_nearest_command(
    text: str, doubt: str, nearest: tuple[str, ...]
) -> None:
    parsed = parse(text)

    assert (parsed.command, parsed.doubt, parsed.args) == ("help", doubt, nearest)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_commands_example_is_read_as_that_command(command: Command) -> None:
    assert (parse(command.example).command, parse(command.example).doubt) == (command.name, "")


FOR_BOT = [
    "/queue",
    "/anything at all that begins with a slash is meant for me",
    "queue",
    "Queue",
    "quue",
    "round open",
    "round new Spring 2027 and summer",
    "round new",
    "pairs pin Ana Silva and Ben Li",
    "case 12 done 15 wrote to both of them and to the ambassador",
    "people ana silva",
    "antipode what can you do",
    "please help us @antipode_bot",
    "@antipode_bot queue",
    "broadcast waiting Thank you",
    "broadcast waiting Thank you for your patience, we will write on Friday",
    "help pairs",
]
CHATTER = [
    "",
    "Good morning!",
    "yes",
    "no",
    "ok",
    "I think we should close on Friday",
    "people are asking me when the next round begins",
    "report from Brazil: all is well there",
    "share this with your colleagues, please, everybody",
    "status of the grant application is still not known",
    "the queue is long today",
    "helping each other is what we do here",
    "🎉",
    "/queue@other_bot",
    "@maria round open please",
    "@maria queue",
]


@pytest.mark.parametrize("text", FOR_BOT)
def test_these_lines_in_the_directors_room_are_for_the_bot(text: str) -> None:
    assert is_for_bot(text, ("antipode_bot",))


@pytest.mark.parametrize("text", CHATTER)
def test_these_lines_are_directors_talking_to_each_other(text: str) -> None:
    assert not is_for_bot(text, ("antipode_bot",))
