"""What was approved above the band bounds the offer: more of anything voids it, and says what changed."""

import dataclasses

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import Conflict
from recruiter.foundation.money import Money
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_services
from recruiter.offers.band import band_exceptions
from tests.acts import act_by, moment
from tests.budget import arranging


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    return arranging.submitted(session, people, now, offer)


def change(session, people, now, offer, **terms):
    services.change(
        session,
        offer=offer,
        terms=dataclasses.replace(rules.terms_of(offer), **terms),
        act=act_by(people.ruth, now=now),
    )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"sign_on": Money(600_000, "EUR")}, "The sign-on payment changed from EUR 5,000. Approval no longer applies."),
        ({"bonus": Money(1, "EUR")}, "The variable pay changed from none. Approval no longer applies."),
        ({"equity": "0.1 %"}, "The equity changed from none. Approval no longer applies."),
        (
            {"base": Money(9_300_000, "EUR"), "bonus": Money(1, "EUR")},
            "The variable pay changed from none. Approval no longer applies.",
        ),
    ],
)
def test_more_of_anything_voids_the_approval_and_says_what_changed(session, people, now, offer, case, browse, more, sentence):  # fmt: skip
    arranging.decided(session, people, now, case)
    change(session, people, now, offer, **more)
    session.commit()
    assert band_exceptions.allowed_up_to(session, offer.application) is None
    assert band_exceptions.reason_void(session, offer.application) == sentence
    with pytest.raises(Conflict, match=sentence.split(".", maxsplit=1)[0]):
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    assert session.query(AuditEntry).filter(AuditEntry.action == "case.voided").count() == 1
    ruth = browse("ruth")
    for page in (f"/cases/{case.id}", f"/offers/{offer.id}"):
        assert sentence in ruth.get(page).get_data(as_text=True)


@pytest.mark.parametrize("less", [{"base": Money(9_200_000, "EUR")}, {"base": Money(8_600_000, "EUR")}, {"sign_on": None}, {"sign_on": Money(1, "EUR")}])  # fmt: skip
def test_what_costs_no_more_than_was_approved_stays_approved(session, people, now, offer, case, less):
    arranging.decided(session, people, now, case)
    change(session, people, now, offer, **less)
    assert band_exceptions.reason_void(session, offer.application) == ""
    approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))


def test_another_level_of_the_role_is_not_what_was_approved(session, people, now, offer, case):
    arranging.decided(session, people, now, case)
    level = offer.application.requisition.level
    offer.application.requisition.level = "L9"
    session.flush()
    assert band_exceptions.allowed_up_to(session, offer.application) is None
    assert band_exceptions.reason_void(session, offer.application, case_number=case.number) == f"The level changed from {level or 'none'}. Approval no longer applies."  # fmt: skip
    offer.application.requisition.level = level
    assert band_exceptions.allowed_up_to(session, offer.application) == Money(9_200_000, "EUR")


def test_a_case_whose_terms_became_more_while_it_waited_is_not_approved(session, people, now, offer, case):
    change(session, people, now, offer, sign_on=Money(700_000, "EUR"))
    with pytest.raises(
        Conflict, match=r"The sign-on payment changed from EUR 5,000\. It is not what this case asks for"
    ):
        arranging.decided(session, people, now, case)
    change(session, people, now, offer, sign_on=Money(500_000, "EUR"), base=Money(9_200_000, "EUR"))
    arranging.decided(session, people, now, case)


def test_an_exception_from_before_terms_were_kept_bounds_the_base_alone(session, people, now, offer):
    granted = band_exceptions.grant(
        session, offer=offer, case_number="BC-1", up_to=Money(9_100_000, "EUR"), act=moment(now)
    )
    granted.terms, granted.level = None, None
    session.flush()
    change(session, people, now, offer, bonus=Money(5, "EUR"))
    assert band_exceptions.allowed_up_to(session, offer.application) == Money(9_100_000, "EUR")


def test_another_currency_is_more():
    euros = rules.Terms(base=Money(1, "EUR"), sign_on=Money(5, "EUR"))
    other = rules.Terms(base=Money(1, "USD"))
    sentence = rules.changes_beyond_approval(euros, euros, other, up_to=Money(1, "EUR"))
    assert sentence == "The base changed from EUR 0.01. Approval no longer applies."
