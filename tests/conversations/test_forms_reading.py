"""Pages of forms: every question has its place, and what cannot be read is said at its field."""

from datetime import date

import pytest

from bot.conversations.forms import pages_of
from bot.conversations.forms_reading import errors
from tests.conversations.stage import program


TODAY = date(2027, 1, 9)


def wrong(**values: tuple[str, ...]) -> dict[str, str]:
    """Give what is said at the fields of such a page."""
    given = {name.replace("__own", "+"): value for name, value in values.items()}
    return dict(errors("application", given, program(), language="en", today=TODAY))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"country": ("Atlantis",)}, {"country": "I do not know a country called “Atlantis”."}),
        ({"zone": ("Nowhereville",)}, {"zone": "I could not find “Nowhereville”."}),
        ({"name": ("",)}, {"name": "I need this answer."}),
        ({"privacy": ()}, {"privacy": "Please answer with yes or no"}),
        ({"years": ("many",)}, {"years": "I could not read a number in “many”."}),
        ({"sector": ("circus",)}, {"sector": "I did not understand “circus”."}),
        ({"goals": (), "goals__own": ("",)}, {"goals": "Please choose at least one"}),
        ({"hours": (), "hours__own": ("blue fish",)}, {"hours+": "I did not understand “blue fish”."}),
        ({"goals": ("friendship", "~page2", "x=y")}, {}),
        (
            {"languages": ("en", "es", "fr", "pt", "ar", "ru", "zh", "hi", "de")},
            {"languages": "Please choose at most 8."},
        ),
        ({"years": ()}, {}),
        ({"share": ()}, {}),
        ({"wishes": ("country=KE",), "wishes__own": ("from Africa",)}, {}),
        ({"nothing-of-ours": ("x",)}, {}),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    values: dict[str, tuple[str, ...]], said: dict[str, str]
) -> None:
    """By the reader of the conversation and in its words, without markup."""
    found = wrong(**values)

    assert found.keys() == said.keys()
    assert all(found[name].startswith(words) and "*" not in found[name] for name, words in said.items())


def test_a_city_is_read_with_the_country_of_the_same_page_or_of_before() -> None:
    """There is a Santiago in many countries."""
    city = {"zone": ("Santiago",)}

    there = wrong(country=("Chile",), **city)
    before = errors("application", city, program(), language="en", today=TODAY, country="CL")

    assert (there, before) == ({}, {})


def test_another_form_has_no_errors() -> None:
    """What is none of ours is answered by the rule."""
    assert errors("lottery", {"name": ()}, program(), language="en", today=TODAY) == {}


def test_every_question_has_its_place_on_a_page() -> None:
    """In order; no page without a question; consents apart."""
    for name in ("application", "survey-mid", "survey-end"):
        table = program().questions(name, "en")
        pages = pages_of(table)

        assert tuple(one for page in pages for one in page) == table
        assert all(len({one.kind == "consent" for one in page}) == 1 for page in pages)
