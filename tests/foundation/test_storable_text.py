"""What no database takes goes out of a text, and nothing else."""

import json

from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation.storable_text import is_storable, storable, storable_in_json, storable_values

ANY = st.text(st.characters(codec=None, categories=None), max_size=30)


@given(ANY)
def test_what_is_left_is_taken_by_every_database_and_is_all_that_can_be(text):
    left = storable(text)
    assert is_storable(left)
    assert left.encode().decode() == left
    assert not set(left) & {*map(chr, range(9)), "\x0b", "\x0c", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"}
    assert [c for c in text if is_storable(c)] == list(left)


@given(st.text())
def test_line_feeds_tabs_and_every_script_stay(text):
    ordinary = "\n\r\tZoë 李 \U0001f600 \u200d"
    assert storable(ordinary) == ordinary
    assert storable(storable(text)) == storable(text)


@given(
    st.recursive(ANY | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(ANY, inner)),
    st.booleans(),
)
def test_json_is_cleaned_however_it_is_written(values, escaped):
    source = json.dumps(values, ensure_ascii=escaped)
    cleaned = storable_in_json(source, json.loads(source))
    assert storable_values(cleaned) == cleaned
    raw = source.encode("utf-8", "surrogatepass")
    assert storable_in_json(raw, json.loads(raw)) == cleaned
