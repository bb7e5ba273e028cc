"""What somebody wishes of a partner."""

import pytest

from bot.texts.reading import Unclear, Understood, read_wish


READ: list[tuple[str, list[str]]] = [
    ("same sector", ["same_sector"]),
    ("same kind of library", ["same_sector"]),
    ("someone senior", ["senior"]),
    ("I want to meet a student", ["junior"]),
    ("similar to me", ["similar"]),
    ("someone very different", ["different"]),
    ("from Africa", ["continent:AF"]),
    ("Latin America", ["continent:SA"]),
    ("Afirca", ["continent:AF"]),
    ("Brazil", ["country:BR"]),
    ("a Brazilian librarian", ["country:BR"]),
    ("from Nigerria", ["country:NG"]),
    ("someone in a university library", ["sector:academic"]),
    ("a public librarian in Kenya or Uganda", ["sector:public", "country:KE", "country:UG"]),
    ("someone more experienced from Asia", ["senior", "continent:AS"]),
    ("someone from Spain who speaks French", ["country:ES", "language:fr"]),
    ("Spanish speaker", ["language:es"]),
    ("senior in digital preservation", ["senior"]),
    ("open to anyone, but ideally from Africa", ["continent:AF"]),
    ("open to anybody", []),
    ("no preference", []),
    ("anyone", []),
    ("no", []),
    ("egal", []),
    ("another country", []),
]

ASKED_AGAIN = [
    ("from Korea", "Korea", ("country:KR", "country:KP"), (), "there are two"),
    ("Nigera", "Nigera", ("country:NE", "country:NG"), (), "a slip for either"),
    (
        "senior, from Austrlia",
        "Austrlia",
        ("country:AU", "country:AT", "continent:OC"),
        ("senior",),
        "or Australasia",
    ),
    ("not from Europe", "not from Europe", (), (), "what it should not be"),
    ("anybody except Europe", "except Europe", (), (), "what it should not be"),
    ("xyz", "xyz", (), (), "nonsense"),
    ("", "", (), (), "nothing said"),
]


def as_data(wish: str) -> dict[str, str]:
    kind, _, value = wish.partition(":")
    return {"kind": kind, "value": value} if value else {"kind": kind}


@pytest.mark.parametrize(("said", "wishes"), READ)
def test_wishes_are_read(said: str, wishes: list[str]) -> None:
    assert read_wish(said) == Understood([as_data(wish) for wish in wishes])


@pytest.mark.parametrize(("said", "what", "guesses", "kept", "why"), ASKED_AGAIN)
def test_an_unclear_wish_is_asked_again(
    said: str, what: str, guesses: tuple[str, ...], kept: tuple[str, ...], why: str
) -> None:
    assert read_wish(said) == Unclear(what, guesses, kept), why


def test_the_sectors_are_those_of_the_program() -> None:
    sectors = {"ward": ("Hospital ward", "nursing"), "home": ("Home care",)}

    assert read_wish("somebody in home care", sectors) == Understood([{"kind": "sector", "value": "home"}])
    assert read_wish("academic", sectors) == Unclear("academic")
