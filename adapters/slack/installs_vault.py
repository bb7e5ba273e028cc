"""Seals tokens, so that who reads the database or a backup of it cannot use them.

Several keys may be given: the first seals, all of them open. So a key is changed by putting a new one in
front; at the next start everything is sealed anew, and the old key can go.
"""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(ValueError):
    """What was sealed cannot be opened with the keys of ANTIPODE_ENCRYPTION_KEY."""


class Vault:
    """Seals and opens texts."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, the newest first; raises ValueError for one that is none."""
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """Give the text so that only `open` can read it."""
        return self._keys.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Give back what was sealed; raises SealBroken."""
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken("ANTIPODE_ENCRYPTION_KEY is not the key of what is in the database.") from None

    def anew(self, sealed: str) -> str:
        """Give the same, sealed with the newest key; raises SealBroken."""
        return self.seal(self.open(sealed))

    def lasts(self, sealed: str, seconds: int) -> str:
        """Give back what was sealed in the last `seconds`; raises SealBroken when it was longer ago."""
        try:
            return self._keys.decrypt(sealed.encode(), ttl=seconds).decode()
        except InvalidToken:
            raise SealBroken("It is older than that, or not of ours.") from None
