"""The figures of a case, recomputed here by other means than the product's: fractions, a calendar, a walk over the record."""

import dataclasses
import datetime as dt
from fractions import Fraction
from statistics import median

import pytest

from recruiter.budget import services
from recruiter.budget.evidence.sections import pay_equity
from recruiter.budget.evidence.types import Market, Options, round_significant
from recruiter.budget.frozen import assembly
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money, exponent, show
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus, SourceClass
from recruiter.requisitions import rules as requisitions
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.budget import arranging


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    return arranging.opened(session, people, now, offer)


def write_facts(session, case, people, now, **facts):
    services.write(
        session,
        case=case,
        change=services.CaseChange(facts=facts),
        act=act_by(people.ruth, now=now),
    )


def parts(session, case, now, **options):
    sections = assembly.content_of(session, case, moment=moment(now), options=Options(**options))["sections"]
    return {section["name"]: section for section in sections}


def figures(part):
    return {figure["label"]: figure["value"] for figure in part["figures"]}


def text_of(part):
    return " ".join([part["text"], *(claim["statement"] for claim in part["evidence"])])


def half_up(value):
    whole, rest = divmod(Fraction(value), 1)
    return int(whole) + (rest >= Fraction(1, 2))


def test_the_package_in_the_first_year_and_each_year(session, people, now, offer, case):
    terms = dataclasses.replace(
        offer_rules.terms_of(offer), bonus=Money(1_234_567, "EUR"), equity="4,000 options over 4 years"
    )
    offers.change(session, offer=offer, terms=terms, act=act_by(people.ruth, now=now))
    write_facts(session, case, people, now, on_cost="23", equity_year="300001")
    part = parts(session, case, now)["ask"]
    got = figures(part)
    base, variable, sign_on, equity_year = 9_200_000, 1_234_567, 500_000, 300_001
    charge = Fraction(23, 100)
    run_rate = base + variable + equity_year + half_up((base + variable) * charge)
    assert got["Run rate each year"] == run_rate
    assert got["First year, all in"] == run_rate + sign_on + half_up(sign_on * charge)
    assert got["Excess each year with on-cost"] == 700_000 + half_up(700_000 * charge)
    assert got["Compa-ratio"] == round(base / 7_500_000, 4)
    assert got["Range penetration"] == round((base - 6_500_000) / 2_000_000, 4)
    text = text_of(part)
    assert "Compa-ratio = request / midpoint = EUR 92,000 / EUR 75,000 = 1.23." in text
    assert "= (EUR 92,000 \u2212 EUR 65,000) / (EUR 85,000 \u2212 EUR 65,000) = 1.35." in text
    assert "EUR 7,000 (8.2 %) above the top of the band" in text
    assert "4,000 options over 4 years, put at EUR 3,000.01 a year" in text
    assert "23 % of pay (set by the writer)" in text


def test_on_cost_comes_from_the_writer_else_the_setting_else_a_guess_that_says_so(session, people, now, case):
    assert "20 % of pay (assumed)" in text_of(parts(session, case, now)["ask"])
    assert "31 % of pay (setting of this company)" in text_of(parts(session, case, now, on_cost=31)["ask"])
    write_facts(session, case, people, now, on_cost="0")
    assert "0 % of pay (set by the writer)" in text_of(parts(session, case, now, on_cost=31)["ask"])


@pytest.mark.parametrize(("currency", "unit"), [("EUR", 100), ("JPY", 1), ("KWD", 1000), ("CLF", 10_000), ("XOF", 1)])
def test_any_currency_counts_in_its_own_minor_units(session, people, now, currency, unit):
    assert 10 ** exponent(currency) == unit
    band = requisitions.BandTerms(min=65 * unit, mid=75 * unit, max=85 * unit, currency=currency)
    requisition = factories.requisition(session, people, now, band=band)
    slate = factories.finalists(session, people, now, requisition)
    offer_drawn = offers.draft(session, application=slate[0], terms=offer_rules.Terms(base=Money(90 * unit, currency)), act=act_by(people.ruth, now=now))  # fmt: skip
    case = arranging.opened(session, people, now, offer_drawn, ask=Money(92 * unit, currency))
    sections = parts(session, case, now)
    got = figures(sections["ask"])
    assert got["Excess"] == 7 * unit
    assert got["Run rate each year"] == 92 * unit + half_up(Fraction(92 * unit, 5))
    assert f"{currency} 92" in sections["ask"]["text"]
    money = [
        figure
        for part in sections.values()
        for figure in part["figures"]
        if len(figure["unit"]) == 3 and figure["unit"].isupper()
    ]
    assert {figure["unit"] for figure in money} == {currency}
    assert all(isinstance(figure["value"], int) for figure in money)
    arranging_text = assembly.canonical(assembly.content_of(session, case, moment=moment(now), options=Options()))
    assert "NaN" not in arranging_text


