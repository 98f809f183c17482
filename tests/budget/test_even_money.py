"""Amounts that stand together: no decimals where all are whole, else the minor units of their currency in each."""

import pytest

from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.types import SectionEvidence
from recruiter.documents.from_frozen import from_content
from recruiter.documents.layout import value_text
from recruiter.documents.layout.band_scale import scale_of
from recruiter.documents.model import Amount, Claim, DocumentSection
from recruiter.documents.xlsx import worksheet
from recruiter.foundation.money import Money, evenly
from recruiter.web.budget.case_page.section_summaries import summary_of
from tests.documents.conftest import CONTENT


def statement_of(statement):
    """A statement as a section shows it."""
    return SectionEvidence(evidence=(Claim(statement, "A source"),)).evidence[0].statement


TOGETHER = [
    ([(8_500_000, "EUR"), (9_000_000, "EUR")], ["EUR 85,000", "EUR 90,000"]),
    ([(8_500_000, "EUR"), (8_500_050, "EUR")], ["EUR 85,000.00", "EUR 85,000.50"]),
    ([(8_500_000, "EUR"), (100_001, "USD")], ["EUR 85,000", "USD 1,000.01"]),
    ([(8_500_000, "JPY"), (1, "JPY")], ["JPY 8,500,000", "JPY 1"]),
    ([(8_500_000, "BHD"), (8_500_500, "BHD")], ["BHD 8,500.000", "BHD 8,500.500"]),
    ([(-8_500_000, "EUR"), (5, "EUR")], ["\u2212EUR 85,000.00", "EUR 0.05"]),
]


@pytest.mark.parametrize(("given", "texts"), TOGETHER)
def test_sentences_tables_and_pages_have_one_rule(given, texts):
    moneys = [Money(*pair) for pair in given]
    amounts = [Amount("", *pair) for pair in given]
    assert list(map(evenly(moneys), moneys)) == texts
    assert [text.replace("\u00a0", " ") for text in map(value_text.even_format(amounts), amounts)] == texts
    assert statement_of(" and ".join(map(format_amount, moneys))) == " and ".join(texts)
    assert SectionEvidence(" and ".join(map(format_amount, moneys))).text == " and ".join(texts)


@pytest.mark.parametrize(
    ("answers", "line"), [(1, "5 cards, 1 answer"), (0, "5 cards, 0 answers"), (11, "5 cards, 11 answers")]
)
def test_a_gist_counts_one_as_one(answers, line):
    figures = (Amount("Cards of other teams", 5, "count"), Amount("Colleagues who answered", answers, "count"))
    assert summary_of(DocumentSection("other_teams", "", figures=figures)) == line


def test_words_of_people_stay_as_they_were_typed():
    sentence = f"“It was EUR 85,000 then”, and is {format_amount(Money(8_500_050, 'EUR'))}."
    assert statement_of(sentence) == "“It was EUR 85,000 then”, and is EUR 85,000.50."


@pytest.mark.parametrize(("value", "code"), [(8_500_050, "#,##0.00"), (8_500_000, "#,##0")])
def test_a_workbook_has_one_format_for_each_currency(value, code):
    parted = value_text.parted_among([Amount("", 100, "EUR"), Amount("", value, "EUR"), Amount("", 7, "JPY")])
    assert worksheet.code_of(Amount("", 100, "EUR"), parted) == code
    assert worksheet.code_of(Amount("", 100, "JPY"), parted) == worksheet.code_of(Amount("", 5, "USD"), parted) == "#,##0"  # fmt: skip


def test_the_bar_of_the_band_is_even():
    content = {**CONTENT, "ask": {"amount": 20_400_050, "currency": "EUR"}}
    made = scale_of(from_content(content))
    assert (made.low_label, made.ask_label) == ("EUR\u00a0168,000.00", "EUR\u00a0204,000.50")
