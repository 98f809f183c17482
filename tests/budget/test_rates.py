"""Amounts of another currency: in a sum only at a rate with its date and source, else apart, with a sentence."""

import datetime as dt
import re
from fractions import Fraction

import pytest

from recruiter.budget import services
from recruiter.budget.evidence.figures.exchange_rates import Rate
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass
from tests.acts import act_by, day_of, moment
from tests.budget import arranging
from tests.budget.test_money_of_a_case import figures, parts, text_of, write_facts
from tests.documents.test_xlsx import computed, enumerate_rows, formulas

RATE = {"rate_currency": "usd", "rate": "0.9217", "rate_on": "2026-11-17", "rate_source": "European Central Bank"}


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    session.add(CompetingProcess(application_id=offer.application_id, stage="offer", source_class=SourceClass.CREDIBLE, decision_on=day_of(now) + dt.timedelta(days=2), offer_amount=10_500_050, currency="USD", disclosed_on=day_of(now), by=people.ruth, created_at=now))  # fmt: skip
    return arranging.opened(session, people, now, offer)


def test_without_a_rate_figures_stand_apart_and_a_sentence_says_so(session, people, now, case):
    market = parts(session, case, now)["market"]
    assert "Amounts in USD stand apart and in no sum: this case has no rate for them with its date and source." in market["text"]  # fmt: skip
    assert "Competing offer in EUR" not in figures(market)
    write_facts(session, case, people, now, rate_currency="USD", rate="0.92")
    assert "(the date and the source of the rate is missing)" in parts(session, case, now)["market"]["text"]


def test_a_rate_with_date_and_source_turns_them_and_is_printed(session, people, now, case):
    write_facts(session, case, people, now, **RATE)
    sections = parts(session, case, now)
    exact = Fraction(10_500_050) * Fraction(9217, 10_000)
    assert figures(sections["market"])["Competing offer in EUR"] == int(exact + Fraction(1, 2))
    assert "stand apart" not in text_of(sections["market"])
    [claim] = [claim for claim in sections["ask"]["evidence"] if claim["source"] == "European Central Bank"]
    assert claim["statement"] == "Amounts in USD are turned into EUR at 1 USD = 0.9217 EUR on 17 Nov 2026 (European Central Bank)."  # fmt: skip
    assert claim["at"] == "2026-11-17"
    content = assembly.content_of(session, case, moment=moment(now), options=Options())
    live, values = formulas(export.render(case, content, form="xlsx", zone=dt.UTC).data)
    rows = {
        row["B"]: f"C{place}"
        for place, row in enumerate_rows(export.render(case, content, form="xlsx", zone=dt.UTC).data)
    }
    cell = rows["Competing offer in EUR"]
    assert live[cell] == f"ROUND({rows['Competing offer']}*{rows['Rate, EUR for 1 USD']},2)"
    assert computed(live[cell], values) == Fraction(values[cell])


def test_an_offer_that_was_made_in_another_currency_is_in_the_sum_by_rate_alone(session, people, now, offer, case):
    offer.currency = "USD"  # the band was entered anew since
    session.flush()
    request = parts(session, case, now)["ask"]
    assert figures(request)["Paid once"] == 0
    assert figures(request)["Paid once, apart"] == 500_000
    assert next(figure["unit"] for figure in request["figures"] if figure["label"] == "Paid once, apart") == "USD"
    assert "Amounts in USD stand apart" in request["text"]
    write_facts(session, case, people, now, **RATE)
    request = parts(session, case, now)["ask"]
    assert figures(request)["Paid once"] == 460_850
    assert figures(request)["First year above the band"] == 700_000 + 460_850
    assert "Paid once, apart" not in figures(request)


MANY = {
    **RATE,
    "rate2_currency": "GBP", "rate2": "1.1402", "rate2_on": "2026-11-18", "rate2_source": "Bank of England",
    "rate3_currency": "CHF", "rate3": "1.07", "rate3_on": "2026-11-16", "rate3_source": "Swiss National Bank",
    "budget_currency": "CHF",
}  # fmt: skip


@pytest.fixture
def many(session, people, now, case):
    """Offers in dollars and pounds, a budget in francs, a band in euros."""
    session.add(CompetingProcess(application_id=case.offer.application_id, stage="offer", source_class=SourceClass.CREDIBLE, decision_on=day_of(now) + dt.timedelta(days=3), offer_amount=8_000_001, currency="GBP", disclosed_on=day_of(now), by=people.ruth, created_at=now))  # fmt: skip
    session.flush()
    return case


