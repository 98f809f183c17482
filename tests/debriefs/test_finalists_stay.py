"""Whoever was met stays in the debrief: with an offer, hired, or named in a record and out of the running."""

from recruiter.debriefs import queries, services
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.acts import act_by


def _named(session, requisition):
    return [application.candidate.name for application in queries.candidates_discussed(session, requisition)]


def test_they_stand_in_the_order_of_offers_whatever_their_stage(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    earlier = factories.application(session, people, now, requisition, "Earlier", stage="interview")
    ada, bela, _ = factories.finalists(session, people, now, requisition)
    to = requisitions.stage_of_kind(requisition, StageKind.OFFER)
    pipeline.move(session, application=bela, to=to, reason="Arranged", act=act_by(people.ruth, now=now))
    ada.stage = requisitions.stage_of_kind(requisition, StageKind.HIRED)
    session.flush()
    services.record(
        session, requisition=requisition, decision="Ada", first_choice=ada, act=act_by(people.hana, now=now)
    )
    assert _named(session, requisition) == ["Ada Ferreira", "Bela Novak", "Chidi Okoro", earlier.candidate.name]
    ada.status = ApplicationStatus.HIRED
    earlier.status = ApplicationStatus.REJECTED
    session.commit()
    assert _named(session, requisition) == ["Ada Ferreira", "Bela Novak", "Chidi Okoro"]
    path = f"/requisitions/{requisition.key}/debrief"
    assert 'First choice <bdi dir="auto">Ada Ferreira</bdi>' in browse("ruth").get(path).get_data(as_text=True)
    ada.status = ApplicationStatus.WITHDRAWN
    session.commit()
    page = browse("ruth").get(path).get_data(as_text=True)
    assert 'First choice <bdi dir="auto">Ada Ferreira</bdi>' in page
    assert "no longer in the running" not in page
    assert "nobody was clearly ahead on the scorecards" in page
