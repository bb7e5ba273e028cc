"""The meaning of answers and their words."""

import pytest

from bot.answers import Span, kept, merged, spans, told
from bot.model import Person
from bot.texts.names import clock, country_name, full_date, language_name, own_name
from bot.wording import hours_in_words, in_words, shown_to_partner
from tests.conversations.stage import BEN, NOW, program


def test_only_ticked_fields_reach_the_partner() -> None:
    """In the reader's words; what is empty is left out."""
    assert shown_to_partner(BEN, "en", program()) == [
        ("Country", "India"),
        ("About me", "I like *stars* [and](https://links.example)"),
    ]
    assert shown_to_partner(Person(1, "telegram", "1", profile={"country": "IN"}), "en", program()) == []
    assert shown_to_partner(BEN, "en", program(), {"share": ["name", "country", "zone"], "zone": "x"}) == []


def test_answers_of_another_shape_count_as_none() -> None:
    """Whatever an old version or a director's file left there."""
    broken: dict[str, object] = {
        "name": 5,
        "languages": "en",
        "years": True,
        "hours": ["Mo99", "We07+2", 4],
        "wishes": ["x"],
        "share": None,
    }

    answers = told(broken)

    assert (answers.name, answers.languages, answers.years, answers.wishes) == ("", (), None, ())
    assert answers.hours == (Span(2, 7, 2),)
    assert str(answers.hours[0]) == "We07+2"


def test_what_belongs_to_the_walk_is_not_kept() -> None:
    """Keys with a tilde stay behind."""
    assert kept({"name": "Ana", "~told": "check"}) == {"name": "Ana"}


def test_hours_that_touch_are_one_and_days_alike_go_together() -> None:
    """As people would say it."""
    hours = spans(["Mo09+3", "Mo12+2", "Tu09+5", "We09+5", "Sa18+6", "Su18+6"])

    assert merged(hours)[0] == Span(0, 9, 5)
    assert hours_in_words(hours, "en") == "Mon–Wed 9–14, Sat Sun 18–24"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"about": "continent", "value": "AF"}, "From Africa"),
        ({"about": "country", "value": "BR"}, "from Brazil"),
        ({"about": "language", "value": "fr"}, "speaks French"),
        ({"about": "interest", "value": "archives"}, "interested in Archives"),
        ({"about": "sector", "value": "law"}, "Law library"),
        ({"about": "experience", "value": "similar"}, "similar experience"),
        ({"about": "region", "value": "southern-asia"}, "from southern-asia"),
        ({"about": "other", "value": "thing"}, "thing"),
    ],
)
def test_every_kind_of_wish_has_words(wish: dict[str, str], words: str) -> None:
    """The option's label, or a few words of the texts."""
    question = next(one for one in program().questions("application", "en") if one.id == "wishes")

    assert in_words(question, [wish], "en", program()) == words


def test_names_are_in_the_persons_language() -> None:
    """From the Unicode CLDR; what is no code stands for itself."""
    assert (country_name("BR", "pt-br"), country_name("??")) == ("Brasil", "??")
    assert (language_name("de", "fr"), language_name("pt-br"), own_name("es")) == (
        "allemand",
        "Brazilian Portuguese",
        "Español",
    )
    assert (full_date(NOW.date()), full_date(NOW.date(), "de")) == ("9 January 2027", "9. Januar 2027")
    assert (clock(NOW), clock(NOW, "xx")) == ("Sat 17:05", "Sat 17:05")
