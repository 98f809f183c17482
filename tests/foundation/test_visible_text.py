"""Text that shows nothing is empty, over all of Unicode; text that a reader sees passes, in every script."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation import text

# DerivedCoreProperties.txt of Unicode: Default_Ignorable_Code_Point, told here once more and not by the rule itself
IGNORABLE = [
    *[0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)],
    *[*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0],
    *[*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)],
]
DRAWN_AS_NOTHING = [0x2800, 0x1D159, 0xFFFC]
EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
UNSEEN = sorted(
    {chr(code) for code in (*IGNORABLE, *DRAWN_AS_NOTHING)}
    | {c for c in EVERY if unicodedata.category(c)[0] in "CZM"}  # controls, formats, spaces, and marks without a letter
)
SEEN = sorted(set(EVERY) - set(UNSEEN))


def test_no_code_point_that_shows_nothing_is_text():
    assert [hex(ord(c)) for c in UNSEEN if text.clean(c)] == []


def test_every_code_point_that_is_drawn_is_text():
    assert [hex(ord(c)) for c in SEEN if not text.clean(c) or not text.is_visible(c)] == []


@given(st.lists(st.sampled_from(UNSEEN), max_size=30).map("".join))
def test_any_number_of_them_together_is_empty(value):
    assert text.clean(value) == text.one_line(value) == text.folded(value) == ""


@given(st.lists(st.sampled_from(UNSEEN), max_size=10).map("".join), st.sampled_from(SEEN))
def test_one_letter_among_them_is_text(around, letter):
    assert text.is_visible(text.clean(around + letter + around))


@pytest.mark.parametrize(
    "word",
    [
        "สวัสดี",
        "नमस्ते",
        "क्षत्रिय",
        "مريم",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0646\u0645",
        "👩\u200d💻",
        "👍🏽",
        "❤\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "한국",
        "山田\u3000太郎",
        "Ngũgĩ wa Thiong'o",
        "Núñez\u00a0de la Peña",
        "ὁ",
        "ß",
        "∅",
    ],
)
def test_a_word_of_any_script_stays_as_it_was_written(word):
    assert text.clean(word) == text.one_line(word) == unicodedata.normalize("NFC", word)
    assert text.clean(f"\ufeff \u200b{word}\u2060\u3000") == unicodedata.normalize("NFC", word)


LINE_BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\t", "\n\n \n"]


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_a_name_is_one_line_whatever_breaks_it(line_break):
    assert text.one_line(f"Ada{line_break}Ferreira") == "Ada Ferreira"


@given(st.text(max_size=100))
def test_no_name_has_a_second_line_and_cleaning_it_again_changes_nothing(value):
    name = text.one_line(value)
    assert len(name.splitlines()) <= 1
    assert text.one_line(name) == name


APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u2032\u00b4`\uff07\u201b"
DASHES = "-\u2010\u2011\u2013\u2212\uff0d"


def test_a_name_is_found_by_every_apostrophe_and_dash():
    assert {text.folded(f"O{mark}Brien") for mark in APOSTROPHES} == {"o'brien"}
    assert {text.folded(f"Jean{mark}Luc") for mark in DASHES} == {"jean-luc"}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Þórr", "thorr"),
        ("Ðura Đ Ħ Ŧ", "dura d h t"),
        ("Ŋ Æ Œ ẞ Ĳ", "ng ae oe ss ij"),
        ("Ɓ Ɗ Ƙ Ɛ Ɔ Ə", "b d k e o a"),
        ("ŁØ", "lo"),
        ("山田\u3000太郎", "山田 太郎"),
        ("\uff21\uff44\uff41", "ada"),
        ("A\u200bd\u00ada\u2060", "ada"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_a_name_is_found_as_it_is_typed_on_another_keyboard(written, key):
    assert text.folded(written) == key
    assert text.folded(key) == key
