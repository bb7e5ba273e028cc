"""A strict stand-in for Telegram's Bot API servers."""

from tests.telegram_server.clients import library
from tests.telegram_server.doors import LinkIsDead
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.groups import Group
from tests.telegram_server.limits import Limits
from tests.telegram_server.people import Person
from tests.telegram_server.picker import Client
from tests.telegram_server.server import TelegramServer


__all__ = [
    "Client",
    "Fault",
    "Faults",
    "Group",
    "Limits",
    "LinkIsDead",
    "Person",
    "TelegramServer",
    "library",
]
