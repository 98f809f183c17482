"""From all that is published of self-identification no withheld figure follows."""

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from recruiter.learning.fairness import auditor_rows, suppression

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
        for line in lines:  # what a total leaves for the hidden cells bounds each of them
            inside = [name for name in line if name in hidden and sizes[name]]
            rest = sum(sizes[name] for name in inside), sum(selected[name] for name in inside)
            assert not (set(line) & set(published) and inside and suppression.tells_of_single_people(*rest))


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


ANSWERS = st.fixed_dictionaries(
    {"sex": st.sampled_from(["A", "B", "C"]), "race": st.sampled_from(["X", "Y", "unknown"])}
)
OUTCOMES = st.dictionaries(st.sampled_from(["first_choice", "model_first"]), st.booleans())


@given(st.lists(st.tuples(ANSWERS, OUTCOMES, st.integers(1, 12)), max_size=25))
def test_no_difference_between_the_rows_and_the_tables_speaks_of_fewer_than_five(cell_counts):
    people = Counter()
    for answers, outcomes, n in cell_counts:
        people[tuple(sorted(answers.items())), tuple(sorted(outcomes.items()))] += n
    cells = [
        {"answers": dict(answers), "outcomes": dict(outcomes), "n": n} for (answers, outcomes), n in people.items()
    ]
    header, lines = auditor_rows.as_rows(cells)
    assert len(lines) == sum(people.values())
    rows_shared = Counter(tuple(line[1:]) for line in lines)
    assert all(n >= suppression.MIN_PEOPLE for row, n in rows_shared.items() if "withheld" not in row)

    def counted(rows, wanted, step, selected):
        """The people of a table's cell: with some answers, assessed in a step, or selected in it."""
        return sum(
            n
            for (answers, outcomes), n in rows
            if wanted.items() <= answers.items() and step in outcomes and selected in {None, outcomes[step]}
        )

    every = [(cell["answers"], cell["outcomes"], cell["n"]) for cell in cells]
    every = [((answers, outcomes), n) for answers, outcomes, n in every]
    questions, steps = header[1:3], header[3:]
    labels = {"yes": True, "no": False}
    visible = [
        ((dict(zip(questions, row, strict=False)), {s: labels[c] for s, c in zip(steps, row[2:], strict=True) if c}), n)
        for row, n in rows_shared.items()
        if "withheld" not in row
    ]
    for sex, race, step, selected in itertools.product("ABC-", ["X", "Y", "unknown", "-"], steps, (None, True, False)):
        wanted = {name: answer for name, answer in (("sex", sex), ("race", race)) if answer != "-"}
        missing = counted(every, wanted, step, selected) - counted(visible, wanted, step, selected)
        left = counted(visible, wanted, step, selected)
        assert missing == 0 or missing >= suppression.MIN_PEOPLE or left == 0
