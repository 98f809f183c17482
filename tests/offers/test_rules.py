"""When an offer lies above the band, who may be paid so, and what counts as a change of pay: no database."""

import datetime as dt

import pytest

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import LARGEST, Money
from recruiter.offers import rules
from recruiter.offers.models import Offer, OfferStatus
from recruiter.requisitions.models import Band
from tests.offers.arranging import terms

BAND = Band(min=6_500_000, mid=7_500_000, max=8_500_000, currency="EUR")
TODAY = dt.date(2026, 11, 18)


def _euros(amount):
    return Money(amount, "EUR")


@pytest.mark.parametrize(
    ("base", "over"), [(6_499_999, None), (8_499_999, None), (8_500_000, None), (8_500_001, 1), (9_000_000, 500_000)]
)
def test_a_base_is_above_the_band_from_the_first_cent_over_its_top(base, over):
    assert rules.excess(_euros(base), BAND) == (None if over is None else _euros(over))


def test_without_an_approved_band_nothing_is_above_it():
    assert rules.excess(_euros(10**9), None) is None
    assert rules.is_covered(_euros(10**9), band=None, up_to=None)


@pytest.mark.parametrize(
    ("base", "up_to", "fits"),
    [
        (8_500_000, None, True),
        (8_500_001, None, False),
        (9_000_000, 8_999_999, False),
        (9_000_000, 9_000_000, True),
        (9_000_000, 9_000_001, True),
        (8_000_000, 7_000_000, True),
    ],
)
def test_a_base_is_covered_within_the_band_or_up_to_what_a_case_allows(base, up_to, fits):
    allowed = None if up_to is None else _euros(up_to)
    assert rules.is_covered(_euros(base), band=BAND, up_to=allowed) is fits
    if fits:
        rules.check_covered(_euros(base), band=BAND, up_to=allowed)
        return
    with pytest.raises(Conflict, match="budget case"):
        rules.check_covered(_euros(base), band=BAND, up_to=allowed)


def test_a_refusal_names_how_far_above_the_band_and_what_a_case_covers():
    with pytest.raises(Conflict, match=r"EUR 5,000 above the approved band"):
        rules.check_covered(_euros(9_000_000), band=BAND, up_to=None)
    with pytest.raises(Conflict, match=r"up to EUR 88,000"):
        rules.check_covered(_euros(9_000_000), band=BAND, up_to=_euros(8_800_000))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (terms(0), "base"),
        (terms(-1), "base"),
        (terms(LARGEST + 1), "base"),
        (terms(7_500_000, "USD"), "base"),
        (terms(bonus=Money(-1, "EUR")), "bonus"),
        (terms(sign_on=Money(-1, "EUR")), "sign_on"),
        (terms(bonus=Money(1, "USD")), "bonus"),
        (terms(sign_on=Money(1, "JPY")), "sign_on"),
        (terms(bonus=Money(LARGEST + 1, "EUR")), "bonus"),
        (terms(expires_on=TODAY - dt.timedelta(days=1)), "expires_on"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(given, field):
    with pytest.raises(RuleBroken) as error:
        rules.check_terms(given, band=BAND, today=TODAY)
    assert list(error.value.errors) == [field]


@pytest.mark.parametrize(
    ("given", "band"),
    [
        (terms(1), BAND),
        (terms(LARGEST), BAND),
        (terms(bonus=Money(0, "EUR"), sign_on=Money(0, "EUR")), BAND),
        (terms(expires_on=TODAY), BAND),
        (terms(7_500_000, "USD", bonus=Money(1, "USD")), None),
    ],
)
def test_terms_at_the_edges_are_fine(given, band):
    rules.check_terms(given, band=band, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "is_pay"),
    [
        ({}, False),
        ({"base": 7_500_001}, True),
        ({"currency": "USD"}, True),
        ({"bonus": Money(1, "EUR")}, True),
        ({"bonus": None}, True),
        ({"sign_on": Money(0, "EUR")}, True),
        ({"equity": "1000 options"}, True),
        ({"start_on": TODAY}, False),
        ({"expires_on": TODAY}, False),
    ],
)
def test_base_bonus_sign_on_equity_and_currency_are_pay_and_dates_are_not(changed, is_pay):
    offer = Offer(currency="EUR", base=7_500_000, bonus=500_000, sign_on=None, equity="")
    after = terms(**{"bonus": Money(500_000, "EUR"), **changed})
    assert (after.pay != rules.terms_of(offer).pay) is is_pay


@pytest.mark.parametrize(
    ("low", "mid", "high", "base"),
    [(6_500_000, 7_000_000, 8_500_000, 7_000_000), (6_500_000, None, 8_500_000, 7_500_000), (1, None, 4, 2)],
)
def test_a_draft_starts_from_the_midpoint_else_from_the_middle_of_the_ends(low, mid, high, base):
    assert rules.starting_base(Band(min=low, mid=mid, max=high, currency="EUR")) == _euros(base)


@pytest.mark.parametrize("status", OfferStatus)
def test_an_act_on_an_offer_that_stands_elsewhere_says_where_it_stands(status):
    rules.check_status(Offer(status=status), allowed=(status,), action="changed")
    others = tuple(other for other in OfferStatus if other != status)
    with pytest.raises(Conflict, match=f"This offer is {rules.STATUS_PHRASES[status]}, so it cannot be changed"):
        rules.check_status(Offer(status=status), allowed=others, action="changed")
