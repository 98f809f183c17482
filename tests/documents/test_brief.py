import pytest

from recruiter.documents.layout.summary import clipped, in_brief, left_to_say, shares, width


def test_who_asks_for_little_gets_it():
    assert shares([10, 1000, 20, 1000], 230) == [10, 100, 20, 100]
    assert shares([10, 20], 100) == [10, 20]
    assert shares([], 100) == []


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("One. Two. Three.", 12, "One. Two."),
        ("One long sentence without an end", 20, "One long sentence…"),
        ("Donaudampfschifffahrt", 6, "Donau…"),
        ("山田太郎は設計が得意です", 9, "山田太郎…"),
    ],
)
def test_a_text_is_cut_where_people_would(text, room, kept):
    assert clipped(text, room) == kept
    assert width(kept) <= room


def test_sections_without_words_are_left_out():
    found = in_brief([(1, "a", "A", ["x", "y"]), (2, "b", "B", []), (3, "c", "C", ["z" * 9000])])
    assert [(one.number, one.more) for one in found] == [(1, False), (3, True)]
    assert found[0].text == "x y"


def test_the_request_is_not_said_twice():
    line = "Approve a base of EUR\u00a0204,000 a year, EUR\u00a012,000 above the top of the band."
    words = "Approve a base of EUR 204,000 a year, by 20 Nov 2026. Our own offer ends on 20 Nov 2026."
    assert left_to_say(line, [words]) == ("Our own offer ends on 20 Nov 2026.",)
