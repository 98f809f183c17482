"""The keep-warm page for 2,000 finalists and the reminders for 10,000. By hand: pytest tests/bench -o addopts= --import-mode=importlib -s [--postgres]."""

import datetime as dt
import time

import pytest
from sqlalchemy import insert

from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.keepwarm.models.records import Channel, Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.keepwarm.notifications import daily_digest
from recruiter.offers.models import CompetingProcess, SourceClass
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from tests import factories
from tests.acts import moment

MOST_STATEMENTS = 12
MOST_BYTES = 300_000
MOST_SECONDS = 10
A_SLATE = 5


def _plant(session, people, now, count):
    """So many finalists in slates of five, each with two contacts, a promise, and every third with another process."""
    searches = [factories.requisition(session, people, now) for _ in range(count // A_SLATE)]
    session.flush()
    rows = {model: [] for model in (Candidate, Application, Finalist, Touchpoint, Promise, CompetingProcess)}
    for number in range(1, count + 1):
        requisition = searches[(number - 1) // A_SLATE]
        name = factories.fake.name()
        folded = text.folded(name)
        rows[Candidate].append(
            {"id": number, "name": name, "headline": "", "name_key": folded, "search_key": folded, "tags": [], "tags_key": "", "created_at": now, "version": 1}
        )  # fmt: skip
        rows[Application].append(
            {
                "id": number, "candidate_id": number, "requisition_id": requisition.id, "stage_id": requisition.stages[3].id,
                "stage_since": now, "status": ApplicationStatus.ACTIVE, "applied_on": now.date(), "created_at": now, "version": 1,
            }
        )  # fmt: skip
        rows[Finalist].append(
            {
                "application_id": number, "requisition_id": requisition.id, "position": (number - 1) % A_SLATE + 1,
                "reason": "Evidence", "named_by_id": people.hana.id, "named_at": now - dt.timedelta(days=20),
            }
        )  # fmt: skip
        for ago in (number % 13, 13 + number % 7):
            rows[Touchpoint].append(
                {
                    "application_id": number, "direction": Direction.FROM, "channel": Channel.PHONE, "kind": TouchKind.CALL,
                    "said": factories.fake.sentence(20), "at": now - dt.timedelta(days=ago), "by_id": people.ruth.id, "created_at": now,
                }
            )  # fmt: skip
        rows[Promise].append(
            {
                "application_id": number, "what": "You will hear from us", "due_on": now.date() + dt.timedelta(days=number % 9 - 2),
                "zone": "", "state": PromiseState.OPEN, "made_by_id": people.ruth.id, "made_at": now - dt.timedelta(days=5), "version": 1,
            }
        )  # fmt: skip
        if number % 3 == 0:
            rows[CompetingProcess].append(
                {
                    "application_id": number, "stage": "Offer", "source_class": SourceClass.CREDIBLE, "employer": "Elsewhere",
                    "decision_on": now.date() + dt.timedelta(days=number % 20), "disclosed_on": now.date(),
                    "by_id": people.ruth.id, "created_at": now, "version": 1,
                }
            )  # fmt: skip
    for model, made in rows.items():
        session.execute(insert(model), made)
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy import text as sql

        session.execute(sql("ANALYZE"))
        session.commit()


@pytest.mark.parametrize("path", ["/keep-warm", "/keep-warm?whose=mine", "/keep-warm?due=overdue"])
def test_the_page_for_two_thousand_finalists(browse, session, people, now, count_statements, path):
    _plant(session, people, now, 2_000)
    ruth = browse("ruth")
    ruth.get(path)
    start = time.perf_counter()
    with count_statements() as seen:
        answer = ruth.get(path)
    took = time.perf_counter() - start
    size = len(answer.get_data())
    statements = [
        statement
        for statement in seen
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT", "DELETE", "WITH"))
    ]
    print(f"{session.get_bind().dialect.name} {path}: {len(statements)} statements, {size:,} bytes, {took:.2f} s")
    assert answer.status_code == 200
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statement[:100] for statement in statements)
    assert size <= MOST_BYTES


def test_the_reminders_for_ten_thousand_finalists(session, people, now):
    _plant(session, people, now, 10_000)
    start, spent = time.perf_counter(), time.process_time()
    made = daily_digest.due(session, moment=moment(now))
    took, spent = time.perf_counter() - start, time.process_time() - spent
    lines = sum(len(page.lines) for page in made)
    print(
        f"{session.get_bind().dialect.name}: {lines:,} lines for {len(made)} people in {took:.2f} s, {spent:.2f} s of CPU"
    )
    assert lines > 1_000
    assert took <= MOST_SECONDS
