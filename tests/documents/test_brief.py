import pytest

from recruiter.documents.layout.summary import briefs_of, clipped, remaining_request_text, room_shares, width


def test_who_asks_for_little_gets_it():
    assert room_shares([10, 1000, 20, 1000], 230) == [10, 100, 20, 100]
    assert room_shares([10, 20], 100) == [10, 20]
    assert room_shares([], 100) == []


@pytest.mark.parametrize(
    ("text", "room", "shortened"),
    [
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("One. Two. Three.", 12, "One. Two."),
        ("One long sentence without an end", 20, "One long sentence…"),
        ("Donaudampfschifffahrt", 6, "Donau…"),
        ("山田太郎は設計が得意です", 9, "山田太郎…"),
    ],
)
def test_a_text_is_cut_where_people_would(text, room, shortened):
    assert clipped(text, room) == shortened
    assert width(shortened) <= room


def test_sections_without_words_are_left_out():
    briefs = briefs_of([(1, "a", "A", ["x", "y"]), (2, "b", "B", []), (3, "c", "C", ["z" * 9000])])
    assert [(brief.number, brief.more) for brief in briefs] == [(1, False), (3, True)]
    assert briefs[0].text == "x y"


def test_the_request_is_not_said_twice():
    line = "Approve a base of EUR\u00a0204,000 a year, EUR\u00a012,000 above the top of the band."
    paragraph = "Approve a base of EUR 204,000 a year, by 20 Nov 2026. Our own offer ends on 20 Nov 2026."
    assert remaining_request_text(line, [paragraph]) == ("Our own offer ends on 20 Nov 2026.",)
