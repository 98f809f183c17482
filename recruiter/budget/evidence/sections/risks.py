"""Risks and concerns: why the candidate might say no even so, by kind and state. What was said in confidence is not repeated."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruiter.budget import writer_facts
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.documents.model import Amount
from recruiter.foundation.wording import plural
from recruiter.keepwarm.models.records import Concern, ConcernState


def collect(context: CaseContext) -> SectionEvidence:
    """Every concern with its state and its owner; its text stays where it was written."""
    rows = context.session.scalars(
        select(Concern)
        .where(Concern.application_id == context.application.id)
        .order_by(Concern.created_at, Concern.id)
        .options(joinedload(Concern.owner))
    ).all()
    if_silent = writer_facts.given(context.case.texts, "if_silent")
    default = f"Without an answer by {context.long_date(context.case.needed_by)} nothing is approved"
    default += f": {if_silent.rstrip('.')}." if if_silent else ", and the offer stays within the band."
    default_claim = context.writer_claim(default)
    if not rows:
        return SectionEvidence(f"No concern is on record. {default}", [default_claim], is_complete=bool(if_silent))
    evidence = []
    for concern in rows:
        owner = concern.owner.name if concern.owner else None
        statement = f"A concern about {concern.kind.value} is {concern.state.value}; "
        statement += f"{owner} answers it." if owner else "nobody owns it yet."
        evidence.append(context.claim(statement, "Concerns on record", by=owner, at=concern.created_at))
    states = Counter(concern.state for concern in rows)
    state_counts = ", ".join(f"{states[state]} {state.value}" for state in ConcernState if states[state])
    figures = [Amount(f"Concerns, {state.value}", states[state], "count") for state in ConcernState]
    text = f"{plural(len(rows), 'concern')} on record: {state_counts}. {default}"
    return SectionEvidence(text, [*evidence, default_claim], figures, is_complete=True)
