"""A content folder of a program's own: the application with fewer questions, for a short round."""

from pathlib import Path


BUILT_IN = Path(__file__).parents[2] / "bot" / "content" / "en" / "application.toml"
#: What nobody can do without.
ASKED = ("privacy", "conduct", "name", "country", "zone", "languages", "interests", "hours", "share")


def shorter(folder: Path) -> Path:
    """Write a content folder that asks only some of the built-in questions; gives it."""
    head, *blocks = BUILT_IN.read_text(encoding="utf-8").split("[[question]]\n")
    kept = [block for block in blocks if block.splitlines()[0].removeprefix("id = ").strip('"') in ASKED]
    words = folder / "content" / "en"
    words.mkdir(parents=True)
    text = "[[question]]\n".join([head, *kept])
    (words / "application.toml").write_text(text, encoding="utf-8")
    return folder / "content"
