"""What the database counts of the ways through the stages is what a walk through all of them finds."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from sqlalchemy import insert

from recruiter.pipeline.models import Application, ApplicationStatus, StageChange
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.reports.hiring import stage_counts, stage_transitions
from tests import factories
from tests.acts import moment

HOUR = dt.timedelta(hours=1)


def _history(session, people, now, chance, applications):
    """A company as chance has it: ways forward, back, back within a day and twice to the same stage."""
    requisitions = [factories.requisition(session, people, now - 500 * 24 * HOUR) for _ in range(2)]
    candidates = [factories.candidate(session, people, now) for _ in range(applications)]
    for person in candidates:
        requisition = chance.choice(requisitions)
        at = now - chance.randrange(60, 600) * 24 * HOUR
        moves, place = [(requisition.stages[0], at)], 0
        for _ in range(chance.randrange(5)):
            step = chance.choice([1, 1, 1, 2, 0, -1, -2])
            place = min(max(place + step, 0), len(requisition.stages) - 1)
            at += chance.randrange(1, 90) * HOUR
            moves.append((requisition.stages[place], at))
        status = chance.choice(list(ApplicationStatus))
        application = Application(
            candidate_id=person.id, requisition_id=requisition.id, stage_id=moves[-1][0].id, stage_since=at, status=status,
            ended_at=at + HOUR if status in {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN} else None,
            applied_on=moves[0][1].date(), created_at=moves[0][1],
        )  # fmt: skip
        session.add(application)
        session.flush()
        session.execute(
            insert(StageChange),
            [
                {"application_id": application.id, "to_stage_id": stage.id, "moved_by_id": people.ruth.id, "moved_at": moved_at, "reason": ""}
                for stage, moved_at in moves
            ],
        )  # fmt: skip


@pytest.mark.parametrize("applications", [0, 150])
def test_counts_are_those_of_a_walk_through_every_way(session, people, now, applications):
    _history(session, people, now, random.Random(14), applications)
    for period in ("12-months", "all"):
        request = scope.request_for(
            session, viewer=people.ruth, within=scopes.searches(people.ruth), moment=moment(now), period=scope.period_named(period)
        )  # fmt: skip
        paths = stage_transitions.stage_paths(request)
        assert bool(paths) == bool(applications)
        counts = stage_counts.funnel_counts(request)
        assert counts.steps == {step for path in paths for step, _ in path.entries}
        assert counts.furthest == Counter(path.furthest for path in paths)
        assert counts.here_now == Counter(path.entries[-1][0] for path in paths if path.active)
        assert Counter(stage_counts.stays(request)) == Counter(stay for path in paths for stay in path.stays)
        assert catalogue.report_named("funnel", request).n == len(paths)
