"""Risks and concerns: why the candidate might say no even so, by kind and state. What was said in confidence is not repeated."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso
from recruiter.keepwarm.models import Concern, ConcernState


def collect(ground: Ground) -> Part:
    """Every concern with its state and its owner; its text stays where it was written."""
    rows = ground.session.scalars(
        select(Concern).where(Concern.application_id == ground.application.id).order_by(Concern.created_at, Concern.id)
    ).all()
    if not rows:
        return Part()
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
    states = Counter(one.state for one in rows)
    words = ", ".join(f"{states[state]} {state.value}" for state in ConcernState if states[state])
    figures = tuple(Figure(f"Concerns, {state.value}", states[state], "count") for state in ConcernState)
    return Part(f"{counted(len(rows), 'concern')} on record: {words}.", tuple(told), figures, whole=True)
