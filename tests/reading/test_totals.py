"""Whatever is typed: every reader gives an answer, and quotes no more than was said."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.reading import Unclear, Understood, nearest
from tests.reading.answers import HOSTILE, READERS


WORDS = """
I live in Kenya Korea Guinea USA no it us Melbourne UTC +3 -5:30 EST Europe/Berlin a little French
not English and or , ; . Mon Tue-Thu weekdays evening after
before 7pm 18:30 9-5 except between to from Mo09+2 2 3. 99 #5 31
February 01/02/2027 next Friday two weeks since 2015
years anyone Africa similar public 👍 🇰🇪 日本 مصر Z̷̡̢ \u202e \x00 … '' (((
北京 한국 ไทย हिन्दी ½ ² Ⅷ ٣
"""
anything = st.text(max_size=80) | st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


def quoted(text: str) -> str:
    return unicodedata.normalize("NFC", text[:600])


def check(name: str, text: str) -> None:
    """Check that there is an answer, which quotes no more than was said and guesses at most five."""
    read = READERS[name](text)

    assert isinstance(read, Understood | Unclear)
    if isinstance(read, Unclear) and name != "line":
        assert read.what in quoted(text)
        assert len(read.guesses) <= 5


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(text=anything)
def test_every_text_has_an_answer(name: str, text: str) -> None:
    check(name, text)


@pytest.mark.parametrize("name", READERS)
def test_the_same_text_has_the_same_answer_whatever_was_read_before(name: str) -> None:
    texts = ("Korea", "weekday evenings", "English, Blarg", "1-3", "next Friday", "2", "")

    first = {text: READERS[name](text) for text in texts}
    again = {text: READERS[name](text) for text in reversed(texts)}

    assert again == first


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("case", HOSTILE)
def test_the_hardest_texts_have_an_answer(name: str, case: str) -> None:
    """5,000 characters of each kind; how long that takes, `benchmarks/reading_cost.py` measures."""
    check(name, HOSTILE[case])


@settings(max_examples=60, deadline=None)
@given(typed=anything)
def test_the_nearest_command_is_a_command(typed: str) -> None:
    assert nearest(typed, ("status", "start", "help")) in {"status", "start", "help", None}
