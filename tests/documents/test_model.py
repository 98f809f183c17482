import pytest

from recruiter.documents.from_frozen import from_content
from recruiter.documents.layout.cost_table import rows_of
from recruiter.documents.layout.layout_plan import outline
from recruiter.documents.layout.value_text import format_amount, long_date, source_line
from recruiter.documents.model import Amount, Claim


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount("", 20400000, "EUR"), "EUR\u00a0204,000"),
        (Amount("", 10225050, "EUR"), "EUR\u00a0102,250.50"),
        (Amount("", 9200000, "JPY"), "JPY\u00a09,200,000"),
        (Amount("", 1234567, "KWD"), "KWD\u00a01,234.567"),
        (Amount("", -2400000, "EUR"), "\u2212EUR\u00a024,000"),
        (Amount("", 1, "days"), "1\u00a0day"),
        (Amount("", 61, "days"), "61\u00a0days"),
        (Amount("", 12.5, "days"), "12.5\u00a0days"),
        (Amount("", 4, "count"), "4"),
        (Amount("", 1.0812, "ratio"), "1.08"),
        (Amount("", 4.5, "points"), "4.50"),
    ],
)
def test_amounts_are_written_for_readers(amount, text):
    assert format_amount(amount) == text


def test_dates_and_sources_are_written_for_readers():
    assert long_date("2026-11-23T10:00:00+00:00") == "23 Nov 2026"
    assert long_date("next week") == "next week"
    assert long_date(None) == ""
    claim = Claim("x", "Scorecards", by="Ana", at="2026-11-10", count=4, period="until 2026-11-19")
    assert source_line(claim) == "Scorecards · Ana · 10 Nov 2026 · n = 4 · until 19 Nov 2026"
    assert source_line(Claim("x", "Record", period="2026-11-06 to 2026-11-25")) == "Record · 6 Nov 2026 to 25 Nov 2026"


def test_the_costs_of_a_case_have_one_precision():
    def rows(cents):
        given = {"Base of a year": (92_000_00, 85_000_00), "On-cost of a year": (18_400_00 + cents, 17_000_00)}
        return rows_of(
            [
                Amount(f"{label}{end}", value, "EUR")
                for label, (requested, approved) in given.items()
                for end, value in (("", requested), (", approved", approved), (", difference", requested - approved))
            ]
        )

    assert rows(0)[0] == ("Base of a year", "EUR\u00a085,000", "EUR\u00a092,000", "+EUR\u00a07,000")
    assert rows(10)[0] == ("Base of a year", "EUR\u00a085,000.00", "EUR\u00a092,000.00", "+EUR\u00a07,000.00")
    assert rows(10)[1][2] == "EUR\u00a018,400.10"


def test_content_without_the_optional_parts_is_a_document(content):
    for key in ("level", "location", "submitted_on", "offer_terms_version", "completeness", "sections"):
        del content[key]
    document = from_content(content)
    plan = outline(document)
    assert document.draft
    assert plan.mark == "Draft, not submitted"
    assert [row[0] for row in plan.costs.rows] == [
        "Asked base",
        "Band minimum",
        "Band midpoint",
        "Band maximum",
        "Excess",
    ]


def test_an_amount_of_a_decision_may_be_minor_units(content):
    decided = [{"decision": "approved", "amount": 19800000, "comment": "", "by": "Ingrid", "at": "2026-11-20"}]
    document = from_content(content, sha256="a" * 64, status="approved", decisions=decided)
    assert document.decisions[0].amount == Amount("Amount", 19800000, "EUR")


def test_levels_stand_side_by_side_and_alternatives_are_priced(frozen):
    chapters = {chapter.name: chapter for chapter in outline(frozen).chapters}
    assert chapters["cost_of_losing"].tables[0].head == ("Figure", "Low", "Middle", "High")
    assert chapters["cost_of_losing"].tables[1].rows == (("Break-even, days", "1\u00a0day"),)
    assert chapters["alternatives"].tables[0].head == ("Alternative", "Price")
    assert chapters["sources"].tables[0].rows[0] == ("Scorecards of ENG-12", "1", "19 Nov 2026")
    assert chapters["standing"].empty


def test_the_state_tells_a_draft_from_a_submitted_case(frozen, draft):
    assert outline(frozen).state == "Approved · Submitted 19 Nov 2026"
    assert outline(draft).state == "Draft, not submitted"
    assert "needed before it can be submitted" in outline(draft).questions[1]


def test_a_narrow_band_far_below_the_request_stays_on_the_bar(content):
    content["ask"]["amount"] = 10**9
    scale = outline(from_content(content)).scale
    assert scale.close
    assert 0 <= scale.low < scale.high < scale.ask <= 1
