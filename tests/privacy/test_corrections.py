"""A person says that something is not right: it is marked, not used meanwhile, corrected with its history, ranked again."""

import pytest
from sqlalchemy import select

from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry
from recruiter.candidates.models import Task
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.privacy.corrections import correction_queries, correction_services
from recruiter.privacy.models import DisputedField, RequestKind, RequestOutcome
from recruiter.privacy.requests import request_services
from recruiter.ranking import queries as ranking
from recruiter.ranking.models import RankingUse
from recruiter.ranking.suggestion import run_log
from tests.acts import act_by
from tests.ranking import arranging
from tests.ranking.arranging import HOUR

F = DisputedField


def disputing(session, people, now, candidate, *fields):
    return request_services.record(
        session, candidate=candidate, kind=RequestKind.CORRECTION, received_on=now.date(), details="", disputed=fields, act=act_by(people.ruth, now=now)
    )  # fmt: skip


def test_each_field_is_marked_corrected_and_its_history_kept(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    candidate, ruth = slate[0].candidate, act_by(people.ruth, now=now)
    candidate.headline, candidate.location = "3 years of Rust", "Berlin"
    with pytest.raises(RuleBroken):
        disputing(session, people, now, candidate)
    request = disputing(session, people, now, candidate, F.HEADLINE, F.LOCATION, F.EMAILS)
    assert correction_queries.disputed_now(session, candidate.id) == "E-mail addresses, What they do and Place"
    by_field = {each.field: each for each in request.disputes}
    with pytest.raises(Conflict, match="Correct or keep these first"):
        request_services.end(session, request=request, outcome=RequestOutcome.DONE, answer="", act=ruth)
    with pytest.raises(RuleBroken) as refused:
        correction_services.correct(
            session, dispute=by_field[F.EMAILS], value="no address", informed_parties="", act=ruth
        )
    assert "value" in refused.value.errors
    correction_services.correct(
        session, dispute=by_field[F.HEADLINE], value="8 years of Rust", informed_parties="The agency", act=ruth
    )
    correction_services.correct(
        session, dispute=by_field[F.EMAILS], value="a@example.com\nb@example.com", informed_parties="", act=ruth
    )
    correction_services.keep(session, dispute=by_field[F.LOCATION], reason="Their letter says so", act=ruth)
    settled = by_field[F.HEADLINE]
    assert (candidate.headline, settled.old_value, settled.new_value) == (
        "8 years of Rust",
        "3 years of Rust",
        "8 years of Rust",
    )
    assert (settled.settled_by, settled.settled_at, settled.informed_parties) == (people.ruth, now, "The agency")
    assert candidate.emails == ["a@example.com", "b@example.com"]
    assert candidate.location == "Berlin"
    with pytest.raises(Conflict):
        correction_services.keep(session, dispute=settled, reason="Once more", act=ruth)
    follow_ups = session.scalars(select(Task).where(Task.assignee_id == requisition.hiring_manager_id)).all()
    assert ["3 years" in task.what for task in follow_ups] == [False, False]
    request_services.end(session, request=request, outcome=RequestOutcome.DONE, answer="Done", act=ruth)
    assert correction_queries.disputed_now(session, candidate.id) == ""
    actions = set(session.scalars(select(AuditEntry.action)))
    assert {AuditAction.DISPUTE_CORRECTED, AuditAction.DISPUTE_KEPT} <= actions


def test_disputed_scorecards_are_not_ranked_and_then_ranked_again(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    application, ruth = slate[2], act_by(people.ruth, now=now)
    ids = [each.id for each in slate]
    relied = run_log.log_use(
        session, requisition=requisition, application_ids=ids, ranking_use=RankingUse.ORDER, act=ruth
    )
    request = disputing(session, people, now, application.candidate, F.SCORECARDS)
    assert application.id in ranking.not_ranked_ids(session, requisition.id)
    (dispute,) = request.disputes
    later = act_by(people.ruth, now=now + HOUR)
    arranging.card(session, people, application, people.xenia, (5, 5), 4, at=now)
    correction_services.correct(session, dispute=dispute, value="A card was added", informed_parties="", act=later)
    assert application.id not in ranking.not_ranked_ids(session, requisition.id)
    (used,) = correction_queries.rankings_that_used(session, dispute)
    assert (used.before, used.again) == (relied, None)
    rerun = run_log.rank_again(session, prediction=relied, act=act_by(people.ruth, now=now + 2 * HOUR))
    (used,) = correction_queries.rankings_that_used(session, dispute)
    assert (used.before, used.again) == (relied, rerun)
    assert rerun.id != relied.id
    assert run_log.replay(relied)[0]
    assert used.place_before is not None


@pytest.mark.parametrize("outcome", [RequestOutcome.REFUSED, RequestOutcome.WITHDRAWN])
def test_with_its_request_a_dispute_ends(session, people, now, outcome):
    requisition, slate = arranging.searched(session, people, now)
    request = disputing(session, people, now, slate[0].candidate, F.SCORECARDS)
    request_services.end(session, request=request, outcome=outcome, answer="No", act=act_by(people.ruth, now=now))
    assert request.disputes[0].corrected is False
    assert ranking.not_ranked_ids(session, requisition.id) == set()
