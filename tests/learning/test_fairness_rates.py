"""The golden tables and traps of the fairness audit to four decimals."""

import pytest

from recruiter.learning.fairness import self_identification, suppression
from recruiter.learning.fairness.rates import (
    NOBODY_ANSWERED,
    NOBODY_SELECTED,
    ONE_CATEGORY,
    TOO_SMALL,
    above_median,
    counts_of,
    rate_table,
)
from recruiter.learning.fairness.significance import fisher, holm, z_score
from recruiter.learning.fairness.types import UNKNOWN, Step

STEP = Step("hired", "Hired", {})


def table_of(**counts):
    return rate_table(STEP, {name.replace("_", " "): cell for name, cell in counts.items()})


def rows_of(table):
    return {row.category: row for row in table.rows}


def test_golden_sex():
    table = table_of(Male=(420, 84), Female=(380, 57), unknown=(31, 4))
    male, female = rows_of(table)["Male"], rows_of(table)["Female"]
    assert (table.reference, table.unknown, table.denominator) == ("Male", 31, 800)
    assert (round(male.rate, 4), round(male.ratio, 4), male.flag) == (0.2, 1.0, False)
    assert (male.fisher, male.z, male.flip) == (None, None, None)
    assert (round(female.rate, 4), round(female.ratio, 4), female.flag) == (0.15, 0.75, True)
    assert round(female.fisher, 4) == 0.0773
    assert round(female.z, 2) == -1.85
    assert (round(female.flip.ratio, 3), female.flip.flag) == (0.772, True)


def test_golden_race():
    table = table_of(
        White=(400, 80), Black=(160, 22), Hispanic=(130, 19), Asian=(95, 20), Native_American=(9, 2), unknown=(37, 5)
    )
    rows = rows_of(table)
    assert table.reference == "Asian"
    wanted = {
        "Asian": (0.1196, 0.2105, 1.0, False, None),
        "White": (0.5038, 0.2, 0.95, False, 0.8870),
        "Hispanic": (0.1637, 0.1462, 0.6942, True, 0.2173),
        "Black": (0.2015, 0.1375, 0.6531, True, 0.1621),
    }
    for name, (share, rate, ratio, flag, p) in wanted.items():
        row = rows[name]
        assert (round(row.share, 4), round(row.rate, 4), round(row.ratio, 4), row.flag) == (share, rate, ratio, flag)
        assert (row.fisher and round(row.fisher, 4)) == p
    native = rows["Native American"]
    assert (round(native.share, 4), round(native.rate, 4), native.assessed) == (0.0113, 0.2222, 9)
    assert (native.rated, native.ratio, native.flag, native.note) == (False, None, None, TOO_SMALL)


def test_golden_small_set():
    female = rows_of(table_of(Male=(20, 6), Female=(16, 3)))["Female"]
    assert (round(female.ratio, 4), female.flag, round(female.fisher, 4)) == (0.625, True, 0.7003)
    assert (round(female.flip.ratio, 4), female.flip.flag) == (1.0, False)
    assert female.z is None


def test_golden_median():
    marks = {"A": [55, 60, 70, 70, 80, 90], "B": [40, 50, 60, 70, 70], "C": [70, 95, 65]}
    scores = {f"{name}{k}": score for name, column in marks.items() for k, score in enumerate(column)}
    middle, above = above_median(scores)
    step = Step("score", "Score", above, kind="scoring")
    counts = counts_of(step, {item: item[0] for item in scores})
    assert middle == 70
    assert counts == {"A": (6, 2), "B": (5, 0), "C": (3, 1)}
    rows = rows_of(rate_table(step, counts))
    assert rows["B"].ratio == 0.0
    assert rows["A"].ratio == rows["C"].ratio == 1.0


def test_the_median_is_of_the_full_sample_unknown_included():
    middle, above = above_median({"a": 1.0, "b": 2.0, "c": 3.0})
    assert (middle, above) == (2.0, {"a": False, "b": False, "c": True})
    assert counts_of(Step("s", "s", above), {"a": "A", "b": "A"}) == {"A": (2, 0), UNKNOWN: (1, 1)}
    assert above_median({}) == (None, {})


@pytest.mark.parametrize(
    ("counts", "problem"),
    [
        ({"Male": (20, 0), "Female": (16, 0)}, NOBODY_SELECTED),
        ({"Male": (20, 6)}, ONE_CATEGORY),
        ({"Male": (20, 6), "unknown": (9, 1)}, ONE_CATEGORY),
        ({"unknown": (9, 1)}, NOBODY_ANSWERED),
        ({}, NOBODY_ANSWERED),
        (
            {"Male": (1000, 0), "Other": (5, 2)},
            NOBODY_SELECTED,
        ),  # whoever was selected is of a category that is not rated
    ],
)
def test_what_cannot_be_compared_has_no_ratio_and_says_why(counts, problem):
    table = rate_table(STEP, counts)
    assert (table.problem, table.reference) == (problem, None)
    assert all(row.ratio is None and row.flag is None for row in table.rows)


