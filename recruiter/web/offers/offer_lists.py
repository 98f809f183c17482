"""The offers of a requisition, and those of one application with the form of a new one."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.foundation.database.db import db
from recruiter.offers import queries, rules
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.offers import forms, offer_rows
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error


@dataclass(frozen=True)
class OffersPage:
    """The offers of a requisition, and the finalists to whom one can be drafted."""

    title: str
    requisition: Requisition
    lines: list[offer_rows.OfferRow]
    waiting: list[tuple[Application, int | None]]  # with the offer that can be made again
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs


@dataclass(frozen=True)
class DraftPage:
    """The offers of an application, and the form of a new one."""

    title: str
    application: Application
    lines: list[offer_rows.OfferRow]
    form: forms.TermsForm | None
    bar: offer_rows.BandBar | None
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs

    @property
    def problem(self) -> str:
        """What is wrong with the form as a whole."""
        return general_error(self.form) if self.form else ""


def of_requisition(requisition: Requisition) -> OffersPage:
    """Every offer of a requisition, and the finalists without one."""
    offers = queries.of_requisition(db.session(), requisition)
    with_live_offer = {offer.application_id for offer in offers if offer.status in rules.LIVE}
    bench = pipeline.bench_of(db.session(), requisition)
    if scorecards.owes_on_slate(
        db.session(), viewer=guard.actor(), requisition=requisition
    ):  # the order tells the places
        bench = sorted(bench, key=lambda finalist: finalist.application.candidate.name_key)
    rows = offer_rows.rows_of(offers)
    reissuable = {row.offer.application_id: row.offer.id for row in rows if row.again}
    return OffersPage(
        title=f"Offers: {requisition.title}",
        requisition=requisition,
        lines=rows,
        waiting=[
            (finalist.application, reissuable.get(finalist.application_id))
            for finalist in bench
            if finalist.application_id not in with_live_offer
        ],
        tabs=tabs.requisition_tabs(requisition, "offers"),
        breadcrumbs=crumbs.of_requisition(requisition, "Offers"),
    )


def of_application(application: Application, form: forms.TermsForm | None = None) -> DraftPage:
    """Every offer of an application, with the form as it was typed, or a fresh one where an offer can be drafted."""
    offers = queries.of_application(db.session(), application)
    band = application.requisition.band
    has_live_offer = any(offer.status in rules.LIVE for offer in offers)
    if form is None and application.status == ApplicationStatus.ACTIVE and not has_live_offer:
        defaults = forms.form_data(rules.Terms(base=rules.starting_base(band))) if band else {}
        form = forms.terms_form(band, formdata=None, data=defaults)
    return DraftPage(
        title=f"Offers: {application.candidate.name}",
        application=application,
        lines=offer_rows.rows_of(offers),
        form=form,
        bar=offer_rows.bar_of(rules.starting_base(band), band) if band else None,
        tabs=tabs.application_tabs(application, "offers", runs=True),
        breadcrumbs=offer_rows.crumbs(application, runs=True, last="Offers"),
    )
