"""Every directors' command, one row each; the order is the order in which they are tried and shown."""

from bot.commands import helps, rounds
from bot.commands.command import Command


def _need(*parts: str) -> frozenset[str]:
    return frozenset(parts)


_ROWS = (
    Command(
        "round new NAME",
        "round new Spring 2027 opens=2027-01-15 closes=2027-02-12 starts=2027-03-01",
        "round",
        rounds.new,
        parts=_need("rounds"),
        options=("weeks", "opens", "closes", "starts", "cap"),
    ),
    Command("round open", "round open", "round", rounds.open_, parts=_need("rounds")),
    Command("round close", "round close", "round", rounds.close, parts=_need("rounds")),
    Command("help [COMMAND]", "help pairs swap", "machine", helps.helps),
)

COMMANDS: dict[str, Command] = {row.name: row for row in _ROWS}
