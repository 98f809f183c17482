"""What the page of the finalists shows to whoever looks at it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from recruiter.foundation.db import db
from recruiter.keepwarm import listing
from recruiter.keepwarm.rules import Standing
from recruiter.learning.storage import ModelRefused
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus, Finalist
from recruiter.ranking import suggestions
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web import guard, tabs
from recruiter.web.finalists.ranked import Ranked, place_label, ranked

HIGHEST = 5
WARMTH = {"hot": "ok", "warm": "ok", "cooling": "due", "cold": "late", "gone": ""}


@dataclass(frozen=True)
class Place:
    """One finalist in the order that people set."""

    finalist: Finalist
    active: bool
    label: str
    standing: Standing | None
    tone: str


@dataclass(frozen=True)
class FinalistsPage:
    """The finalists of a requisition."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: list[tuple[str, str | None]]
    places: list[Place]
    state: str
    suggestion: dict[str, Any]
    ranked: Ranked | None
    cards: tuple[int, int]
    running: int = 0
    thin: int = 0
    debrief: str = ""
    promotes: bool = False
    averages: list[tuple[str, float | None]] = field(default_factory=list)
    highest: int = HIGHEST


def _places(slate: Sequence[Finalist], standings: dict[int, Standing]) -> list[Place]:
    out = []
    for one in slate:
        active = one.application.status in {ApplicationStatus.ACTIVE, ApplicationStatus.HIRED}
        found = standings.get(one.application_id) if one.application.status == ApplicationStatus.ACTIVE else None
        tone = WARMTH[found.warmth.value] if found else ""
        out.append(Place(one, active, place_label(one.position), found, tone))
    return out


def suggested(requisition: Requisition, bench: list[Finalist]) -> dict[str, Any]:
    """The suggestion for whoever looks; state `failed` where the stored model cannot be used."""
    try:
        return suggestions.for_requisition(db.session(), requisition, viewer=guard.actor(), finalists=bench)
    except (ModelRefused, json.JSONDecodeError):
        return {"state": "failed"}


def _averages(requisition: Requisition, bench: Sequence[Finalist]) -> list[tuple[str, float | None]]:
    """Plain means of the recommendations, in the order that people set; what is left where a model failed."""
    ids = [one.application_id for one in bench]
    found = suggestions.computed(db.session(), requisition, ids, run=None).get("ranking", [])
    means = {row["application_id"]: row["plain_mean"] for row in found}
    return [(one.application.candidate.name, means.get(one.application_id)) for one in bench]


def page_of(requisition: Requisition, *, asked: tuple[str | None, str | None]) -> FinalistsPage:
    """Gather the page. Whoever owes a card on the search sees who is on the slate, and neither order nor reasons."""
    session, viewer, now = db.session(), guard.actor(), guard.now()
    slate = pipeline.finalists_of(session, requisition)
    bench = [one for one in slate if one.application.status == ApplicationStatus.ACTIVE]
    found = suggested(requisition, bench)
    hidden = found["state"] == "hidden" or scorecards.owes_on(session, viewer=viewer, requisition=requisition)
    if hidden:
        slate = sorted(slate, key=lambda one: (one.application.candidate.name.casefold(), one.id))
    applications = [one.application for one in slate]
    standings = listing.standing_of(session, applications, now=now, zone=guard.configured().zone) if slate else {}
    counts = scorecards.counts(session, [one.application_id for one in bench], now=now)
    ready = found["state"] == "ready" and bool(found.get("ranking"))
    by_id = {one.application_id: one for one in bench}
    return FinalistsPage(
        title=requisition.title,
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "finalists", counts={"finalists": len(bench)}),
        breadcrumbs=[
            (requisition.key, url_for("requisitions.board", requisition_ref=requisition.key)),
            ("Finalists", None),
        ],
        places=_places(slate, standings),
        state="hidden" if hidden else found["state"],
        suggestion={} if hidden else found,
        ranked=ranked(requisition, found, by_id, counts, asked) if ready and not hidden else None,
        cards=(sum(one.submitted for one in counts.values()), sum(one.expected for one in counts.values())),
        running=len(bench),
        thin=sum(1 for one in counts.values() if one.submitted < 2),  # noqa: PLR2004  # two cards
        debrief=url_for("debriefs.show", requisition_ref=requisition.key) if tabs.stands("debriefs.show") else "",
        promotes=tabs.stands("keepwarm.promote") and not hidden,
        averages=_averages(requisition, bench) if found["state"] == "failed" and not hidden else [],
    )
