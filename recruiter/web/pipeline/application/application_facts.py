"""The facts beside a timeline, the concerns that are open, and the first thing to do on an application."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.interviews.models import Interview
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Concern, ConcernState
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import StageKind
from recruiter.scorecards.interview_changes import CardPlace
from recruiter.web.request import guard
from recruiter.web.text.filters import day

TALKS = {StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL}


@dataclass(frozen=True)
class Primary:
    """The one thing that the stage asks for; with `focus` it leads to a field of the page."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True)
class Fact:
    """One thing that is known, and since when or how."""

    label: str
    text: str
    more: str = ""


def primary_of(application: Application, offer: Offer | None, *, runs: bool, owes: Interview | None) -> Primary | None:
    """What the viewer does first: their scorecard, the answer to an offer, a touch with a waiting finalist, an interview."""
    number = application.id
    if owes is not None:
        return Primary("Fill in scorecard", url_for("scorecards.show", interview_id=owes.id), "star")
    if not runs or not application.is_active:
        return None
    is_extended = offer is not None and offer.status == OfferStatus.EXTENDED
    if is_extended and guard.actor().pay_view:
        return Primary("Record answer", url_for("offers.of_application", application_id=number), "check")
    if application.finalist is not None or application.stage.kind in {StageKind.OFFER, StageKind.HIRED}:
        return Primary("Log a touch", "#note-text", "phone")
    if application.stage.kind in TALKS:
        return Primary("Book interview", url_for("interviews.plan", application_id=number), "cal")
    return Primary("Write down what was said", "#note-text", "chat")


def owed_now(interviews: list[Interview], missing: set[CardPlace]) -> Interview | None:
    """The first interview that has begun and for which the viewer owes a card."""
    owed = [interview for interview in interviews if (interview.id, guard.actor().id) in missing]
    begun = [interview for interview in owed if interview.starts_at <= guard.now()]
    return min(begun, key=lambda interview: interview.starts_at, default=None)


def facts_of(application: Application) -> list[Fact]:
    """What is known of being ready: expectation, start, interest, references, each with the day on which it was asked."""
    readiness = queries.readiness_of(db.session(), application)
    if readiness is None:
        return []

    def asked_text(on: dt.date | None) -> str:
        return f"asked {day(on)}" if on else ""

    facts = []
    if readiness.expectation_within_band is not None:
        text = "Within the band" if readiness.expectation_within_band else "Above the band"
        facts.append(Fact("Expected pay", text, asked_text(readiness.expectation_asked_on)))
    if readiness.available_from is not None:
        facts.append(Fact("Can start", day(readiness.available_from)))
    if readiness.interested is not None:
        text = "Yes" if readiness.interested else "No"
        facts.append(Fact("Interested", text, asked_text(readiness.interested_asked_on)))
    if readiness.references_done_on is not None:
        facts.append(Fact("References", f"Done {day(readiness.references_done_on)}"))
    return facts


def open_concerns(application: Application) -> tuple[list[Concern], int]:
    """The concerns that nobody has resolved, oldest first, and how many were ever raised."""
    every = queries.concerns_of(db.session(), application)
    return [concern for concern in every if concern.state != ConcernState.RESOLVED], len(every)