def test_the_cost_of_losing_with_panels_and_milestones(session, people, now, case):
    due = day_of(now) + dt.timedelta(days=45)
    write_facts(session, case, people, now, on_cost="20", milestone1="Ledger migration", milestone1_owner="Hana", milestone1_due=due.isoformat(), milestone1_week="1000001")  # fmt: skip
    part = parts(session, case, now)["cost_of_losing"]
    got = figures(part)
    hours, yearly = 4, 7_500_000  # two talks of an hour with two people each
    for level, days, outlays, repeat in (("low", 30, 5, 50), ("middle", 60, 10, 100), ("high", 90, 20, 100)):
        late = max((day_of(now) + dt.timedelta(days=days) - due).days, 0)
        delay = half_up(Fraction(1_000_001 * late, 7))
        panels = half_up(Fraction(yearly, 2080) * Fraction(120, 100) * hours * Fraction(repeat, 100))
        search = half_up(Fraction(yearly * outlays, 100))
        assert got[f"Milestones that slip, {level}"] == delay
        assert got[f"Panels once more, {level}"] == panels
        assert got[f"A new search, {level}"] == search
        # a milestone prices the work that is not done, so the guess for the empty seat falls away: nothing counts twice
        assert got[f"A day of the empty seat, {level}"] == 0
        assert got[f"Cost of losing, {level}"] == delay + panels + search
    text = text_of(part)
    assert "would be 0, 15, 45 days late (low, middle, high)" in text
    assert "counted once" in text
    assert any(claim["by"] == "Hana" for claim in part["evidence"])


def test_cover_that_the_writer_prices_stands_beside_milestones(session, people, now, case):
    due = day_of(now).isoformat()
    write_facts(
        session,
        case,
        people,
        now,
        milestone1="Ledger",
        milestone1_owner="Hana",
        milestone1_due=due,
        milestone1_week="70000",
    )
    change = services.CaseChange(assumptions={"empty_seat_middle": 40})
    services.write(
        session,
        case=case,
        change=change,
        act=act_by(people.ruth, now=now),
    )
    got = figures(parts(session, case, now)["cost_of_losing"])
    assert got["A day of the empty seat, middle"] == half_up(Fraction(7_500_000 * 40, 36_500))
    assert got["Milestones that slip, middle"] == 60 * 10_000


@pytest.mark.parametrize("left_out", ["milestone1", "milestone1_owner", "milestone1_due", "milestone1_week"])
def test_a_milestone_without_owner_date_or_price_counts_nothing(session, people, now, case, left_out):
    whole = {"milestone1": "Ledger", "milestone1_owner": "Hana", "milestone1_due": day_of(now).isoformat(), "milestone1_week": "70000"}  # fmt: skip
    write_facts(session, case, people, now, **{**whole, left_out: None})
    part = parts(session, case, now)["cost_of_losing"]
    assert figures(part)["Milestones that slip, high"] == 0
    assert figures(part)["A day of the empty seat, middle"] > 0
    assert "is not priced" in text_of(part)


def test_the_break_even_over_one_and_three_years(session, people, now, case):
    got = figures(parts(session, case, now)["cost_of_losing"])
    yearly, middle, a_day = 840_000, got["Cost of losing, middle"], got["A day of the empty seat, middle"]
    assert middle == 60 * a_day + got["A new search, middle"] + got["Panels once more, middle"]
    assert got["Excess of 1 year with on-cost"] == yearly
    assert got["Excess of 3 years with on-cost"] == 3 * yearly
    days = next(days for days in range(10_000) if days * a_day >= yearly)
    assert got["Break-even, days"] == days
    assert got["Break-even of 3 years, days"] == next(days for days in range(10_000) if days * a_day >= 3 * yearly)
    assert got["Break-even, times in 100"] == half_up(Fraction(100 * yearly, middle))
    assert 3 * yearly > middle
    assert "Break-even of 3 years, times in 100" not in got
    text = text_of(parts(session, case, now)["cost_of_losing"])
    assert "does not pay by this alone" in text
    assert yearly % a_day
    exact = f"EUR 8,400.00 / {show(Money(a_day, 'EUR'))} a day = {yearly / a_day:.2f}, rounded up"
    assert f"at least {days} days ({exact})" in text
    assert "equals" not in text
    waiting = text_of(parts(session, case, now)["alternatives"])
    assert f"after about {yearly / (7 * a_day):.1f} weeks it has cost a year of the excess (EUR 8,400.00 / " in waiting


