"""Which languages somebody speaks, as they list them."""

import pytest
from babel import Locale

from bot.texts.reading import Unclear, Understood, read_languages


LANGUAGES = "en es fr de pt it ru ar hi zh ja ko tr vi id fa sw th hu el"

# fmt: off
READ = [
    ("Spanish and a little French", ["es", "fr"], ("fr",)), ("english, português", ["en", "pt"], ()),
    ("Español, inglés", ["es", "en"], ()), ("Mandarin", ["zh"], ()), ("Chinese", ["zh"], ()),
    ("Cantonese", ["zh"], ()),
    ("Farsi", ["fa"], ()), ("Filipino/Tagalog", ["tl"], ()), ("none but English", ["en"], ()),
    ("English only", ["en"], ()),
    ("I speak German fluently, some Italian", ["de", "it"], ("it",)), ("Cebuano, English", ["ceb", "en"], ()),
    ("English (native), German (B2), Italian (A1)", ["en", "de", "it"], ("it",)), ("Norwegian", ["no"], ()),
    ("Deutsch, Englisch und etwas Französisch", ["de", "en", "fr"], ("fr",)),
    ("engels en nederlands", ["en", "nl"], ()),
    ("日本語と英語", ["ja", "en"], ()), ("한국어, 영어", ["ko", "en"], ()), ("हिन्दी", ["hi"], ()),
    ("ภาษาไทย", ["th"], ()),
    ("العربية والإنجليزية", ["ar", "en"], ()), ("Русский, английский", ["ru", "en"], ()),
    ("Arabic\nEnglish", ["ar", "en"], ()),
    ("kiswahili na kiingereza", ["sw", "en"], ()), ("Swiss German", ["de"], ()),
    ("Hindi English Tamil", ["hi", "en", "ta"], ()),
    ("English & basic Arabic", ["en", "ar"], ("ar",)),
    # denied
    ("English but not French or German", ["en"], ()), ("not only English but also French", ["en", "fr"], ()),
    # talk around it
    ("English, and I would love to practise it", ["en"], ()), ("English, of course!", ["en"], ()),
    ("fluent in english and can hold a conversation in urdu", ["en", "ur"], ()),
    # codes
    ("en, pt", ["en", "pt"], ()), ("EN/FR/ES", ["en", "fr", "es"], ()), ("IT", ["it"], ()),
    ("yue", ["zh"], ()),
    ("de, Swahili", ["de", "sw"], ()),
    # slips
    ("Frensh", ["fr"], ()), ("Portugese and Spannish", ["pt", "es"], ()),
]

ASKED_AGAIN = [
    ("English, Blarg", "Blarg", (), ("en",), "only the unknown part is asked about"),
    ("a little Blarg, English", "Blarg", (), ("en",), "a little of something unknown"),
    ("I speak Blarg", "Blarg", (), (), "nothing known"),
    ("Slovakian", "Slovakian", ("sl", "sk"), (), "a slip for either"),
    ("not French", "not French", (), (), "nothing left"),
    ("I don't speak French", "I don't speak French", (), (), "denied"),
    ("no", "no", ("no",), (), "a word as well as Norwegian"), ("it", "it", ("it",), (), "a word"),
    ("one that nobody in this town has ever heard of", "one that nobody in this town has ever heard of", (),
    (), "talk"),
    ("😀", "😀", (), (), "a picture"), ("", "", (), (), "nothing said"),
]
# fmt: on


@pytest.mark.parametrize(("said", "codes", "weak"), READ)
def test_languages_are_read_in_their_order(said: str, codes: list[str], weak: tuple[str, ...]) -> None:
    assert read_languages(said, "en") == Understood(codes, weak)


@pytest.mark.parametrize(("said", "what", "guesses", "kept", "why"), ASKED_AGAIN)
def test_unclear_languages_are_asked_again(
    said: str, what: str, guesses: tuple[str, ...], kept: tuple[str, ...], why: str
) -> None:
    assert read_languages(said, "en") == Unclear(what, guesses, kept), why


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_the_large_languages_are_known_by_their_names_in_a_language(language: str) -> None:
    names = Locale.parse(language).languages
    large = LANGUAGES.split()

    read = {code: read_languages(names[code], language) for code in large}

    assert read == {code: Understood([code]) for code in large}


def test_a_list_that_was_given_may_be_changed_by_whoever_asked() -> None:
    first = read_languages("English", "en")
    assert isinstance(first, Understood)
    assert isinstance(first.value, list)
    first.value.clear()

    assert read_languages("English", "en") == Understood(["en"])
