"""The workbook of a real case: what follows is a formula, and another request worked out by hand gives what the formulas give."""

import datetime as dt
from fractions import Fraction

import pytest

from recruiter.budget import services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from tests.acts import act_by, moment
from tests.budget import arranging
from tests.documents.test_xlsx import computed, enumerate_rows, formulas

LIVE = (
    "Excess", "Excess each year", "First year above the band", "Excess each year with on-cost", "Base of a year",
    "On-cost of a year", "Run rate each year", "First year, all in", "Sign-on with on-cost, once",
    "Base of a year, approved", "On-cost of a year, difference", "First year, all in, difference", "Compa-ratio",
    "Range penetration", "A day of the empty seat, middle", "A new search, high", "Panels once more, low",
    "Milestones that slip, middle", "The empty seat, low", "Cost of losing, middle", "Excess of 3 years with on-cost",
    "Break-even, times in 100", "Break-even, days", "Break-even of 3 years, days", "Finalist B at the midpoint", "A one-off instead of base",
    "A later review, saved in the first year", "Reopen the search", "A week of waiting", "Above the bar",
)  # fmt: skip
TYPED = ("Asked base", "Band maximum", "Paid once", "Target variable of a year", "Employer on-cost, % of pay", "Days, middle")  # fmt: skip
FACTS = {
    "on_cost": "21", "milestone1": "Migration", "milestone1_owner": "Finance", "milestone1_due": "2026-12-01",
    "milestone1_week": "450000", "review_months": "9",
}  # fmt: skip


@pytest.fixture
def book(session, people, now):
    """The formulas, the values and the cell of each label."""
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    change = services.CaseChange(facts=FACTS, assumptions={"empty_seat_middle": 80})
    services.write(
        session,
        case=case,
        change=change,
        act=act_by(people.ruth, now=now),
    )
    content = assembly.content_of(session, case, moment=moment(now), options=Options())
    data = export.render(case, content, form="xlsx", zone=dt.UTC).data
    formulas_by_cell, values = formulas(data)
    return formulas_by_cell, values, {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}


def test_every_figure_that_follows_is_a_formula_and_shows_what_it_computes(book):
    formulas_by_cell, values, cells = book
    assert [label for label in LIVE if cells[label] not in formulas_by_cell] == []
    assert [label for label in TYPED if cells[label] in formulas_by_cell] == []
    for cell, formula in formulas_by_cell.items():
        assert computed(formula, values) == Fraction(values[cell]), (cell, formula)


def test_another_input_gives_what_a_hand_works_out(book):
    formulas_by_cell, values, cells = book
    live = {cell: Fraction(value) for cell, value in values.items()}
    live[cells["Asked base"]], live[cells["Employer on-cost, % of pay"]] = Fraction(100_000), Fraction(30)
    for _ in formulas_by_cell:  # as often as figures can stand on each other
        for cell, formula in formulas_by_cell.items():
            live[cell] = computed(formula, live)

    def at(label):
        return live[cells[label]]

    assert at("Excess") == 100_000 - 85_000
    assert at("Run rate each year") == 100_000 * Fraction(130, 100)
    assert at("First year, all in") == 100_000 * Fraction(130, 100) + 5_000 * Fraction(130, 100)
    assert at("First year, all in, difference") == 15_000 * Fraction(130, 100) + 6_500
    assert at("Excess of 3 years with on-cost") == 3 * 15_000 * Fraction(130, 100)
    days = at("Days, middle")
    late = max(days - at("Days until milestone 1 is due"), 0)
    middle = at("Band midpoint")
    day = round(middle * 80 / 100 / 365, 2)
    whole = day * days + middle / 10 + at("Panels once more, middle") + round(4_500 * late / 7, 2)
    assert at("Cost of losing, middle") == whole
    assert at("Break-even, times in 100") == round(15_000 * Fraction(130) / whole)
