"""Slack's ids with their workspace in front: an id of Slack's is unique only inside its workspace."""

from typing import NamedTuple


class Place(NamedTuple):
    """A workspace, and an account or a conversation in it ("U…", "C…", "D…")."""

    team: str
    id: str

    def __str__(self) -> str:
        """Give the form in which the core keeps it: "T012/C345"."""
        return f"{self.team}/{self.id}"


def place(text: str) -> Place:
    """Read "T012/C345"; what has no workspace in front gets the workspace ""."""
    team, _, name = text.rpartition("/")
    return Place(team, name)


def team_of(text: str) -> str:
    """Give the workspace of "T012/C345"; "" where there is none."""
    return text.rpartition("/")[0]
