"""One answer of several, and several of them."""

import pytest

from bot.texts.reading import Unclear, Understood, read_choice, read_choices


SECTORS = {
    "public": ("Public library", "municipal library", "city library"),
    "academic": ("Academic library", "university library", "college"),
    "school": ("School library", "teacher-librarian"),
    "archives": ("Archive", "archives", "records"),
    "museum": ("Museum",),
    "student": ("Student of library science", "studying", "student"),
}
INTERESTS = {
    "digital-preservation": ("Digital preservation",),
    "open-access": ("Open access", "OA"),
    "marketing": ("Marketing", "promotion, outreach"),
    "rare-books": ("Rare books",),
    "instruction": ("Information literacy and instruction",),
}

CHOSEN = [
    ("Public library", "public"),
    ("municipal library", "public"),
    ("public", "public"),
    ("I work in a public library", "public"),
    ("academic not public", "academic"),
    ("I'm a student", "student"),
    ("2", "academic"),
    ("#3", "school"),
    ("3.", "school"),
    ("2️⃣", "academic"),
    ("٢", "academic"),
    ("number two", "academic"),
    ("the second one", "academic"),
    ("museam", "museum"),
    ("univeristy library", "academic"),
    ("acadmic", "academic"),
]

NOT_CHOSEN = [
    ("library", ("public", "academic", "school", "student"), "in several labels"),
    ("public or academic", ("public", "academic"), "two were named"),
    ("not public", ("public",), "denied"),
    ("9", (), "there are six"),
    ("xyz", (), "nonsense"),
    ("", ("public", "academic", "school", "archives", "museum"), "nothing said: the first five"),
]

SEVERAL = [
    ("digital preservation, open access and 3", ["digital-preservation", "open-access", "marketing"]),
    ("1-3", ["digital-preservation", "open-access", "marketing"]),
    ("1 2 5", ["digital-preservation", "open-access", "instruction"]),
    ("open acces", ["open-access"]),
    ("information literacy and instruction", ["instruction"]),
    ("promotion, outreach", ["marketing"]),
    ("literacy", ["instruction"]),
    ("not marketing but rare books", ["rare-books"]),
    ("rare books because I love it", ["rare-books"]),
    ("rare books, which everybody around here knows quite well", ["rare-books"]),
    ("- rare books\n- open access", ["rare-books", "open-access"]),
    ("all", list(INTERESTS)),
    ("none", []),
]

ADDED = [
    ("open acces and blarg", ["open-access", "own:blarg"]),
    ("I'm also into medieval manuscripts", ["own:medieval manuscripts"]),
    ("knitting & open access", ["own:knitting", "open-access"]),
    ("marketing, " + "x" * 100, ["marketing", "own:" + "x" * 60]),
    ("rare  books\n* fair  trade", ["rare-books", "own:fair trade"]),
]

NOT_SEVERAL = [
    ("open access and blarg", "blarg", (), ("open-access",), "the rest need not be said again"),
    ("marketting and blarg", "blarg", (), ("marketing",), "a slip is forgiven"),
    ("rare", "rare", ("rare-books", "rarities"), (), "two have the word"),
    ("1, 12", "12", (), ("digital-preservation",), "there are not so many"),
    ("😀", "😀", (), (), "a picture"),
    ("", "", (), (), "nothing said"),
]


@pytest.mark.parametrize(("said", "chosen"), CHOSEN)
def test_a_choice_is_read(said: str, chosen: str) -> None:
    assert read_choice(said, SECTORS) == Understood(chosen)


@pytest.mark.parametrize(("said", "guesses", "why"), NOT_CHOSEN)
def test_an_unclear_choice_is_asked_again(said: str, guesses: tuple[str, ...], why: str) -> None:
    assert read_choice(said, SECTORS) == Unclear(said, guesses), why


@pytest.mark.parametrize(("said", "chosen"), SEVERAL)
def test_several_choices_are_read_in_their_order(said: str, chosen: list[str]) -> None:
    assert read_choices(said, INTERESTS) == Understood(chosen)


@pytest.mark.parametrize(("said", "chosen"), ADDED)
def test_own_words_are_kept_where_they_may_be_added(said: str, chosen: list[str]) -> None:
    assert read_choices(said, INTERESTS, own=True) == Understood(chosen)


@pytest.mark.parametrize(("said", "what", "guesses", "kept", "why"), NOT_SEVERAL)
def test_unclear_choices_are_asked_again(
    said: str, what: str, guesses: tuple[str, ...], kept: tuple[str, ...], why: str
) -> None:
    options = INTERESTS | {"rarities": ("Rare finds",)}

    assert read_choices(said, options) == Unclear(what, guesses, kept), why


def test_a_number_that_is_no_option_is_not_kept_as_own_words() -> None:
    assert read_choices("12", INTERESTS, own=True) == Unclear("12")


def test_no_options_give_no_choice() -> None:
    assert read_choice("anything", {}) == Unclear("anything")
    assert read_choices("anything", {}) == Unclear("anything")