def test_a_best_category_under_two_percent_is_listed_and_not_the_measure():
    table = table_of(Male=(500, 100), Female=(490, 90), Other=(10, 9))
    assert table.reference == "Male"
    assert rows_of(table)["Other"].rate == 0.9
    assert rows_of(table)["Other"].ratio is None
    assert table.rows[-1].category == "Other"


def test_exactly_two_percent_is_rated_and_exactly_four_fifths_is_not_flagged():
    table = table_of(Male=(490, 98), Female=(490, 80), Other=(20, 4))
    assert rows_of(table)["Other"].rated
    assert not rows_of(table_of(Male=(10, 5), Female=(10, 4)))["Female"].flag
    assert not rows_of(table_of(Male=(70, 30), Female=(35, 12)))["Female"].flag  # .8 that floats round to .7999


def test_a_category_of_which_everybody_or_nobody_was_selected():
    rows = rows_of(table_of(Male=(20, 20), Female=(20, 0)))
    assert (rows["Female"].ratio, rows["Female"].flag) == (0.0, True)
    assert rows_of(table_of(Male=(20, 1), Female=(20, 0)))["Female"].flip is None  # it would take the best one's only


def test_tests_of_a_difference():
    assert fisher(0, 1, 1, 1) == 1.0
    assert z_score(0, 0, 0, 0) is None
    assert z_score(50, 100, 50, 100) == 0.0
    assert holm([0.04, 0.01, 0.9]) == pytest.approx([0.08, 0.03, 0.9])
    assert holm([]) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("female", "Female"), (" FEMALE ", "Female"), ("Female", "Female"), ("prefer not to say", "declined"),
        ("Decline to self-identify", "declined"), ("", UNKNOWN), ("N/A", UNKNOWN), ("-", UNKNOWN),
        ("Asian; White", self_identification.SEVERAL), ("Asian|white|Asian", self_identification.SEVERAL), ("Asian;Asian", "Asian"),
        ("Hispanic or Latino", "Hispanic or Latino"), ("Ma\u0304ori", "Māori"), ("BLACK or african american", "Black or African American"), ("x\x00y\n", "X y"),
    ],
)  # fmt: skip
def test_an_answer_as_a_category(text, category):
    assert self_identification.category_of(text) == category


def test_declined_is_unknown_and_both_answers_need_both():
    categories = self_identification.known_categories({"a": "Female", "b": "declined", "c": UNKNOWN})
    assert categories == {"a": "Female"}
    assert set(
        self_identification.known_categories({"a": "Dunno Else", "b": "Dunno else", "c": "Dunno else"}).values()
    ) == {"Dunno else"}
    known = self_identification.known_answers({"sex": {"a": "Female", "b": "Male"}, "race_ethnicity": {"b": "Asian"}})
    assert known[self_identification.BOTH] == {"b": "Male, Asian"}


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"A": 40, "B": 5}, set()),
        ({"A": 40, "B": 4}, {"A", "B"}),
        ({"A": 40, "B": 30, "C": 4}, {"B", "C"}),
        ({"A": 40, "B": 4, "C": 1}, {"B", "C"}),
        ({"A": 40, "B": 3, "C": 1}, {"A", "B", "C"}),
        ({"A": 40, "B": 0}, set()),
    ],
)
def test_five_people_are_the_fewest_that_are_told_of(sizes, hidden):
    assert suppression.withheld(sizes) == hidden


def test_small_cells_are_withheld_and_none_follows_from_the_others():
    assert suppression.withheld({"A": 40, "B": 30}) == set()
    assert suppression.withheld({"A": 40, "B": 30, "C": 5}) == set()  # five people are the fewest that are shown
    assert suppression.withheld({"A": 40, "B": 30, "C": 4}) == {"B", "C"}
    assert suppression.withheld({"A": 40, "B": 30, "C": 3}) == {"B", "C"}
    assert suppression.withheld({"A": 40, "B": 4, "C": 3}) == {"B", "C"}
    assert suppression.withheld({"A": 40, "B": 2, "C": 1}) == {"A", "B", "C"}
    assert suppression.withheld({"A": 2}) == {"A"}
    cross = {"F, Asian": 3, "F, White": 30, "M, Asian": 12, "M, White": 40, "F, Black": 9, "M, Black": 11}
    hidden = suppression.withheld(cross)
    for side, value in [(0, "F"), (0, "M"), (1, "Asian"), (1, "White"), (1, "Black")]:
        assert len([name for name in hidden if name.split(", ")[side] == value]) != 1, (value, hidden)
