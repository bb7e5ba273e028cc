"""users.*: who is in the workspace, as far as the bot may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tests.slack_server.accounts import Account
from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.teams import Install
from tests.slack_server.world import World


T = TypeVar("T")


def info(world: World, install: Install, p: Json) -> Json:
    """Carries out users.info."""
    del world
    account = find(install, p["user"])
    return {"user": _shown(install, account, locale=p.get("include_locale", False))}


def find(install: Install, user_id: str) -> Account:
    """Gives somebody the bot may see."""
    account = install.team.accounts.get(user_id)
    if account is None:
        raise Refused("user_not_found")
    if not account.visible:
        raise Refused("user_not_visible")
    return account


def _shown(install: Install, account: Account, *, locale: bool) -> Json:
    return account.json(include_locale=locale, email="users:read.email" in install.scopes)


def list_all(world: World, install: Install, p: Json) -> Json:
    """Carries out users.list; deactivated members and bots are among them."""
    del world
    seen = [account for account in install.team.accounts.values() if account.visible]
    page, more = paged(seen, p, most=1000)
    locale = p.get("include_locale", False)
    return {"members": [_shown(install, account, locale=locale) for account in page], "cache_ts": 0} | more


def paged(rows: Sequence[T], p: Json, *, most: int) -> tuple[Sequence[T], Json]:
    """Gives one page and what to ask for next."""
    size = p.get("limit") or most
    if not 0 < size <= most:
        raise broken("invalid_limit", f"limit {size} is not within 1 and {most}")
    start = _position(p.get("cursor") or "")
    after = start + size
    cursor = f"next:{after}" if after < len(rows) else ""
    return rows[start:after], {"response_metadata": {"next_cursor": cursor}}


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    number = cursor.removeprefix("next:")
    if not cursor.startswith("next:") or not number.isdigit():
        raise broken("invalid_cursor", f"cursor {cursor!r} was never given out")
    return int(number)


def by_email(world: World, install: Install, p: Json) -> Json:
    """Carries out users.lookupByEmail."""
    del world
    for account in install.team.accounts.values():
        if account.email == p["email"] and not account.deleted and account.visible:
            return {"user": _shown(install, account, locale=False)}
    raise Refused("users_not_found")


def profile(world: World, install: Install, p: Json) -> Json:
    """Carries out users.profile.get."""
    del world
    return {"profile": find(install, p.get("user") or install.team.bot.id).profile(email=False)}
