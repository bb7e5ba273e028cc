"""The server for manual trials: `python -m tests.telegram_server --port 8081 --people Ana,Ben`.

Point a bot at the address it prints. Then a line of input is a deed: `ana /start` writes, `ana > Yes` taps,
`ana + Ana and Ben` makes a group in the picker, `ana ?` shows what Ana sees, an empty line shows everybody.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from tests.telegram_server.people import Person
from tests.telegram_server.server import TelegramServer


def show(words: str) -> None:
    """Writes a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def obey(line: str, people: dict[str, Person]) -> None:
    """Carries out one line of input."""
    name, _, deed = line.strip().partition(" ")
    person = people.get(name.lower())
    if person is None:
        for one in people.values():
            show(f"--- {one.name}")
            show("\n".join(one.sees()[-5:]))
    elif deed == "?":
        show("\n".join(person.sees()))
    elif deed.startswith("> "):
        person.tap(deed[2:])
    elif deed.startswith("+ "):
        person.shares_new_group(deed[2:])
    elif deed.startswith("https://"):
        person.opens(deed)
    else:
        person.say(deed)


def run(lines: Iterable[str], port: int, names: list[str]) -> None:
    """Serves until the input ends."""
    with TelegramServer().in_thread(port) as server:
        show(f"base_url={server.base_url} token={server.token}")
        people = {name.lower(): server.user(name) for name in names}
        for line in lines:
            try:
                obey(line, people)
            except AssertionError as error:
                show(f"! {error}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--people", default="Ana,Ben")
    chosen = parser.parse_args()
    run(sys.stdin, chosen.port, chosen.people.split(","))


if __name__ == "__main__":
    main()
