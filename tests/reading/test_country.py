"""Where somebody lives, as people write it."""

import pytest
from babel import Locale

from bot.texts.reading import Unclear, Understood, read_country
from bot.texts.reading.country import codes_of
from bot.texts.reading.places import countries


LANGUAGES = "en es fr de pt it ru ar hi zh ja ko tr vi id fa sw th pl el"

# fmt: off
READ = [
    # names in their own and in other languages
    ("Brasil", "BR"), ("Deutschland", "DE"), ("日本", "JP"), ("مصر", "EG"), ("Россия", "RU"),
    ("Polónia", "PL"),
    ("Côte d’Ivoire", "CI"), ("Cote d'Ivoire", "CI"), ("한국에 살아요", "KR"), ("日本に住んでいます", "JP"),
    ("в России", "RU"),
    # short and common forms
    ("the Philippines", "PH"), ("UK", "GB"), ("U.S.", "US"), ("USA", "US"), ("Holland", "NL"),
    ("England", "GB"),
    ("Scotland", "GB"), ("Ivory Coast", "CI"), ("Georgia", "GE"), ("Tbilisi, Georgia", "GE"),
    ("I'm from US", "US"),
    ("i live in the us", "US"), ("DR Congo", "CD"), ("Republic of Korea", "KR"), ("Kosovo", "XK"),
    # parts of countries, and names inside names
    ("California", "US"), ("New Mexico", "US"), ("Atlanta, Georgia", "US"), ("Papua New Guinea", "PG"),
    ("Northern Ireland", "GB"),
    # pictures and codes
    ("🇰🇪", "KE"), ("Zimbabwe 🇿🇼", "ZW"),
    ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "GB"),
    ("DE", "DE"), ("de", "DE"), ("deu", "DE"), ("US", "US"), ("KE", "KE"),
    # in a sentence
    ("I live in Kenya now", "KE"), ("not in France but Belgium", "BE"), ("Kenya, Africa", "KE"),
    ("I'm Kenyan", "KE"),
    ("I'm a Brazilian living in Portugal", "PT"),
    # slips of the pen
    ("Phillipines", "PH"), ("Argentinia", "AR"), ("Germny", "DE"), ("Isreal", "IL"), ("Untied States", "US"),
    ("Untied kingdom", "GB"), ("Swizerland", "CH"), ("Netherland", "NL"), ("Columbia", "CO"),
    # close names written without a slip
    ("Niger", "NE"), ("Nigeria", "NG"), ("Austria", "AT"), ("Iraq", "IQ"), ("Mali", "ML"), ("Guinea", "GN"),
    ("Dominica", "DM"), ("Dominican Republic", "DO"), ("Slovenia", "SI"), ("Slovakia", "SK"),
    ("Malawi", "MW"),
]

ASKED_AGAIN = [
    # what is said, what was not understood, what is offered, why
    ("Korea", "Korea", ("KR", "KP"), "there are two"),
    ("I am in Congo", "Congo", ("CD", "CG"), "there are two"),
    ("Guiné", "Guiné", ("GN", "GW"), "Portuguese uses it of both"),
    ("Dominican", "Dominican", ("DM", "DO"), "a citizen of either"),
    ("from Peru but living in Spain", "from Peru but living in Spain", ("ES", "PE"),
     "where one lives comes first"),
    ("🇫🇷🇩🇪", "🇫🇷🇩🇪", ("FR", "DE"), "two flags"),
    ("no", "no", ("NO",), "a word"), ("NO", "NO", ("NO",), "a word, shouted"),
    ("in", "in", ("IN",), "a word"),
    ("us", "us", ("US",), "a word"), ("it", "it", ("IT",), "a word"), ("me", "me", ("ME",), "a word"),
    ("Nigera", "Nigera", ("NE", "NG"), "a slip for either"),
    ("Iraan", "Iraan", ("IR", "IQ"), "a slip for either"),
    ("Austrlia", "Austrlia", ("AU", "AT"), "a slip for either"),
    ("Slovekia", "Slovekia", ("SK", "SI"), "either"),
    ("Malwi", "Malwi", ("MW", "ML", "MT"), "a slip for any"),
    ("Nairobi", "Nairobi", ("KE",), "a city is not a country"),
    ("Melbourne", "Melbourne", ("AU", "US"), "a city of two countries"),
    ("Granada", "Granada", ("GD", "ES"), "Grenada in Spanish, and a city"),
    ("Marroco", "Marroco", ("MA",), "nearly its name in another language"),
    ("South America", "South America", (), "a continent has no country in its name"),
    ("not Kenya", "not Kenya", ("KE",), "denied"),
    ("I live on an island", "on an island", ("FI", "IS", "IE", "PL"),
     "Iceland is Island only where it stands alone"),
    ("asdfgh", "asdfgh", (), "nonsense"), ("😀", "😀", (), "a picture"), ("...", "...", (), "nothing said"),
    ("", "", (), "nothing said"),
]
# fmt: on


@pytest.mark.parametrize(("said", "code"), READ)
def test_a_country_is_read(said: str, code: str) -> None:
    assert read_country(said) == Understood(code)


@pytest.mark.parametrize(("said", "what", "guesses", "why"), ASKED_AGAIN)
def test_an_unclear_country_is_asked_again(said: str, what: str, guesses: tuple[str, ...], why: str) -> None:
    assert read_country(said) == Unclear(what, guesses), why


#: Several places have the name: Congo, Guinea, Granada, Guadalupe, Saint-Martin, Salvador.
MOST_ASKED_AGAIN = 3


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_every_country_is_known_by_its_name_in_a_language(language: str) -> None:
    names = Locale.parse(language).territories

    wrong = {
        names[code]: read
        for code in countries()
        if (read := read_country(names[code], (language,))) != Understood(code)
    }

    unclear = {name: read.guesses for name, read in wrong.items() if isinstance(read, Unclear)}
    assert set(unclear) == set(wrong)
    assert all(code in unclear[names[code]] for code in countries() if names[code] in unclear)
    assert len(unclear) <= MOST_ASKED_AGAIN


def test_long_talk_is_not_searched_for_slips() -> None:
    talk = " ".join(["elsewhere"] * 20)

    assert read_country(f"we are {talk}") == Unclear(talk)


def test_slips_are_forgiven_in_the_language_that_is_spoken() -> None:
    """Alemania is Germany in Spanish."""
    assert read_country("Alemannia", ("es",)) == Understood("DE")
    assert read_country("Alemannia", ("en",)) != Understood("DE")


def test_a_vietnamese_name_that_is_a_code_elsewhere_is_a_name() -> None:
    assert read_country("Nga", ("vi",)) == Understood("RU")
    assert read_country("NGA", ("en",)) == Understood("NG")


def test_a_name_that_is_easily_another_word_is_no_country_of_a_wish() -> None:
    assert codes_of("island") is None
    assert codes_of("kenya") == ("KE",)
