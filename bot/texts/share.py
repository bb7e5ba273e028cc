"""The share kit: texts to post, and an invitation in many languages, from `<language>/share.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.texts.catalogue import read_toml


@dataclass(frozen=True, slots=True)
class Post:
    """One text to post, with the places {program}, {closes} and {link}."""

    id: str
    title: str
    #: "short", "medium" or "email".
    kind: str
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ShareKit:
    """All posts in their order, and the invitations by language with the places {country} and {link}."""

    posts: tuple[Post, ...] = ()
    invitations: Mapping[str, str] = field(default_factory=dict)


def read_share_kit(folder: Path) -> ShareKit:
    """Read `<folder>/en/share.toml`, empty where there is none; raises ValueError with file and reason."""
    file = folder / "en" / "share.toml"
    if not file.exists():
        return ShareKit()
    found = read_toml(file)
    posts, invitations = found.get("post", []), found.get("invitations", {})
    if not isinstance(posts, list) or not isinstance(invitations, Mapping):
        raise ValueError(f"{file}: posts are [[post]] tables, invitations one table.")
    try:
        return ShareKit(
            tuple(_post(post) for post in posts), {code: str(text) for code, text in invitations.items()}
        )
    except KeyError as missing:
        raise ValueError(f"{file}: a post lacks {missing}.") from missing


def _post(post: Mapping[str, object]) -> Post:
    return Post(
        id=str(post["id"]),
        title=str(post["title"]),
        kind=str(post.get("kind", "short")),
        text=str(post["text"]).strip(),
        subject=str(post.get("subject", "")),
    )
