"""The settings: environment or `.env`, each checked at the start; a wrong one stops it with a sentence."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


class SettingsWrong(ValueError):
    """One or more settings are wrong; the message has a sentence for each."""


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _pace(text: object) -> timedelta:
    if isinstance(text, timedelta):
        return text
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", str(text))
    if not found or float(found[1]) == 0:
        raise ValueError("it is a number and s, m, h or d, for example 7d or 30s")
    return timedelta(seconds=float(found[1]) * _UNITS[found[2]])


def _address(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65535:
        raise ValueError("it is host:port, for example 127.0.0.1:8000")
    return text


def _database(text: str) -> str:
    if not text.startswith(("sqlite://", "postgresql://")):
        raise ValueError("it begins with sqlite:/// or postgresql://")
    return text


def _folder(path: Path | None) -> Path | None:
    if path is not None and not path.is_dir():
        raise ValueError(f"there is no folder {path}")
    return path


class Settings(BaseModel):
    """Every setting of `.env.example`, with its default."""

    model_config = ConfigDict(frozen=True)

    antipode_database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///antipode.db"
    antipode_content: Annotated[Path | None, AfterValidator(_folder)] = None
    antipode_http: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8000"
    antipode_pace: Annotated[timedelta, BeforeValidator(_pace)] = timedelta(days=7)
    antipode_encryption_key: str = ""
    antipode_retention_days: Annotated[int, Field(ge=1, le=36500)] = 365
    telegram_bot_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: str = ""
    telegram_directors_chat: str = ""
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    slack_signing_secret: str = ""
    slack_directors_channel: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    slack_rooms: Literal["group", "channel"] = "group"
    slack_pace_factor: Annotated[float, Field(ge=1)] = 1

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms that are configured."""
        tokens = {"telegram": self.telegram_bot_token, "slack": self.slack_bot_token or self.slack_client_id}
        return frozenset(name for name, token in tokens.items() if token)

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys that seal tokens, the newest first."""
        return tuple(key.strip() for key in self.antipode_encryption_key.split(",") if key.strip())

    @property
    def http(self) -> tuple[str, int]:
        """The web server's host and port."""
        host, _, port = self.antipode_http.rpartition(":")
        return host, int(port)


def load_settings(environment: Mapping[str, str] | None = None, file: Path = Path(".env")) -> Settings:
    """Read the settings: the environment goes before the file.

    Raises SettingsWrong with a sentence for every name that is unknown and every value that is wrong.
    """
    environment = os.environ if environment is None else environment
    written = {name: value or "" for name, value in dotenv_values(file).items()} if file.is_file() else {}
    values = {**written, **environment}
    named = {name.lower(): value for name, value in values.items() if value != ""}
    wrong = [*_unknown(written, ("ANTIPODE_", "TELEGRAM_", "SLACK_")), *_unknown(environment, ("ANTIPODE_",))]
    try:
        settings = Settings.model_validate(
            {name: named[name] for name in Settings.model_fields if name in named}
        )
    except ValidationError as error:
        wrong += [_sentence(str(each["loc"][0]).upper(), each["msg"]) for each in error.errors()]
        raise SettingsWrong("\n".join(wrong)) from None
    wrong += _together(settings)
    if wrong:
        raise SettingsWrong("\n".join(wrong))
    return settings


def _unknown(names: Iterable[str], prefixes: tuple[str, ...]) -> list[str]:
    known = [field.upper() for field in Settings.model_fields]
    strange = [name for name in names if name.startswith(prefixes) and name not in known]
    return [f"{name} is no setting.{_nearest(name, known)}" for name in strange]


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _sentence(name: str, reason: str) -> str:
    return f"{name} is wrong: {reason.removeprefix('Value error, ')}."


def _together(settings: Settings) -> list[str]:
    wrong = []
    if settings.telegram_bot_token and settings.telegram_mode == "webhook":
        if not settings.telegram_webhook_url.startswith("https://"):
            wrong.append("TELEGRAM_WEBHOOK_URL must be an https:// address when TELEGRAM_MODE is webhook.")
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", settings.telegram_webhook_secret):
            wrong.append("TELEGRAM_WEBHOOK_SECRET must be 16 to 256 letters, digits, _ or - in webhook mode.")
    if settings.telegram_bot_token and not re.fullmatch(r"\d+:[\w-]{20,}", settings.telegram_bot_token):
        wrong.append("TELEGRAM_BOT_TOKEN is not a token: BotFather gives 123456789:ABC… (no spaces).")
    return wrong + _of_slack(settings)


def _of_slack(settings: Settings) -> list[str]:
    wrong = []
    for name, start in (("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-")):
        token = getattr(settings, name)
        if token and not re.fullmatch(rf"{start}[\w-]+", token):
            wrong.append(f"{name.upper()} is not such a token: it begins with {start} (no spaces).")
    if "slack" in settings.platforms and not (settings.slack_app_token or settings.slack_signing_secret):
        wrong.append("SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) must be set, too.")
    return wrong + _of_several_workspaces(settings)


def _of_several_workspaces(settings: Settings) -> list[str]:
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret):
        return ["SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both, or none."]
    if not settings.slack_client_id and not settings.encryption_keys:
        return []
    if settings.encryption_keys and all(re.fullmatch(r"[\w-]{43}=", key) for key in settings.encryption_keys):
        return []
    make = "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
    return [f"ANTIPODE_ENCRYPTION_KEY must be one key or several with commas; make one with: {make}"]
