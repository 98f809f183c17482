"""Whom the form of the order offers, and how the order stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.forms import Choice
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard

CHOSEN_FROM = {StageKind.INTERVIEW, StageKind.FINAL, StageKind.OFFER}


@dataclass(frozen=True)
class Offered:
    """Everybody who could stand in the order, the order as it stands, and what the suggestion says of it."""

    choices: list[Choice]
    stood: str
    hidden: bool
    state: str
    headline: suggestion_sentences.Sentence
    clear: bool = False
    advice: str = ""


@dataclass(frozen=True)
class OrderPage:
    """The page with the form of the order."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    offered: Offered
    form: Any
    problem: str

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id that it links to, in the order of the page."""
        return [(one.id, message) for one in self.form for message in one.errors] if self.form else []


def advised(found: dict[str, Any]) -> str:
    """What stands behind a suggestion, as the form of the order carries it."""
    return f"{found['state']} {found.get('model_version') or 'scorecard weights'}"


def offered(requisition: Requisition, *, hidden: bool) -> Offered:
    """Active people in an interview, final or offer stage and the finalists of now, those with a place first."""
    if hidden:
        return Offered([], "", hidden=True, state="hidden", headline=[])
    session = db.session()
    slate = [
        one for one in pipeline.finalists_of(session, requisition) if one.application.status == ApplicationStatus.ACTIVE
    ]
    found = slate_orders.advice(session, requisition=requisition, slate=slate, viewer=guard.actor())
    ranking = found.get("ranking", [])
    ranks = {row["application_id"]: f"{row['rank']}{'=' if row['tied'] else ''}" for row in ranking}
    ranks |= dict.fromkeys(found.get("not_ranked", ()), suggestion_sentences.NOT_RANKED)
    reasons = {one.application_id: one.reason for one in slate}
    stages = {stage.id: stage for stage in requisition.stages}
    rows = [
        row
        for row in pipeline.board_rows(session, requisition)
        if row.status == ApplicationStatus.ACTIVE and (row.id in reasons or stages[row.stage_id].kind in CHOSEN_FROM)
    ]
    rows.sort(key=lambda row: (row.place is None, row.place or 0, -stages[row.stage_id].position, row.name_key, row.id))
    places = {one.application_id: place for place, one in enumerate(slate, 1)}
    choices = [
        Choice(
            row.id,
            row.name,
            row.headline,
            stages[row.stage_id].name,
            places.get(row.id),
            reasons.get(row.id, ""),
            ranks.get(row.id, ""),
        )
        for row in rows
    ]
    names = {one.application_id: one.application.candidate.name for one in slate}
    stood = ",".join(str(one.application_id) for one in slate)
    clear = any(pair["verdict"] == "ahead" for pair in found.get("pairs", ()))
    return Offered(
        choices,
        stood,
        hidden=False,
        state=found["state"],
        headline=suggestion_sentences.headline(found, names),
        clear=clear,
        advice=advised(found),
    )


def page_of(requisition: Requisition, found: Offered, form: Any, *, problem: str = "") -> OrderPage:
    """The page round the form."""
    return OrderPage(
        title="Order of offers",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "finalists"),
        breadcrumbs=crumbs.of_requisition(
            requisition, ("Finalists", url_for("finalists.show", requisition_ref=requisition.key)), "Order"
        ),
        offered=found,
        form=form,
        problem=problem,
    )
