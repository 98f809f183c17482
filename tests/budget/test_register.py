"""The register of exceptions: counts by band, role and manager, the third in twelve months, what became of each."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.budget.evidence.sections import pay_equity
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase, CaseVerdict
from recruiter.budget.register import departure_services, register_queries
from recruiter.foundation.database.append_only import HistoryIsFixedError
from recruiter.foundation.database.scope import listed
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers import rules
from recruiter.offers import services as offers
from recruiter.offers.models import OfferStatus
from recruiter.ranking.bias_audit import audit_data
from tests.acts import act_by, day_of, moment
from tests.budget import arranging

ALL = select(BudgetCase.id)


def exception(session, people, now, *, verdict=CaseVerdict.APPROVED, status=None, **terms):
    offer = arranging.ground(session, people, now, names=("Ada Ferreira", "Bela Novak"), **terms)
    case = arranging.submitted(session, people, now, offer)
    arranging.decided(session, people, now, case, verdict)
    if status:
        offer.status = status
        offer.accepted_at = now if status == OfferStatus.ACCEPTED else None
        session.commit()
    return case


def register(session, now, within=ALL):
    return register_queries.register_of(session, within=listed(within), moment=moment(now))


def test_it_counts_by_band_role_and_manager(session, people, now):
    exception(session, people, now)
    exception(session, people, now, title="Data Engineer")
    exception(session, people, now, verdict=CaseVerdict.REFUSED)
    exception(session, people, now, level="L6")
    arranging.submitted(session, people, now, arranging.ground(session, people, now, names=("Eva Lind", "Finn Moe")))
    contents = register(session, now)
    assert len(contents.entries) == 4
    assert contents.granted == 3
    assert [(summary.name, summary.granted, summary.last_year, summary.refused) for summary in contents.by_band] == [("L5, Engineering", 2, 2, 1), ("L6, Engineering", 1, 1, 0)]  # fmt: skip
    assert {(summary.name, summary.granted) for summary in contents.by_role} == {
        ("Senior Backend Engineer", 2),
        ("Data Engineer", 1),
    }
    assert [(summary.name, summary.granted, summary.refused) for summary in contents.by_manager] == [("Hana", 3, 1)]


def test_the_third_in_twelve_months_says_review_the_band(session, people, now):
    for days in (364, 10):
        exception(session, people, now - dt.timedelta(days=days))
    assert not register(session, now).by_band[0].review
    exception(session, people, now)
    assert register(session, now).by_band[0].review
    assert register(session, now).by_band[0].granted == 3
    assert not register(session, now + dt.timedelta(days=2)).by_band[0].review


def test_it_says_what_became_of_each(session, people, now):
    for status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.RENEGED, None):
        exception(session, people, now, status=status)
    exception(session, people, now, verdict=CaseVerdict.REFUSED)
    assert dict(register(session, now).outcome_counts) == {"Accepted": 1, "Declined anyway": 1, "Accepted, then withdrew": 1, "Not decided yet": 1, "Refused": 1}  # fmt: skip


@pytest.mark.parametrize(("days", "outcome"), [(0, "Left within a year"), (364, "Left within a year"), (365, "Accepted, left later")])  # fmt: skip
def test_who_left_within_a_year_is_told(session, people, now, days, outcome):
    case = exception(session, people, now, status=OfferStatus.ACCEPTED)
    later = now + dt.timedelta(days=days)
    departure = departure_services.record_departure(
        session,
        case=case,
        on=day_of(later),
        act=act_by(people.ruth, now=later),
    )
    session.commit()
    contents = register(session, later)
    assert [entry.outcome for entry in contents.entries] == [outcome]
    assert contents.by_band[0].accepted == 1
    with pytest.raises(Conflict, match="on record already"):
        departure_services.record_departure(
            session,
            case=case,
            on=day_of(later),
            act=act_by(people.ruth, now=later),
        )
    departure.left_on = day_of(now) - dt.timedelta(days=1)
    with pytest.raises(HistoryIsFixedError):
        session.flush()


def test_a_departure_needs_a_hire_and_a_day_that_can_be(session, people, now):
    open_ = exception(session, people, now)
    with pytest.raises(Conflict, match="Nobody was hired"):
        departure_services.record_departure(
            session,
            case=open_,
            on=day_of(now),
            act=act_by(people.ruth, now=now),
        )
    case = exception(session, people, now, status=OfferStatus.ACCEPTED)
    for days in (-1, 1):
        with pytest.raises(RuleBroken) as caught:
            departure_services.record_departure(session, case=case, on=day_of(now) + dt.timedelta(days=days), act=act_by(people.ruth, now=now) )  # fmt: skip
        assert list(caught.value.errors) == ["left_on"]


def test_only_what_may_be_seen_is_counted_in_two_statements(session, people, now, count_statements):
    mine = exception(session, people, now)
    exception(session, people, now)
    assert len(register(session, now, ALL.where(BudgetCase.id == mine.id)).entries) == 1
    for _ in range(3):
        exception(session, people, now)
    session.expire_all()
    with count_statements() as statements:
        assert len(register(session, now).entries) == 5
    assert len([statement for statement in statements if "SELECT" in str(statement)]) == 2


def test_the_fairness_audit_is_told_who_was_approved(session, people, now):
    yes, no = exception(session, people, now), exception(session, people, now, verdict=CaseVerdict.REFUSED)
    approvals = register_queries.approvals_for_audit(session)
    assert approvals["case_approved"][1] == {yes.offer.application_id: True, no.offer.application_id: False}
    steps = {step.name: step for step in audit_data.collect(session, further=approvals).steps}
    assert steps["case_approved"].outcome == {str(yes.offer.application_id): True, str(no.offer.application_id): False}
    assert "case_approved" not in {step.name for step in audit_data.collect(session).steps}


def test_an_approval_that_is_void_is_no_exception(session, people, now):
    case = exception(session, people, now)
    offers.change(
        session, offer=case.offer, terms=dataclasses.replace(rules.terms_of(case.offer), bonus=Money(1, "EUR")), act=act_by(people.ruth, now=now)
    )  # fmt: skip
    contents = register(session, now)
    assert (contents.granted, contents.by_band[0].refused, contents.outcome_counts) == (
        0,
        0,
        [(register_queries.VOIDED, 1)],
    )


def test_who_has_left_is_in_no_comparison_of_pay(session, people, now):
    hired_and_left = [exception(session, people, now, status=OfferStatus.ACCEPTED) for _ in range(pay_equity.FEWEST)]
    case = arranging.opened(session, people, now, arranging.ground(session, people, now))

    def compared():
        context = assembly.context_of(session, case, moment=moment(now), options=Options())
        return len(pay_equity.group_of(context)[1]), pay_equity.collect(context).text

    assert compared()[0] == pay_equity.FEWEST
    assert " of 5 people of the same role" in compared()[1]
    departure_services.record_departure(
        session,
        case=hired_and_left[0],
        on=day_of(now),
        act=act_by(people.ruth, now=now),
    )
    assert compared()[0] == pay_equity.FEWEST - 1
    assert compared()[1].startswith("Fewer than 5 accepted offers")


def test_the_page_shows_cases_of_other_years_with_their_year(browse, session, people, now):
    exception(session, people, now - dt.timedelta(days=400))
    exception(session, people, now - dt.timedelta(days=3))
    answer = browse("ruth").get("/cases/register")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert ">14 Oct 2025<" in page
    assert ">Sun 15 Nov<" in page
