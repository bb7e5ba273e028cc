"""The notices people agree to: the privacy notice and the code of conduct, each with its version.

A notice is `<language>/privacy.md` or `conduct.md`: its first line is `version: …`; what stands under the
line `## Short` is a shorter form of it (the house rules of a room).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


NOTICES = ("privacy", "conduct")
_SHORT = "## Short"


@dataclass(frozen=True, slots=True)
class Notice:
    """A text people agree to, in the bot's markup."""

    version: str
    text: str
    short: str = ""


def read_notices(folder: Path) -> dict[str, dict[str, Notice]]:
    """Read the notices of every language, by name and language; raises ValueError with file and reason."""
    found: dict[str, dict[str, Notice]] = {}
    for name in NOTICES:
        for file in sorted(folder.glob(f"*/{name}.md")):
            found.setdefault(name, {})[file.parent.name.lower()] = _notice(file)
    return found


def merge_notices(
    below: Mapping[str, Mapping[str, Notice]], above: Mapping[str, Mapping[str, Notice]]
) -> dict[str, dict[str, Notice]]:
    """Give the notices of two folders, the second one's going first."""
    return {name: {**below.get(name, {}), **above.get(name, {})} for name in NOTICES}


def _notice(file: Path) -> Notice:
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    if not first.startswith("version:"):
        raise ValueError(
            f'{file}: the first line says "version: …", so that people are asked anew when it changes.'
        )
    text, _, short = rest.partition(_SHORT)
    return Notice(first.removeprefix("version:").strip(), text.strip(), short.strip())
