"""Updates that could not be handled, as operators may keep them: their shape without what people wrote."""

import json
from typing import Any


#: Texts that name a kind of thing and no person.
_KEPT = frozenset({"type", "status"})


def scrubbed(update: Any) -> str:
    """Give the update as JSON with every text taken out: keys, numbers and kinds stay."""
    return json.dumps(_scrub(update, ""), ensure_ascii=True)[:20_000]


def _scrub(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {str(name): _scrub(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrub(inner, key) for inner in value]
    if isinstance(value, str):
        return value if key in _KEPT else "…"
    return value
