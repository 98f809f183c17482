"""Risks and concerns: why the candidate might say no even so, by kind and state. What was said in confidence is not repeated."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruiter.budget import writer_facts
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.keepwarm.models.records import Concern, ConcernState


def collect(ground: Ground) -> Part:
    """Every concern with its state and its owner; its text stays where it was written."""
    rows = ground.session.scalars(
        select(Concern)
        .where(Concern.application_id == ground.application.id)
        .order_by(Concern.created_at, Concern.id)
        .options(joinedload(Concern.owner))
    ).all()
    silent = writer_facts.told(ground.case.texts, "if_silent")
    default = f"Without an answer by {on(ground.case.needed_by)} nothing is approved"
    default += f": {silent.rstrip('.')}." if silent else ", and the offer stays within the band."
    named = Evidence(default, f"Case {ground.case.number}", by=ground.case.requested_by.name)
    if not rows:
        return Part(f"No concern is on record. {default}", (named,), whole=bool(silent))
    told = [
        Evidence(
            f"A concern about {one.kind.value} is {one.state.value}"
            + (f"; {one.owner.name} answers it." if one.owner else "; nobody owns it yet."),
            "Concerns on record",
            by=one.owner.name if one.owner else None,
            at=iso(one.created_at),
        )
        for one in rows
    ]
    told.append(named)
    states = Counter(one.state for one in rows)
    words = ", ".join(f"{states[state]} {state.value}" for state in ConcernState if states[state])
    figures = tuple(Figure(f"Concerns, {state.value}", states[state], "count") for state in ConcernState)
    return Part(f"{counted(len(rows), 'concern')} on record: {words}. {default}", tuple(told), figures, whole=True)
