"""Other employers' processes, as candidates volunteered them."""

from __future__ import annotations

import datetime as dt
from typing import Required, TypedDict, Unpack

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass
from recruiter.pipeline.models import Application


class ProcessInput(TypedDict, total=False):
    """What a candidate told: how far the other process is, how surely it is known, until when, for how much, on which day."""

    stage: Required[str]
    source_class: Required[SourceClass]
    employer: str
    decision_on: dt.date | None
    amount: Money | None
    disclosed_on: dt.date | None


def record(
    session: Session, *, application: Application, act: Act, **details: Unpack[ProcessInput]
) -> CompetingProcess:
    """Keep what a candidate told of another process; `disclosed_on` is today where it is left out. Raises RuleBroken at a field."""
    disclosed_on, amount, stage = (
        details.get("disclosed_on") or act.today,
        details.get("amount"),
        text.one_line(details["stage"]),
    )
    if disclosed_on > act.today:
        raise RuleBroken.at("disclosed_on", "Enter the day on which this was told, today at the latest.")
    if not stage:
        raise RuleBroken.at("stage", "Say how far the other process is, like “final round” or “offer”.")
    process = CompetingProcess(
        application_id=application.id,
        employer=text.one_line(details.get("employer", "")),
        stage=stage,
        source_class=details["source_class"],
        decision_on=details.get("decision_on"),
        offer_amount=amount.amount if amount else None,
        currency=amount.currency if amount else None,
        disclosed_on=disclosed_on,
        by=act.actor,
        created_at=act.now,
    )
    session.add(process)
    audit.record(session, action=AuditAction.COMPETING_PROCESS_RECORDED, subject=process, act=act)
    return process