def hired(session, people, now, bases, *, title="Senior Backend Engineer", level="L5", location="", currency="EUR", middle=7_500_000):  # fmt: skip
    band = requisitions.BandTerms(min=1, mid=middle, max=10**10, currency=currency)
    requisition = factories.requisition(session, people, now, title=title, level=level, location=location, band=band, openings=len(bases))  # fmt: skip
    for base, opening in zip(bases, requisition.openings, strict=True):
        application = factories.application(session, people, now, requisition)
        session.add(Offer(application=application, opening=opening, status=OfferStatus.ACCEPTED, currency=currency, base=base, created_by_id=people.ruth.id, created_at=now, extended_at=now, accepted_at=now))  # fmt: skip
    session.commit()


def test_equity_takes_the_narrowest_group_of_five_and_merges_smaller_ones(session, people, now, case):
    hired(session, people, now, [7_000_000] * 3)
    hired(session, people, now, [8_000_000, 8_100_000], title="Data Engineer")
    part = parts(session, case, now)["equity"]
    assert "roles merged" in part["text"]
    assert figures(part)["People compared"] == 5
    hired(session, people, now, [7_100_000, 7_200_000])
    part = parts(session, case, now)["equity"]
    assert "the same role, level L5 and place" in part["text"]
    assert figures(part)["People compared"] == 5
    hired(session, people, now, [1] * 6, location="Porto")  # another place is not compared while five are near
    assert figures(parts(session, case, now)["equity"])["People compared"] == 5


def test_equity_worked_by_hand_with_the_remedy_now_and_at_the_next_cycle(session, people, now, case):
    bases = [6_000_000, 7_000_000, 8_000_000, 9_000_000, 10_000_000]
    hired(session, people, now, bases)
    hired(session, people, now, [1] * 9, currency="USD")  # never compared without a rate
    write_facts(session, case, people, now, cycle_months="9", on_cost="25")
    part = parts(session, case, now)["equity"]
    got = figures(part)
    line = 9_200_000 * 9 // 10
    remedy = sum(line - base for base in bases if base < line)
    assert (got["People compared"], got["Paid less than the request"], got["Paid more than 10 % less"]) == (5, 4, 3)
    assert got["Remedy each year"] == remedy
    loaded = remedy + half_up(Fraction(remedy, 4))
    assert got["Remedy now, with on-cost, next 12 months"] == loaded
    assert got["Remedy at the next pay cycle, next 12 months"] == half_up(Fraction(loaded * 3, 12))
    ratios = sorted(base / 7_500_000 for base in bases)
    assert [got[f"Compa-ratio, {name}"] for name in ("lowest", "median", "highest")] == [round(ratio, 4) for ratio in (ratios[0], median(ratios), ratios[-1])]  # fmt: skip
    assert part["name"] in {gap["section"] for gap in assembly.content_of(session, case, moment=moment(now), options=Options())["completeness"]["missing"]}  # fmt: skip
    write_facts(session, case, people, now, remedy="Lift three people at the next cycle.")
    content = assembly.content_of(session, case, moment=moment(now), options=Options())
    assert "What will be done: Lift three people at the next cycle." in str(content["sections"])
    missing = content["completeness"]["missing"]
    assert part["name"] not in {gap["section"] for gap in missing}


def test_fewer_than_five_show_no_number_of_theirs(session, people, now, case):
    hired(session, people, now, [6_123_457] * 4)
    part = parts(session, case, now)["equity"]
    assert "Fewer than 5" in part["text"]
    assert part["figures"] == []
    assert pay_equity.compa_ratios([]) is None


def test_the_six_alternatives_are_priced_and_each_says_why_it_falls_short(session, people, now, case):
    write_facts(session, case, people, now, review_months="3", why_one_off="She asked for base, on 3 Nov.")
    sections = parts(session, case, now)
    part, cost = sections["alternatives"], figures(sections["cost_of_losing"])
    got = figures(part)
    assert got["Finalist B at the midpoint"] == 7_500_000
    assert got["Finalist B, less than the request"] == 9_200_000 - 7_500_000
    assert got["A one-off instead of base"] == 700_000
    assert got["A later review, saved in the first year"] == half_up(Fraction(700_000 * 3, 12))
    assert got["Reopen the search"] == cost["Cost of losing, middle"]
    assert got["A week of waiting"] == 7 * cost["A day of the empty seat, middle"]
    text = text_of(part)
    assert "Falls short: She asked for base, on 3 Nov." in text
    assert text.count("Falls short:") >= 4
    for head in ("Finalist B", "A one-off", "Another level", "A later review", "Reopen the search", "Wait:"):
        assert head in text


