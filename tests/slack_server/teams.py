"""A workspace and the app's install in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.slack_server.accounts import Account


@dataclass(eq=False, repr=False)
class Team:
    """A workspace; `bot` is the app's user there."""

    id: str
    name: str
    domain: str
    bot: Account
    accounts: dict[str, Account] = field(default_factory=dict)
    install: Install | None = None
    creation_restricted: bool = False

    @property
    def installed(self) -> bool:
        """Tells whether the app is installed here and alive."""
        return self.install is not None and not self.install.dead


@dataclass(eq=False, repr=False)
class Install:
    """The app in one workspace: its bot token, what it may do, and why it may no longer."""

    team: Team
    token: str
    scopes: frozenset[str]
    dead: str = ""
    expires: float | None = None
    refresh: str = ""
