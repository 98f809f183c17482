"""A requisition with 1,000 applications: the board and its table stay small, and ask the database as little as with ten."""

import datetime as dt

import pytest

from recruiter.candidates.models import Candidate
from recruiter.interviews.models import Interview, Panelist
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange
from recruiter.scorecards.models import CardState, Scorecard
from tests import factories

MOST_STATEMENTS, MOST_BYTES, MANY = 15, 300_000, 1000


def plant(session, people, now, requisition, count):
    """So many applications over all stages but the last, a third with a held interview, a late card and a sent one."""
    stages = requisition.stages[:-1]
    persons = [
        Candidate(
            name=f"{factories.fake.name()} {number}",
            headline=f"{factories.fake.job()}, {factories.fake.company()}"[:200],
            name_key=f"person {number}",
            search_key=f"person {number}",
            created_at=now,
        )
        for number in range(count)
    ]
    session.add_all(persons)
    session.flush()
    applications = [
        Application(
            candidate_id=person.id,
            requisition_id=requisition.id,
            stage_id=stages[number % len(stages)].id,
            stage_since=now - dt.timedelta(days=number % 60),
            status=ApplicationStatus.ACTIVE,
            applied_on=now.date(),
            created_at=now,
        )
        for number, person in enumerate(persons)
    ]
    session.add_all(applications)
    session.flush()
    session.add_all(
        StageChange(
            application_id=application.id,
            to_stage_id=application.stage_id,
            moved_by_id=people.ruth.id,
            moved_at=now,
            reason="",
        )
        for application in applications
    )
    talks = [
        Interview(
            application_id=application.id,
            stage_id=stages[2].id,
            name="Panel",
            starts_at=now - dt.timedelta(days=3),
            ends_at=now - dt.timedelta(days=3) + dt.timedelta(hours=1),
            created_by_id=people.ruth.id,
            created_at=now,
        )
        for application in applications[::3]
    ]
    session.add_all(talks)
    session.flush()
    for talk in talks:
        session.add_all(Panelist(interview_id=talk.id, user_id=user.id) for user in (people.ines, people.igor))
        session.add(
            Scorecard(
                interview_id=talk.id,
                application_id=talk.application_id,
                author_id=people.ines.id,
                state=CardState.SUBMITTED,
                overall=3,
                summary="Clear",
                submitted_at=now,
                saved_at=now,
                created_at=now,
            )
        )
    session.commit()
    return applications


@pytest.fixture
def crowded(session, people, now):
    """A search with a slate of three and 1,000 other applications."""
    requisition = factories.requisition(session, people, now)
    factories.finalists(session, people, now, requisition)
    plant(session, people, now, requisition, MANY)
    return requisition


@pytest.mark.parametrize(
    "query", ["", "?view=closed", "?view=table", "?view=table&sort=-days&flag=late", "?flag=late", "?q=1"]
)
def test_a_thousand_applications_take_few_statements_and_bytes(browse, crowded, count_statements, query):
    ruth = browse("ruth")
    ruth.get(f"/requisitions/{crowded.key}{query}")
    with count_statements() as seen:
        answer = ruth.get(f"/requisitions/{crowded.key}{query}")
    page = answer.get_data()
    assert answer.status_code == 200
    assert len(seen) <= MOST_STATEMENTS, "\n".join(seen)
    assert len(page) <= MOST_BYTES
    assert b"1003" in page  # the count is of all, the thousand and three finalists, not of those shown


def test_ten_take_as_many_statements_as_a_thousand(browse, session, people, now, count_statements):
    ruth, taken = browse("ruth"), []
    for count in (10, 200):
        requisition = factories.requisition(session, people, now)
        plant(session, people, now, requisition, count)
        ruth.get(f"/requisitions/{requisition.key}")
        with count_statements() as seen:
            ruth.get(f"/requisitions/{requisition.key}")
        taken.append(len(seen))
    assert taken[0] == taken[1]
