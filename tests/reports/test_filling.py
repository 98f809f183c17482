"""Time to fill, interviewer load and declined offers: recounted by hand."""

import datetime as dt

import pytest

from recruiter.foundation.money import Money
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, moment
from tests.offers import arranging

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def report(session, people, clock):
    def made(name, viewer="ruth", period="12-months"):
        actor = getattr(people, viewer)
        request = scope.request_for(
            session, viewer=actor, within=scopes.searches(actor), moment=moment(clock.at),
            period=scope.period_named(period),
        )  # fmt: skip
        return catalogue.report_named(name, request)

    return made


def _rows(report):
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, row, strict=True)) for row in report.rows]


def test_a_seat_took_from_its_opening_to_the_signature(session, people, now, report):
    for opened, took in ((100, 30), (60, 50)):
        at = now - opened * DAY
        requisition = factories.requisition(session, people, at)
        ada = factories.finalists(session, people, at, requisition)[0]
        arranging.offer(session, people, ada, at + took * DAY, to="accepted")
    factories.requisition(session, people, now - 7 * DAY)
    result = report("time-to-fill")
    assert sorted(round(row["days"]) for row in _rows(result)) == [30, 50]
    assert result.finding == "Half of the seats took at most 40 days."
    assert {figure.label: (figure.value, figure.note) for figure in result.figures}["Free today"] == (
        "1",
        "the oldest for 7 days",
    )
    assert report("time-to-fill", period="30-days").n == 1


def test_load_counts_seats_and_late_cards_and_never_a_rating(session, people, now, report):
    requisition = factories.requisition(session, people, now - 30 * DAY)
    for number, sent_after in enumerate((2, 30, None)):
        application = factories.application(session, people, now - 20 * DAY, requisition)
        end = now - (10 - number) * DAY
        talk = interviews.plan(
            session, application=application, stage=requisition.stages[2], name="Panel", starts_at=end - HOUR, ends_at=end,
            panel=[Seat(people.igor)], act=act_by(people.ruth, now=now - 15 * DAY) )  # fmt: skip
        if sent_after is not None:
            cards.submit(session, interview=talk, content=CardContent([Mark("System design", 3, "Saw it"), Mark("Communication", 4, "Clear")], overall=3, summary="Solid"), act=act_by(people.igor, now=end + sent_after * HOUR))  # fmt: skip
    result = report("interviewer-load")
    assert _rows(result) == [
        {"interviewer": people.igor.name, "held": 3, "late": 1, "missing": 1, "median_hours": 16.0}
    ]
    assert result.finding == f"{people.igor.name} carries most: 3 of 3 seats in interviews."


def test_how_much_more_is_for_who_sees_pay(session, people, now, report):
    requisition = factories.requisition(session, people, now - 9 * DAY)
    ada = factories.finalists(session, people, now - 9 * DAY, requisition)[0]
    offer = arranging.offer(session, people, ada, now - 5 * DAY, to="declined")
    competing_processes.record(
        session, application=ada, employer="Elsewhere", stage="Offer", source_class=SourceClass.CREDIBLE,
        amount=Money(offer.base * 110 // 100, offer.currency), act=act_by(people.ruth, now=now) )  # fmt: skip
    (row,) = _rows(report("offers-declined"))
    assert (row["how"], round(row["elsewhere_percent"])) == ("Declined", 10)
    people.ruth.pay_view = False
    session.flush()
    hidden = report("offers-declined")
    assert "elsewhere_percent" not in _rows(hidden)[0]
    assert not any("Elsewhere" in figure.label for figure in hidden.figures)
