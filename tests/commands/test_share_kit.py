"""The share kit is read from a content file; a file that cannot be read is refused with its name."""

from pathlib import Path

import pytest

from bot.texts.share import Post, ShareKit, read_share_kit


def kit(folder: Path, text: str) -> Path:
    """Write a share kit into a content folder."""
    (folder / "en").mkdir()
    (folder / "en" / "share.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_kit_has_its_posts_in_order_and_its_invitations(tmp_path: Path) -> None:
    text = '[[post]]\nid = "a"\ntitle = "A"\ntext = " Hello "\n[invitations]\npt = "Olá {link}"'

    assert read_share_kit(kit(tmp_path, text)) == ShareKit(
        (Post("a", "A", "short", "Hello"),), {"pt": "Olá {link}"}
    )


def test_a_folder_without_a_kit_has_an_empty_one(tmp_path: Path) -> None:
    assert read_share_kit(tmp_path) == ShareKit()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[post]]\nid = "a"\ntitle = "A"', r"share\.toml: a post lacks 'text'"),
        ('post = "a"', r"share\.toml: posts are \[\[post\]\] tables"),
        ('invitations = "a"', r"share\.toml: posts are \[\[post\]\] tables"),
        ("[[", r"share\.toml"),
    ],
)
def test_a_kit_that_cannot_be_read_is_refused_with_file_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        read_share_kit(kit(tmp_path, text))