def test_a_level_whose_band_holds_the_request_is_named(session, people, now, case):
    band = requisitions.BandTerms(min=9_000_000, mid=None, max=12_000_000, currency="EUR")
    wide = factories.requisition(session, people, now, level="L6", band=band)
    factories.requisition(session, people, now, level="L7", band=dataclasses.replace(band, min=9_200_001))
    factories.requisition(session, people, now, level="L8", band=band, confidential=True)
    text = text_of(parts(session, case, now)["alternatives"])
    assert f"L6 ({wide.key}), EUR 90,000 to EUR 120,000" in text
    assert "L7" not in text
    assert "L8" not in text


def test_another_currency_is_shown_as_it_is_and_never_summed(session, people, now, offer, case):
    for amount, currency in ((9_500_000, "EUR"), (15_000_000, "JPY")):
        session.add(CompetingProcess(application_id=offer.application_id, stage="offer", source_class=SourceClass.CREDIBLE, decision_on=day_of(now) + dt.timedelta(days=2), offer_amount=amount, currency=currency, disclosed_on=day_of(now), by=people.ruth, created_at=now))  # fmt: skip
    session.commit()
    sections = parts(session, case, now)
    assert "EUR 95,000" in text_of(sections["market"])
    assert "JPY 15,000,000" in text_of(sections["market"])
    assert sorted(
        figure["unit"] for figure in sections["market"]["figures"] if figure["label"].startswith("Competing offer")
    ) == [
        "EUR",
        "JPY",
    ]
    assert "comes to its decision on 20 Nov 2026" in sections["ask"]["text"]
    hidden = parts(session, case, now, market=Market.AMOUNTS_HIDDEN)["market"]
    assert "95,000" not in text_of(hidden)
    assert "Competing offer" not in figures(hidden)
    out = parts(session, case, now, market=Market.EXCLUDED)["market"]
    assert (out["evidence"], out["figures"]) == ([], [])
    with pytest.raises(ValueError, match="without a rate and its date"):
        Money(1, "EUR") + Money(1, "JPY")


@pytest.mark.parametrize(
    ("amount", "rounded"), [(2_000_188, 2_000_000), (691_874, 692_000), (999, 999), (1005, 1010), (0, 0), (-12_345, -12_300)]
)  # fmt: skip
def test_words_carry_three_digits(amount, rounded):
    assert round_significant(Money(amount, "EUR")) == show(Money(rounded, "EUR"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("nonsense", "x"), ("on_cost", "201"), ("on_cost", "-1"), ("on_cost", "1.5"), ("on_cost", "٣"), ("kind", "because"),
     ("milestone1_due", "soon"), ("milestone1_week", "1e3"), ("quotes", "1,x"), ("quotes", ",".join(map(str, range(13)))), ("budget_line", "x" * 201), ("why_not", "x" * 2001), ("dissent_x", "y")],
)  # fmt: skip
def test_a_fact_that_is_none_names_its_field(session, people, now, case, name, value):
    with pytest.raises(RuleBroken) as caught:
        write_facts(session, case, people, now, **{name: value})
    assert list(caught.value.errors) == [f"facts.{name}"]
    assert case.texts == {}


def test_facts_are_read_by_the_check_and_stop_the_submission(session, people, now, case):
    write_facts(session, case, people, now, why_wait="She has two kids to feed", budget_line="Cost centre 4100")
    findings = assembly.findings(case)
    assert [(finding.severity, finding.section) for finding in findings] == [("blocked", "alternatives")]
    with pytest.raises(RuleBroken):
        services.submit(session, case=case, act=act_by(people.ruth, now=now))
    write_facts(session, case, people, now, why_wait="")
    assert "fact:why_wait" not in case.texts
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    assert "Budget line: Cost centre 4100." in case.frozen


def test_where_the_band_is_the_matter_the_case_says_so(session, people, now, case):
    write_facts(session, case, people, now, kind="market_moved", if_silent="The offer stays at EUR 85,000")
    sections = parts(session, case, now)
    assert "the first answer is to review the band" in sections["ask"]["text"]
    assert "nothing is approved: The offer stays at EUR 85,000." in sections["risks"]["text"]


def test_the_days_come_from_own_history_with_n(session, people, now, case):
    opened = [30, 40, 50, 60, 70]
    for days in opened:
        hired(session, people, now - dt.timedelta(days=days), [7_000_000], level="L1")
        session.query(Offer).filter(Offer.accepted_at == now - dt.timedelta(days=days)).one().accepted_at = now
    session.commit()
    part = parts(session, case, now)["cost_of_losing"]
    got = figures(part)
    assert (got["Days, low"], got["Days, middle"], got["Days, high"]) == (40, 50, 60)
    assert "own history, n = 5" in text_of(part)
    assert any(
        claim["count"] == 5 and claim["source"] == "Own history of accepted offers" for claim in part["evidence"]
    )
