"""From all that is published of self-identification no withheld figure follows."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from recruiter.learning.fairness import suppression

ROWS, COLUMNS = ("A", "B", "C"), ("X", "Y", "Z")
CELLS = [f"{row}, {column}" for row, column in itertools.product(ROWS, COLUMNS)]
COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (max(pair), min(pair)))


def _tables(names):
    table = st.fixed_dictionaries(dict.fromkeys(names, COUNTS))
    return st.lists(table, min_size=1, max_size=3)


def _check(tables):
    parts = [
        ({name: n for name, (n, _) in table.items()}, {name: k for name, (_, k) in table.items()}) for table in tables
    ]
    hidden = suppression.withheld_in(parts)
    for sizes, selected in parts:
        published = [name for name in sizes if name not in hidden and sizes[name]]
        assert not [name for name in published if suppression.tells_of_single_people(sizes[name], selected[name])]
        lines = list(suppression._lines(sizes))
        for cell in suppression.determined_by(lines, {name for name in hidden if sizes[name]}):
            assert all(not set(line) & set(published) for line in lines if cell in line), "nothing is left to hide"


@given(_tables(["A", "B", "C", "D"]))
def test_no_withheld_figure_of_a_question_follows(tables):
    _check(tables)


@given(_tables(CELLS))
def test_no_withheld_figure_of_an_intersection_follows(tables):
    _check(tables)


def test_few_selected_and_all_or_none_are_withheld_with_another():
    sizes = {"A": 40, "B": 30, "C": 20}
    assert suppression.withheld(sizes, {"A": 20, "B": 15, "C": 10}) == set()
    for few in (0, 4, 20):
        assert suppression.withheld(sizes, {"A": 20, "B": 15, "C": few}) == {"B", "C"}
