"""What the page of the fairness audit shows. It reads a stored audit; it computes none and sees nobody's answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import db
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.foundation.json_types import JsonView
from recruiter.learning.fairness.self_identification import BOTH
from recruiter.learning.fairness.suppression import suppressed
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.ranking.bias_audit import queries
from recruiter.ranking.bias_audit.models import AuditRun
from recruiter.ranking.bias_audit.services import KIND
from recruiter.web.bias_audit import wording
from recruiter.web.bias_audit.forms import AnswersForm
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error

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
class QuestionPair:
    """The same question put to past decisions and to the model."""

    title: str
    tables: list[wording.RateTable]


@dataclass(frozen=True)
class QuestionSection:
    """One question of self-identification."""

    name: str
    title: str
    crossed: bool
    verdict: str
    answered: int
    unknown: int
    pairs: list[QuestionPair]
    way: list[wording.RateTable]
    reference: str
    effects: list[wording.EffectRow]
    proxies: list[tuple[str, str, str]]
    left_out_names: list[str]
    left_out: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class AuditJob:
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
    figures: JsonView
    made_on: str
    in_use_since: str
    decided: str
    old: bool
    answered: bool
    questions: list[QuestionSection]
    earlier: list[tuple[int, str, str]]
    work: AuditJob | None
    under_way: bool
    may_run: bool
    may_take_rows: bool
    may_load: bool
    rules: tuple[str, ...] = RULES


@dataclass(frozen=True)
class AnswersPage:
    """Bringing answers in."""

    form: AnswersForm
    title: str = "Bring in answers"

    @property
    def breadcrumbs(self) -> Crumbs:
        """The way to the page."""
        return [("Bias audit", url_for("bias_audit.show")), ("Answers", None)]

    @property
    def problem(self) -> str:
        """What is wrong with the form as a whole."""
        return general_error(self.form)


def latest_job(session: Session) -> Job | None:
    """The last audit that was asked for."""
    return session.scalars(select(Job).where(Job.kind == KIND).order_by(Job.id.desc()).limit(1)).first()


def under_way(job: Job | None) -> bool:
    """Whether an audit waits or runs."""
    return job is not None and job.status in {JobStatus.QUEUED, JobStatus.RUNNING}


def may(permission: Permission) -> bool:
    """Whether whoever is signed in may do something here."""
    return permits.permits(db.session(), actor=guard.actor(), permission=permission)


def visible(audit_run: AuditRun) -> list[JsonView]:
    """The questions of an audit as this viewer sees them: small cells for the auditor alone."""
    stored: list[JsonView] = audit_run.result["questions"]
    return stored if may(Permission.BIAS_AUDIT_ROWS) else [suppressed(question) for question in stored]


def _pairs(question: JsonView) -> list[QuestionPair]:
    titles = {"first": "Who is put first", "median": "Who lies above the median"}
    pairs = []
    for name, title in titles.items():
        tables = [wording.table_of(table) for table in question["tables"] if table["pair"] == name]
        if tables:
            pairs.append(QuestionPair(title, tables))
    return pairs


def section_of(question: JsonView) -> QuestionSection:
    """A question as the page shows it."""
    names, left_out = wording.ratios_without(question)
    choice = question["choice"]
    return QuestionSection(
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
            (proxy["category"], f"{proxy['auc']:.2f}", f"{proxy['range'][0]:.2f} to {proxy['range'][1]:.2f}")
            for proxy in question["proxies"]
        ],
        names,
        left_out,
    )


def _long_date(moment: dt.datetime | None) -> str:
    """A date with its year, since an audit is good for a year."""
    if moment is None:
        return ""
    local = moment.astimezone(guard.settings().zone)
    return f"{local.day} {local:%B %Y}"


def page_of() -> AuditPage:
    """Gather the page."""
    session = db.session()
    audit_run, job = queries.latest(session), latest_job(session)
    questions = [section_of(question) for question in visible(audit_run)] if audit_run else []
    work = AuditJob(job.status.value, job.created_at, job.problem or "") if job else None
    return AuditPage(
        title="Bias audit",
        made=audit_run,
        carried_by=audit_run.result["carried_by"] if audit_run else "",
        figures=audit_run.result if audit_run else {},
        made_on=_long_date(audit_run.made_at) if audit_run else "",
        in_use_since=_long_date(audit_run.in_use_since) if audit_run else "",
        decided=f"; {_long_date(audit_run.decided_from)} to {_long_date(audit_run.decided_until)}"
        if audit_run and audit_run.decided_from
        else "",
        old=audit_run is not None and guard.now() - audit_run.made_at > A_YEAR,
        answered=any(question.answered for question in questions),
        questions=[question for question in questions if question.answered],
        earlier=[
            (number, _long_date(made_at), version or "scorecard weights")
            for number, made_at, version in queries.earlier(session)
        ],
        work=work,
        under_way=under_way(job),
        may_run=may(Permission.BIAS_AUDIT_RUN),
        may_take_rows=may(Permission.BIAS_AUDIT_ROWS),
        may_load=may(Permission.SELF_IDENTIFICATION_LOAD),
    )
