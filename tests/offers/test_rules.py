"""When an offer lies above the band, who may be paid so, and what counts as a change of pay: no database."""

import datetime as dt

import pytest

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import LARGEST, Money
from recruiter.offers import rules
from recruiter.offers.models import Offer, OfferStatus
from recruiter.requisitions.models import Band
from tests.offers.arranging import terms
from tests.refusals import at, conflict, refusal

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


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (terms(0), "base", "Enter a base above 0."),
        (terms(bonus=Money(-1, "EUR")), "bonus", "Enter an amount of 0 or more."),
        (terms(sign_on=Money(1, "USD")), "sign_on", "Enter this amount in EUR, like the base."),
        (terms(7_500_000, "USD"), "base", "The approved band is in EUR. Make the offer in EUR."),
        (terms(expires_on=TODAY - dt.timedelta(days=1)), "expires_on", "Enter a date that has not passed."),
    ],
)
def test_terms_are_refused_in_these_words(given, field, sentence):
    assert refusal(rules.check_terms, given, band=BAND, today=TODAY) == at(field, sentence)


def test_the_largest_amounts_are_fine():
    rules.check_terms(terms(bonus=_euros(LARGEST), sign_on=_euros(LARGEST)), band=BAND, today=TODAY)


def test_the_terms_of_an_offer_are_all_of_it():
    offer = Offer(
        currency="EUR",
        base=1,
        bonus=2,
        sign_on=3,
        equity="4 shares",
        start_on=TODAY,
        expires_on=TODAY + dt.timedelta(1),
    )
    whole = rules.Terms(_euros(1), _euros(2), _euros(3), "4 shares", TODAY, TODAY + dt.timedelta(1))
    assert rules.terms_of(offer) == whole
    assert whole.dates == (TODAY, TODAY + dt.timedelta(1))


def test_a_case_that_no_longer_covers_says_why():
    sentence = "The base changed. Open another budget case and have it approved first."
    covered = {"band": BAND, "up_to": None, "voided": "The base changed."}
    assert refusal(rules.check_covered, _euros(9_000_000), **covered) == conflict(sentence)


BEFORE = terms(9_000_000, bonus=_euros(500_000), sign_on=_euros(100_000), equity="10 shares")


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, ""),
        ({"base": 8_000_000}, ""),
        ({"base": 9_200_000}, ""),  # what the case allows
        ({"base": 9_200_001}, "The base changed from EUR 90,000. Approval no longer applies."),
        ({"bonus": None}, ""),
        ({"bonus": _euros(0)}, ""),
        ({"bonus": _euros(499_999)}, ""),
        ({"bonus": _euros(500_001)}, "The variable pay changed from EUR 5,000. Approval no longer applies."),
        ({"bonus": Money(1, "USD")}, "The variable pay changed from EUR 5,000. Approval no longer applies."),
        ({"sign_on": _euros(100_001)}, "The sign-on payment changed from EUR 1,000. Approval no longer applies."),
        ({"equity": ""}, ""),
        ({"equity": "20 shares"}, "The equity changed from “10 shares”. Approval no longer applies."),
        (
            {"base": 9_300_000, "equity": "20 shares"},
            "The base changed from EUR 90,000. The equity changed from “10 shares”. Approval no longer applies.",
        ),
    ],
)
def test_what_goes_beyond_an_approval(changed, sentences):
    parts = {"base": 9_000_000, "bonus": BEFORE.bonus, "sign_on": BEFORE.sign_on, "equity": BEFORE.equity, **changed}
    beyond = rules.changes_beyond_approval(BEFORE, BEFORE, terms(**parts), up_to=_euros(9_200_000))
    assert beyond == sentences


def test_what_was_not_approved_at_all_goes_beyond():
    plain = terms(9_000_000)
    beyond = rules.changes_beyond_approval(plain, plain, BEFORE, up_to=_euros(9_200_000))
    assert beyond == (
        "The variable pay changed from none. The sign-on payment changed from none. The equity changed from none. "
        "Approval no longer applies."
    )
    already_above = rules.changes_beyond_approval(plain, plain, plain, up_to=_euros(8_000_000))
    assert already_above == ""  # the base did not change
    long = rules.Terms(_euros(1), equity="x" * 90)
    beyond = rules.changes_beyond_approval(long, long, rules.Terms(_euros(1), equity="y"), up_to=_euros(1))
    assert beyond == f"The equity changed from “{'x' * 80}”. Approval no longer applies."
