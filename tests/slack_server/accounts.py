"""People and bots of a workspace, as `users.info` and `user_change` show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.slack_server.errors import Json


@dataclass(eq=False, repr=False)
class Account:
    """A member of a workspace; `home` is the workspace the account belongs to."""

    id: str
    home: str
    name: str
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    email: str = ""
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False
    ultra_restricted: bool = False
    stranger: bool = False
    invited: bool = False
    admin: bool = False
    visible: bool = True
    bot_id: str = ""
    title: str = ""
    updated: int = 0

    @property
    def handle(self) -> str:
        """Gives the old-style lower-case name."""
        return self.name.lower().replace(" ", ".")

    @property
    def offset(self) -> int:
        """Gives the seconds east of UTC now."""
        zone = ZoneInfo(self.tz)
        return int((datetime.now(UTC).astimezone(zone).utcoffset() or _ZERO).total_seconds())

    def json(self, *, include_locale: bool = False, email: bool = False) -> Json:
        """Gives the user object; an external person shows less, and never a locale."""
        known: Json = {"id": self.id, "team_id": self.home, "name": self.handle, "deleted": self.deleted}
        if self.deleted:  # what a deactivated account still shows
            return known | {
                "profile": self.profile(email=False),
                "is_bot": self.is_bot,
                "updated": self.updated,
            }
        known |= {
            "color": "9f69e7",
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": self.tz.rpartition("/")[2].replace("_", " "),
            "tz_offset": self.offset,
            "profile": self.profile(email=email),
            "is_admin": self.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.restricted or self.ultra_restricted,
            "is_ultra_restricted": self.ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
            "is_email_confirmed": not self.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
        if self.stranger:
            return known | {"is_stranger": True}
        if self.invited:
            known["is_invited_user"] = True
        return known | ({"locale": self.locale} if include_locale else {})

    def profile(self, *, email: bool) -> Json:
        """Gives the profile; the address only with the scope users:read.email."""
        profile: Json = {
            "title": self.title,
            "phone": "",
            "skype": "",
            "real_name": self.name,
            "real_name_normalized": self.name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": "",
            "status_emoji": "",
            "team": self.home,
        }
        if self.is_bot:
            profile |= {"bot_id": self.bot_id, "api_app_id": ""}
        return profile | ({"email": self.email} if email and self.email else {})


_ZERO = timedelta(0)
