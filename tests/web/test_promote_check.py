"""One click promotes where everything is green; whatever is not is named on the check page first, and nothing has changed."""

import datetime as dt
import html

import pytest
from sqlalchemy import select

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.contacts import competing_processes, concern_services, contact_services, readiness_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import Channel, ConcernKind, Direction, Promotion, TouchKind
from recruiter.offers.models import SourceClass
from recruiter.pipeline.models import ApplicationStatus
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def search(request, session, people, now):
    """The first choice has withdrawn; of the two who wait, the next is ready in every respect."""
    requisition = factories.requisition(session, people, now)
    ada, bela, chidi = factories.finalists(session, people, now, requisition)
    talk = interviews.plan(
        session, application=bela, stage=requisition.stages[2], name="Panel", starts_at=now - 30 * HOUR,
        ends_at=now - 29 * HOUR, panel=[Seat(people.ines, cross_functional=False)], act=act_by(people.ruth, now=now - 60 * HOUR) )  # fmt: skip
    marks = [Mark("System design", 4, "Split it cleanly"), Mark("Communication", 4, "Plain words")]
    cards.submit(
        session,
        interview=talk,
        content=CardContent(marks, overall=4, summary="Clear"),
        act=act_by(people.ines, now=now - 28 * HOUR),
    )
    spoke_ago = factories.days(7) if "silent" in request.node.name else HOUR
    spoke = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, "Still keen", now - spoke_ago)
    contact_services.record(session, application=bela, contact=spoke, act=act_by(people.ruth, now=now))
    answers = readiness_services.ReadinessAnswers(
        interested=True, expectation_within_band=True, references_done_on=now.date()
    )
    readiness_services.record_readiness(
        session,
        application=bela,
        answers=answers,
        act=act_by(people.ruth, now=now),
    )
    services.withdraw(session, application=ada, reason="timing", act=act_by(people.ruth, now=now))
    session.commit()
    return requisition, bela, chidi


def _click(browse, requisition, application):
    path, data = f"/requisitions/{requisition.key}/promote", {"quick": "1", "application_id": str(application.id)}
    return browse("ruth").post(path, data=data)


def _promoted(session):
    session.expire_all()
    return session.scalars(select(Promotion)).all()


def test_one_click_promotes_who_is_ready(browse, session, search):
    requisition, bela, _ = search
    done = _click(browse, requisition, bela)
    assert done.status_code == 303
    assert [promotion.promoted_application_id for promotion in _promoted(session)] == [bela.id]
    again = _click(browse, requisition, bela)
    assert again.status_code == 200  # a second click ends nobody: it shows what it would do
    assert len(_promoted(session)) == 1
    assert bela.status == ApplicationStatus.ACTIVE


def test_the_check_page_shows_seven_lights_with_what_turns_each_green(browse, search):
    requisition, bela, chidi = search
    page = browse("ruth").get(f"/requisitions/{requisition.key}/promote?to={bela.id}").get_data(as_text=True)
    assert "Ready: 7 of 7" in page
    assert "first.</strong>" not in page
    other = html.unescape(
        browse("ruth").get(f"/requisitions/{requisition.key}/promote?to={chidi.id}").get_data(as_text=True)
    )
    assert "Ready: 3 of 7. Still open: scorecards, still interested, pay expectation within band, references." in other
    assert other.count("Still to do:") == 4
    assert "No talk with Chidi Okoro is recorded." in other


@pytest.mark.parametrize("what", ["silent", "unknown", "expired", "above", "concern", "tie"])
def test_whatever_is_not_as_it_should_be_comes_first(browse, session, people, now, search, monkeypatch, what):
    requisition, bela, chidi = search
    process = {
        "application": bela,
        "stage": "Offer",
        "source_class": SourceClass.CREDIBLE,
        "act": act_by(people.ruth, now=now),
    }
    if what == "unknown":
        competing_processes.record(session, **process)
    elif what == "expired":
        competing_processes.record(session, decision_on=now.date() - factories.days(1), **process)
    elif what == "above":
        arranging.offer(session, people, bela, now, base=arranging.ABOVE)
    elif what == "concern":
        concern_services.raise_concern(
            session, application=bela, kind=ConcernKind.TEAM, description="Who leads?", act=act_by(people.ruth, now=now)
        )
    elif what == "tie":
        group = [{"application_id": bela.id, "rank": 1}, {"application_id": chidi.id, "rank": 1}]
        monkeypatch.setattr(
            "recruiter.ranking.suggestion.suggested_ranking.for_requisition",
            lambda *_, **__: {"state": "ready", "ranking": group},
        )
    session.commit()
    answer = _click(browse, requisition, bela)
    form = {
        "silent": "has not spoken with you for 7 days",
        "unknown": "has another process whose date is not known",
        "expired": "Ready: 6 of 7. Still open: their deadline.",
        "above": "lies above the band",
        "concern": "has 1 open concern",
        "tie": "Bela Novak is tied with Chidi Okoro",
    }
    assert answer.status_code == 200, answer.location
    assert form[what] in html.unescape(answer.get_data(as_text=True))
    assert _promoted(session) == []


def test_a_loss_that_is_not_recorded_yet_and_an_open_offer_are_said(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    ada, bela, _ = factories.finalists(session, people, now, requisition)
    arranging.offer(session, people, ada, now, to="extended")
    session.commit()
    page = html.unescape(_click(browse, requisition, bela).get_data(as_text=True))
    assert "Why the first choice is lost is not recorded yet." in page
    assert "The offer of the first choice is still out. It ends with this." in page
    assert _promoted(session) == []


def test_where_nobody_waits_the_page_leads_to_people_known(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    page = browse("ruth").get(f"/requisitions/{requisition.key}/promote").get_data(as_text=True)
    assert f"/requisitions/{requisition.key}/earlier-finalists" in page
