"""Whom the form of the order offers, and how the order stands now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking.suggestion import slate_orders
from recruiter.ranking.suggestion.suggestion_types import Suggestion
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.forms import Choice, OrderForm
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
    offered: OrderOptions
    form: OrderForm | None

    @property
    def problem(self) -> str:
        """What is wrong with the order as a whole."""
        return general_error(self.form) if self.form else ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id that it links to, in the order of the page."""
        return [(field.id, message) for field in self.form for message in field.errors] if self.form else []


def suggestion_key(suggestion: Suggestion) -> str:
    """What stands behind a suggestion, as the form of the order carries it."""
    return f"{suggestion['state']} {suggestion.get('model_version') or 'scorecard weights'}"


def order_options(requisition: Requisition, *, hidden: bool) -> OrderOptions:
    """Active people in an interview, final or offer stage and the finalists of now, those with a place first."""
    if hidden:
        return OrderOptions([], "", hidden=True, state="hidden", headline=[])
    session = db.session()
    slate = [
        finalist
        for finalist in pipeline.finalists_of(session, requisition)
        if finalist.application.status == ApplicationStatus.ACTIVE
    ]
    suggestion = slate_orders.suggestion_for(session, requisition=requisition, slate=slate, viewer=guard.actor())
    ranking = suggestion.get("ranking", [])
    ranks = {row["application_id"]: f"{row['rank']}{'=' if row['tied'] else ''}" for row in ranking}
    ranks |= dict.fromkeys(suggestion.get("not_ranked", ()), suggestion_sentences.NOT_RANKED)
    reasons = {finalist.application_id: finalist.reason for finalist in slate}
    stages = {stage.id: stage for stage in requisition.stages}
    rows = [
        row
        for row in pipeline.board_rows(session, requisition)
        if row.status == ApplicationStatus.ACTIVE and (row.id in reasons or stages[row.stage_id].kind in CHOSEN_FROM)
    ]
    rows.sort(key=lambda row: (row.place is None, row.place or 0, -stages[row.stage_id].position, row.name_key, row.id))
    places = {finalist.application_id: place for place, finalist in enumerate(slate, 1)}
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
    names = {finalist.application_id: finalist.application.candidate.name for finalist in slate}
    current_order = ",".join(str(finalist.application_id) for finalist in slate)
    clear = any(pair["verdict"] == "ahead" for pair in suggestion.get("pairs", ()))
    return OrderOptions(
        choices,
        current_order,
        hidden=False,
        state=suggestion["state"],
        headline=suggestion_sentences.headline(suggestion, names),
        clear=clear,
        advice=suggestion_key(suggestion),
    )


def page_of(requisition: Requisition, options: OrderOptions, form: OrderForm | None = None) -> OrderPage:
    """The page round the form."""
    return OrderPage(
        title="Order of offers",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "finalists"),
        breadcrumbs=crumbs.of_requisition(
            requisition, ("Finalists", url_for("finalists.show", requisition_ref=requisition.key)), "Order"
        ),
        offered=options,
        form=form,
    )
