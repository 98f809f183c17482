"""What the page of the fairness audit shows. It reads a stored audit; it computes none and sees nobody's answer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.foundation.json_types import JsonView
from recruiter.learning.fairness.self_identification import BOTH
from recruiter.learning.fairness.suppression import suppressed_audit
from recruiter.policy.permissions import Permission
from recruiter.ranking.bias_audit import queries
from recruiter.ranking.bias_audit.models import AuditRun
from recruiter.ranking.bias_audit.services import KIND
from recruiter.web.bias_audit import wording
from recruiter.web.request import guard

A_YEAR = dt.timedelta(days=365)
PAIRS = {"first": "Who is put first", "median": "Who lies above the median"}


@dataclass(frozen=True)
class QuestionSection:
    """One question of self-identification; `crossed` where it is two of them together.

    `pairs` are what was asked both of past decisions and of the model, with its title.
    """

    question: JsonView
    crossed: bool
    pairs: list[tuple[str, list[wording.RateTable]]]
    way: list[wording.RateTable]
    reference: str
    effects: list[wording.EffectRow]
    proxies: list[tuple[str, str, str]]
    left_out_names: list[str]
    left_out: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class AuditPage:
    """The fairness audit: the last one, and how far the one is that somebody asked for."""

    title: str
    made: AuditRun | None
    made_on: str
    in_use_since: str
    decided: str
    old: bool
    answered: bool
    questions: list[QuestionSection]
    earlier: list[tuple[int, str, str]]
    job: Job | None
    waits: bool
    runs: bool
    failed: bool
    may_run: bool
    may_take_rows: bool
    may_load: bool


def section_of(question: JsonView) -> QuestionSection:
    """A question as the page shows it."""
    tables_by_pair: dict[str, list[wording.RateTable]] = defaultdict(list)
    for table in question["tables"]:
        tables_by_pair[table["pair"]].append(wording.table_of(table))
    names, left_out = wording.ratios_without(question)
    choice = question["choice"]
    return QuestionSection(
        question,
        crossed=question["name"] == BOTH,
        pairs=[(title, tables_by_pair[name]) for name, title in PAIRS.items() if name in tables_by_pair],
        way=tables_by_pair[""],
        reference=choice["reference"] if choice else "",
        effects=[wording.effect_of(effect) for effect in choice["effects"]] if choice else [],
        proxies=[
            (proxy["category"], f"{proxy['auc']:.2f}", f"{proxy['range'][0]:.2f} to {proxy['range'][1]:.2f}")
            for proxy in question["proxies"]
        ],
        left_out_names=names,
        left_out=left_out,
    )


def _long_date(moment: dt.datetime | None) -> str:
    """A date with its year, since an audit is good for a year."""
    local = moment.astimezone(guard.zone()) if moment else None
    return f"{local.day} {local:%B %Y}" if local else ""


def page_of() -> AuditPage:
    """Gather the page."""
    session = db.session()
    made, job = queries.latest(session), next(iter(jobs.latest(session, KIND)), None)
    questions: list[JsonView] = suppressed_audit(made.result)["questions"] if made else []
    status = job.status if job else None
    return AuditPage(
        title="Bias audit",
        made=made,
        made_on=_long_date(made.made_at) if made else "",
        in_use_since=_long_date(made.in_use_since) if made else "",
        decided=f"; {_long_date(made.decided_from)} to {_long_date(made.decided_until)}"
        if made and made.decided_from
        else "",
        old=made is not None and guard.now() - made.made_at > A_YEAR,
        answered=any(question["answered"] for question in questions),
        questions=[section_of(question) for question in questions if question["answered"]],
        earlier=[
            (number, _long_date(made_at), version or "scorecard weights")
            for number, made_at, version in queries.earlier(session)
        ],
        job=job,
        waits=status == JobStatus.QUEUED,
        runs=status == JobStatus.RUNNING,
        failed=status == JobStatus.FAILED,
        may_run=guard.may(Permission.BIAS_AUDIT_RUN),
        may_take_rows=guard.may(Permission.BIAS_AUDIT_ROWS),
        may_load=guard.may(Permission.SELF_IDENTIFICATION_LOAD),
    )
