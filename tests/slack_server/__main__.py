"""The server for manual trials: `python -m tests.slack_server --port 8082 --people Ana,Ben`.

Start an app with the settings it prints. Then a line of input is a deed: `ana hello` writes to the bot,
`ana /antipode help` runs a command (`ana #directors /antipode help` in a channel), `ana > Yes` taps, `ana =
Name: Ana` fills a field, `ana !` submits, `ana x` closes the modal, `ana home` opens App Home, `ana ?`
shows what Ana sees, an empty line shows everybody. `--http 8000` delivers by signed HTTP to that port.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from tests.slack_server.channels import Channel
from tests.slack_server.people import Person
from tests.slack_server.server import SlackServer


def show(words: str) -> None:
    """Writes a line."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def look(person: Person, most: int) -> None:
    """Shows what one person sees."""
    show(f"--- {person.name}")
    show("\n".join(person.sees()[-most:]))
    for room in person.rooms:
        show("\n".join([f"-- {', '.join(room.names)}", *room.sees()[-most:]]))
    if person.modal_words:
        show(f"-- modal\n{person.modal_words}")


def obey(line: str, people: dict[str, Person], directors: Channel) -> None:
    """Carries out one line of input."""
    name, _, deed = line.strip().partition(" ")
    person = people.get(name.lower())
    if person is None:
        for one in people.values():
            look(one, 5)
        return
    where = directors if deed.startswith("#") else None
    deed = deed.partition(" ")[2] if where else deed
    if deed == "?":
        look(person, 50)
    elif deed == "home":
        person.opens_home()
        show(person.home)
    elif deed.startswith("/"):
        person.runs(deed, where)
    else:
        act(person, deed, where)


def act(person: Person, deed: str, where: Channel | None) -> None:
    """Carries out a tap, a field, or a plain message."""
    sign, _, rest = deed.partition(" ")
    if sign == ">":
        person.taps(rest, where)
    elif sign == "=":
        label, _, value = rest.partition(": ")
        person.fills(label, value)
    elif sign == "!":
        person.submits()
    elif sign == "x":
        person.closes()
    else:
        person.writes(deed, where)


def run(lines: Iterable[str], port: int, names: list[str], http: int = 0) -> None:
    """Serves until the input ends."""
    with SlackServer().in_thread(port) as server:
        if http:
            server.delivers_to(f"http://127.0.0.1:{http}")
        show(f"SLACK_API_URL={server.base_url} SLACK_BOT_TOKEN={server.bot_token}")
        show(f"SLACK_APP_TOKEN={server.app_token} SLACK_SIGNING_SECRET={server.signing_secret}")
        people = {name.lower(): server.user(name) for name in names}
        directors = server.channel("directors", *people.values())
        show(f"SLACK_DIRECTORS_CHANNEL={directors.id}")
        for line in lines:
            try:
                obey(line, people, directors)
            except AssertionError as error:
                show(f"! {error}")
        for violation in server.violations:
            show(f"! {violation}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.slack_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--people", default="Ana,Ben")
    parser.add_argument("--http", type=int, default=0)
    chosen = parser.parse_args()
    run(sys.stdin, chosen.port, chosen.people.split(","), chosen.http)


if __name__ == "__main__":
    main()