def test_each_currency_has_a_rate_of_its_own(session, people, now, many):
    write_facts(session, many, people, now, **MANY)
    sections = parts(session, many, now)
    money = figures(sections["market"])
    assert money["Competing offer in EUR"] == int(Fraction(10_500_050) * Fraction("0.9217") + Fraction(1, 2))
    assert money["Competing offer 2 in EUR"] == int(Fraction(8_000_001) * Fraction("1.1402") + Fraction(1, 2))
    request = figures(sections["ask"])
    for label in ("First year, all in, difference", "Run rate each year, difference"):
        assert request[f"{label}, in CHF"] == int(Fraction(request[label]) / Fraction("1.07") + Fraction(1, 2))
    assert "In CHF, the currency of the budget, that is CHF " in sections["ask"]["text"]
    assert "stand apart" not in text_of(sections["market"]) + text_of(sections["ask"])
    sources = {claim["source"] for claim in sections["ask"]["evidence"]}
    assert {"European Central Bank", "Bank of England", "Swiss National Bank"} <= sources


def test_the_workbook_turns_each_by_its_own_rate(session, people, now, many):
    write_facts(session, many, people, now, **MANY)
    data = export.render(
        many, assembly.content_of(session, many, moment=moment(now), options=Options()), form="xlsx", zone=dt.UTC
    ).data
    live, values = formulas(data)
    rows = {row["B"]: f"C{place}" for place, row in enumerate_rows(data)}
    wanted = {
        "Competing offer in EUR": f"ROUND({rows['Competing offer']}*{rows['Rate, EUR for 1 USD']},2)",
        "Competing offer 2 in EUR": f"ROUND({rows['Competing offer 2']}*{rows['Rate, EUR for 1 GBP']},2)",
        "Run rate each year, difference, in CHF": f"ROUND({rows['Run rate each year, difference']}/{rows['Rate, EUR for 1 CHF']},2)",
    }
    for label, formula in wanted.items():
        assert live[rows[label]] == formula
        assert computed(formula, values) == Fraction(values[rows[label]])


def test_without_its_rate_a_currency_stands_apart_though_others_have_theirs(session, people, now, many):
    write_facts(session, many, people, now, **RATE, rate2_currency="GBP", rate2="1.14", budget_currency="CHF")
    sections = parts(session, many, now)
    assert "Competing offer 2 in EUR" not in figures(sections["market"])
    assert "Amounts in GBP stand apart" in sections["market"]["text"]
    assert "(the date and the source of the rate is missing)" in sections["market"]["text"]
    assert "Amounts in USD" not in sections["market"]["text"]
    assert "The budget is in CHF. Amounts in CHF stand apart" in sections["ask"]["text"]
    assert not [label for label in figures(sections["ask"]) if label.endswith(", in CHF")]


def test_the_form_asks_for_as_many_rates_as_there_are_currencies_and_names_them(session, many, browse):
    session.commit()
    page = browse("ruth").get(f"/cases/{many.id}").get_data(as_text=True)
    assert 'name="fact_rate2"' in page
    assert 'name="fact_rate3"' not in page
    assert re.search(r'name="fact_rate_currency"[^>]*value="USD"', page)
    assert re.search(r'name="fact_rate2_currency"[^>]*value="GBP"', page)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("rate", "0"), ("rate", "-1"), ("rate", "1,2"), ("rate", "nan"), ("rate", "1e3"), ("rate_currency", "DOLLAR"), ("rate_currency", "XX1"), ("rate_on", "soon")],
)  # fmt: skip
def test_what_is_no_rate_is_refused_at_its_field(session, people, now, case, name, typed):
    with pytest.raises(RuleBroken) as caught:
        services.write(
            session, case=case, change=services.CaseChange(facts={name: typed}), act=act_by(people.ruth, now=now),
        )  # fmt: skip
    assert list(caught.value.errors) == [f"facts.{name}"]


@pytest.mark.parametrize(
    ("money", "to", "rate_text", "becomes"),
    [
        (Money(10_000, "USD"), "JPY", "151.27", 15_127),
        (Money(10_000, "JPY"), "KWD", "0.002", 20_000),
        (Money(5, "USD"), "EUR", "0.1", 1),
        (Money(4, "USD"), "EUR", "0.1", 0),
    ],
)
def test_minor_units_of_each_currency_are_kept(money, to, rate_text, becomes):
    assert Rate(money.currency, to, rate_text, dt.date(2026, 11, 1), "Bank").convert(money) == Money(becomes, to)


def test_the_form_asks_for_a_rate_only_where_there_is_another_currency(session, people, now, offer, case, browse):
    session.commit()
    assert 'name="fact_rate"' in browse("ruth").get(f"/cases/{case.id}").get_data(as_text=True)
    for process in session.query(CompetingProcess):
        process.currency = "EUR"
    session.commit()
    assert 'name="fact_rate"' not in browse("ruth").get(f"/cases/{case.id}").get_data(as_text=True)
