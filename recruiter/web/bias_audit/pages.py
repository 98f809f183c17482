"""What the page of the fairness audit shows. It reads a stored audit; it computes none and sees nobody's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import db
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.learning.fairness.self_identification import BOTH
from recruiter.learning.fairness.suppression import suppressed
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking.bias_audit import queries
from recruiter.ranking.bias_audit.models import AuditRun
from recruiter.ranking.bias_audit.services import KIND
from recruiter.web.bias_audit import wording
from recruiter.web.bias_audit.forms import AnswersForm
from recruiter.web.request import guard

A_YEAR = dt.timedelta(days=365)
RULES = (
    "Evidence, not a certificate. A flag is not a finding: it asks for a closer look. No flag is no proof of fairness.",
    "Selection rate: selected of those assessed. Impact ratio: a rate over the highest rate among the rated categories; under four fifths it is flagged.",
    "Scoring rate: the share strictly above the median of everybody, those without an answer included; a tie with the median is not above.",
    "A category of under 2% of those with a known answer is listed, not rated. Unknown and declined are counted, never guessed.",
    "Whoever gave several races is counted as two or more. Each assessment counts, also of somebody who was assessed before.",
    "People who withdrew before a step was decided are left out of it: they were neither chosen nor refused. A declined offer is still a choice.",
    "Ranges hold 90 of 100 redraws of the slates. Fisher's test is exact and two-sided; z is told where every expected count is at least 5.",
    "In the choices, the model's utility carries a weight for each group, free of the scorecards; 95 of 100 ranges, p after Holm. Where groups truly differ in what scorecards measure with noise, a part of it stays in that weight; where scorecards themselves are biased and choices fair, it points the other way.",
    "Scores are those of the model that is in use, on decisions that it has learnt from. It sees no answer: changing them changes no rank.",
)


@dataclass(frozen=True)
class Pair:
    """The same question put to past decisions and to the model."""

    title: str
    tables: list[wording.RateTable]


@dataclass(frozen=True)
class QuestionPart:
    """One question of self-identification."""

    name: str
    title: str
    crossed: bool
    verdict: str
    answered: int
    unknown: int
    pairs: list[Pair]
    way: list[wording.RateTable]
    reference: str
    effects: list[wording.EffectRow]
    proxies: list[tuple[str, str, str]]
    left_out_names: list[str]
    left_out: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Work:
    """The last audit that somebody asked for."""

    status: str
    asked_at: dt.datetime
    problem: str


@dataclass(frozen=True)
class AuditPage:
    """The fairness audit."""

    title: str
    made: AuditRun | None
    carried_by: str
    figures: Mapping[str, Any]
    made_on: str
    in_use_since: str
    decided: str
    old: bool
    answered: bool
    questions: list[QuestionPart]
    earlier: list[tuple[int, str, str]]
    work: Work | None
    under_way: bool
    may_run: bool
    may_take_rows: bool
    may_load: bool
    rules: tuple[str, ...] = RULES


@dataclass(frozen=True)
class AnswersPage:
    """Bringing answers in."""

    title: str
    breadcrumbs: list[tuple[str, str | None]]
    form: AnswersForm
    problem: str = ""


def latest_job(session: Session) -> Job | None:
    """The last audit that was asked for."""
    return session.scalars(select(Job).where(Job.kind == KIND).order_by(Job.id.desc()).limit(1)).first()


def under_way(job: Job | None) -> bool:
    """Whether an audit waits or runs."""
    return job is not None and job.status in {JobStatus.QUEUED, JobStatus.RUNNING}


def may(permission: Permission) -> bool:
    """Whether whoever is signed in may do something here."""
    return permits.permits(db.session(), actor=guard.actor(), permission=permission)


def visible(made: AuditRun) -> list[Mapping[str, Any]]:
    """The questions of an audit as this viewer sees them: small cells for the auditor alone."""
    stored: list[Mapping[str, Any]] = made.result["questions"]
    return stored if may(Permission.BIAS_AUDIT_ROWS) else [suppressed(question) for question in stored]


def _pairs(question: Mapping[str, Any]) -> list[Pair]:
    titles = {"first": "Who is put first", "median": "Who lies above the median"}
    found = []
    for name, title in titles.items():
        tables = [wording.table_of(table) for table in question["tables"] if table["pair"] == name]
        if tables:
            found.append(Pair(title, tables))
    return found


def part_of(question: Mapping[str, Any]) -> QuestionPart:
    """A question as the page shows it."""
    names, left_out = wording.left_out_of(question)
    choice = question["choice"]
    return QuestionPart(
        question["name"],
        question["title"],
        question["name"] == BOTH,
        question["verdict"],
        question["answered"],
        question["unknown"],
        _pairs(question),
        [wording.table_of(table) for table in question["tables"] if not table["pair"]],
        choice["reference"] if choice else "",
        wording.effects_of(choice),
        [
            (one["category"], f"{one['auc']:.2f}", f"{one['range'][0]:.2f} to {one['range'][1]:.2f}")
            for one in question["proxies"]
        ],
        names,
        left_out,
    )


def _dated(moment: dt.datetime | None) -> str:
    """A date with its year, since an audit is good for a year."""
    if moment is None:
        return ""
    local = moment.astimezone(guard.configured().zone)
    return f"{local.day} {local:%B %Y}"


def page_of() -> AuditPage:
    """Gather the page."""
    session = db.session()
    made, job = queries.latest(session), latest_job(session)
    questions = [part_of(question) for question in visible(made)] if made else []
    work = Work(job.status.value, job.created_at, job.problem or "") if job else None
    return AuditPage(
        title="Bias audit",
        made=made,
        carried_by=made.result["carried_by"] if made else "",
        figures=made.result if made else {},
        made_on=_dated(made.made_at) if made else "",
        in_use_since=_dated(made.in_use_since) if made else "",
        decided=f"; {_dated(made.decided_from)} to {_dated(made.decided_until)}" if made and made.decided_from else "",
        old=made is not None and guard.now() - made.made_at > A_YEAR,
        answered=any(one.answered for one in questions),
        questions=[one for one in questions if one.answered],
        earlier=[
            (number, _dated(made_at), version or "scorecard weights")
            for number, made_at, version in queries.earlier(session)
        ],
        work=work,
        under_way=under_way(job),
        may_run=may(Permission.BIAS_AUDIT_RUN),
        may_take_rows=may(Permission.BIAS_AUDIT_ROWS),
        may_load=may(Permission.SELF_IDENTIFICATION_LOAD),
    )
