"""Amounts of another currency: in a sum only at a rate with its date and source, else apart, with a sentence."""

import datetime as dt
from fractions import Fraction

import pytest

from recruiter.budget import assembly, exporting, services
from recruiter.budget.evidence.rates import Rate
from recruiter.budget.evidence.shapes import Options
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass
from tests.budget import arranging
from tests.budget.test_money_of_a_case import figures, parts, told, words
from tests.documents.test_xlsx import computed, enumerate_rows, formulas

RATE = {"rate_currency": "usd", "rate": "0.9217", "rate_on": "2026-11-17", "rate_source": "European Central Bank"}


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    session.add(CompetingProcess(application_id=offer.application_id, stage="offer", source_class=SourceClass.CREDIBLE, decision_on=now.date() + dt.timedelta(days=2), offer_amount=10_500_050, currency="USD", disclosed_on=now.date(), by=people.ruth, created_at=now))  # fmt: skip
    return arranging.opened(session, people, now, offer)


def test_without_a_rate_figures_stand_apart_and_a_sentence_says_so(session, people, now, case):
    found = parts(session, case, now)["market"]
    assert "Amounts in USD stand apart and in no sum: this case has no rate for them with its date and source." in found["text"]  # fmt: skip
    assert "Competing offer in EUR" not in figures(found)
    told(session, case, people, now, rate_currency="USD", rate="0.92")
    assert "(the date and the source of the rate is missing)" in parts(session, case, now)["market"]["text"]


def test_a_rate_with_date_and_source_turns_them_and_is_printed(session, people, now, case):
    told(session, case, people, now, **RATE)
    found = parts(session, case, now)
    exact = Fraction(10_500_050) * Fraction(9217, 10_000)
    assert figures(found["market"])["Competing offer in EUR"] == int(exact + Fraction(1, 2))
    assert "stand apart" not in words(found["market"])
    [claim] = [one for one in found["ask"]["evidence"] if one["source"] == "European Central Bank"]
    assert claim["statement"] == "Amounts in USD are turned into EUR at 1 USD = 0.9217 EUR on 17 Nov 2026 (European Central Bank)."  # fmt: skip
    assert claim["at"] == "2026-11-17"
    content = assembly.content_of(session, case, now=now, options=Options())
    live, values = formulas(exporting.render(case, content, form="xlsx").data)
    rows = {row["B"]: f"C{place}" for place, row in enumerate_rows(exporting.render(case, content, form="xlsx").data)}
    cell = rows["Competing offer in EUR"]
    assert live[cell] == f"ROUND({rows['Competing offer']}*{rows['Rate, EUR for 1 USD']},2)"
    assert computed(live[cell], values) == Fraction(values[cell])


def test_an_offer_that_was_made_in_another_currency_is_in_the_sum_by_rate_alone(session, people, now, offer, case):
    offer.currency = "USD"  # the band was entered anew since
    session.flush()
    found = parts(session, case, now)["ask"]
    assert figures(found)["Paid once"] == 0
    assert figures(found)["Paid once, apart"] == 500_000
    assert next(one["unit"] for one in found["figures"] if one["label"] == "Paid once, apart") == "USD"
    assert "Amounts in USD stand apart" in found["text"]
    told(session, case, people, now, **RATE)
    found = parts(session, case, now)["ask"]
    assert figures(found)["Paid once"] == 460_850
    assert figures(found)["First year above the band"] == 700_000 + 460_850
    assert "Paid once, apart" not in figures(found)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("rate", "0"), ("rate", "-1"), ("rate", "1,2"), ("rate", "nan"), ("rate", "1e3"), ("rate_currency", "DOLLAR"), ("rate_currency", "XX1"), ("rate_on", "soon")],
)  # fmt: skip
def test_what_is_no_rate_is_refused_at_its_field(session, people, now, case, name, typed):
    with pytest.raises(RuleBroken) as caught:
        services.write(
            session, case=case, change=services.Change(facts={name: typed}), actor=people.ruth, now=now, today=now.date()
        )  # fmt: skip
    assert list(caught.value.errors) == [f"facts.{name}"]


@pytest.mark.parametrize(
    ("money", "to", "told", "becomes"),
    [
        (Money(10_000, "USD"), "JPY", "151.27", 15_127),
        (Money(10_000, "JPY"), "KWD", "0.002", 20_000),
        (Money(5, "USD"), "EUR", "0.1", 1),
        (Money(4, "USD"), "EUR", "0.1", 0),
    ],
)
def test_minor_units_of_each_currency_are_kept(money, to, told, becomes):
    assert Rate(money.currency, to, told, dt.date(2026, 11, 1), "Bank").turned(money) == Money(becomes, to)


def test_the_form_asks_for_a_rate_only_where_there_is_another_currency(session, people, now, offer, case, browse):
    session.commit()
    assert 'name="fact_rate"' in browse("ruth").get(f"/cases/{case.id}").get_data(as_text=True)
    for one in session.query(CompetingProcess):
        one.currency = "EUR"
    session.commit()
    assert 'name="fact_rate"' not in browse("ruth").get(f"/cases/{case.id}").get_data(as_text=True)
