"""Whom the form of the order offers, and how the order stands now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.web.finalists import suggestion_sentences as sentences
from recruiter.web.finalists.forms import Choice, OrderForm
from recruiter.web.finalists.sentence import Sentence
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error

CHOSEN_FROM = {StageKind.INTERVIEW, StageKind.FINAL, StageKind.OFFER}


@dataclass(frozen=True)
class OrderOptions:
    """Everybody who could stand in the order, the order as it stands, and what the suggestion says of it."""

    choices: list[Choice]
    stood: str
    advice: str
    headline: Sentence
    ranked: bool
    clear: bool


@dataclass(frozen=True)
class OrderPage:
    """The page with the form of the order; without a form for whoever owes a card."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    offered: OrderOptions | None
    form: OrderForm | None

    @property
    def problem(self) -> str:
        """What is wrong with the order as a whole."""
        return general_error(self.form) if self.form else ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id that it links to, in the order of the page."""
        return [(field.id, message) for field in self.form for message in field.errors] if self.form else []


def order_options(requisition: Requisition) -> OrderOptions:
    """Active people in an interview, final or offer stage and the finalists of now, those with a place first."""
    session = db.session()
    bench = pipeline.bench_of(session, requisition)
    suggestion = slate_orders.suggestion_for(session, requisition=requisition, slate=bench, viewer=guard.actor())
    ranks = {row["application_id"]: sentences.rank_text(row) for row in suggestion.get("ranking", ())}
    ranks |= dict.fromkeys(suggestion.get("not_ranked", ()), sentences.NOT_RANKED)
    reasons = {finalist.application_id: finalist.reason for finalist in bench}
    places = {number: place for place, number in enumerate(reasons, 1)}
    stages = {stage.id: stage for stage in requisition.stages}
    rows = [
        row
        for row in pipeline.board_rows(session, requisition)
        if row.status == ApplicationStatus.ACTIVE and (row.id in reasons or stages[row.stage_id].kind in CHOSEN_FROM)
    ]
    rows.sort(key=lambda row: (row.place is None, row.place or 0, -stages[row.stage_id].position, row.name_key, row.id))
    return OrderOptions(
        choices=[
            Choice(
                row.id,
                row.name,
                stages[row.stage_id].name,
                places.get(row.id),
                reasons.get(row.id, ""),
                ranks.get(row.id, ""),
            )
            for row in rows
        ],
        stood=",".join(map(str, reasons)),
        advice=f"{suggestion['state']} {suggestion.get('model_version') or 'scorecard weights'}",
        headline=sentences.headline(
            suggestion, {finalist.application_id: finalist.application.candidate.name for finalist in bench}
        ),
        ranked=suggestion["state"] == "ready",
        clear=any(pair["verdict"] == "ahead" for pair in suggestion.get("pairs", ())),
    )


def page_of(requisition: Requisition, options: OrderOptions | None = None, form: OrderForm | None = None) -> OrderPage:
    """The page round the form."""
    finalists = url_for("finalists.show", requisition_ref=requisition.key)
    return OrderPage(
        title="Order of offers",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "finalists"),
        breadcrumbs=crumbs.of_requisition(requisition, ("Finalists", finalists), "Order"),
        offered=options,
        form=form,
    )
