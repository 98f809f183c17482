"""Offers from draft to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import queries, rules, services, term_versions
from recruiter.offers.models import Offer
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.offers import (
    form_action,
    forms,
    offer_page,
    offer_rows,
    version_rows,
)
from recruiter.web.offers.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


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
    problem: str
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs


@blueprint.get("/requisitions/<requisition_ref>/offers")
@guard.needs(Permission.PAY_READ)
def of_requisition(requisition: Requisition) -> Any:
    """Every offer of a requisition, open ones first."""
    offers = queries.of_requisition(db.session(), requisition)
    with_live_offer = {offer.application_id for offer in offers if offer.status in rules.LIVE}
    bench = pipeline.bench_of(db.session(), requisition)
    if scorecards.owes_on(db.session(), viewer=guard.actor(), requisition=requisition):  # the order tells the places
        bench = sorted(bench, key=lambda finalist: finalist.application.candidate.name_key)
    rows = offer_rows.rows_of(offers)
    reissuable = {row.offer.application_id: row.offer.id for row in rows if row.again}
    page = OffersPage(
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
    return render_template("offers/of_requisition.html", page=page)


def _render_draft_page(
    application: Application, form: forms.TermsForm | None, *, problem: str = "", status: int = 200
) -> Any:
    offers = queries.of_application(db.session(), application)
    band = application.requisition.band
    has_live_offer = any(offer.status in rules.LIVE for offer in offers)
    if form is None and application.status == ApplicationStatus.ACTIVE and not has_live_offer:
        defaults = forms.form_data(rules.Terms(base=rules.starting_base(band))) if band else {}
        form = forms.terms_form(band, formdata=None, data=defaults)
    page = DraftPage(
        title=f"Offers: {application.candidate.name}",
        application=application,
        lines=offer_rows.rows_of(offers),
        form=form,
        bar=offer_rows.bar_of(rules.starting_base(band), band) if band else None,
        problem=problem,
        tabs=tabs.application_tabs(application, "offers", runs=True),
        breadcrumbs=offer_rows.crumbs(application, runs=True, last="Offers"),
    )
    return render_template("offers/of_application.html", page=page, has_errors=status != 200), status  # noqa: PLR2004  # the page as asked for


@blueprint.get("/applications/<int:application_id>/offers")
@guard.needs(Permission.PAY_READ)
def of_application(application: Application) -> Any:
    """Every offer of an application, and a form that drafts one."""
    return _render_draft_page(application, None)


@blueprint.post("/applications/<int:application_id>/offers")
@guard.needs(Permission.OFFER_WRITE)
def draft(application: Application) -> Any:
    """Draft an offer for a free seat."""
    form = forms.terms_form(application.requisition.band)
    if not form.validate():
        return _render_draft_page(application, form, status=422)
    try:
        offer = services.draft(db.session(), application=application, terms=form.terms(), act=guard.act())
    except DomainError as error:
        db.session.rollback()
        problem = forms.apply_errors(form, error.errors, error.message)
        return _render_draft_page(application, form, problem=problem, status=error.status)
    db.session.commit()
    return redirect_with_flash(form_action.home(offer), message=f"Offer to {application.candidate.name} drafted.")


@blueprint.get("/offers/<int:offer_id>")
@guard.needs(Permission.OFFER_READ)
def show(offer: Offer) -> Any:
    """One offer: terms, versions, approvals, and what can be done."""
    return render_template("offers/show.html", page=offer_page.page_of(offer))


@blueprint.post("/offers/<int:offer_id>/terms")
@guard.needs(Permission.OFFER_WRITE)
def change(offer: Offer) -> Any:
    """Change terms; a change of pay makes a new version and voids approvals."""
    form = forms.terms_form(offer.application.requisition.band)

    def act() -> object:
        return services.change(
            db.session(),
            offer=offer,
            terms=form.terms(),
            act=guard.act(),
        )

    previous_terms = term_versions.current(offer)
    return form_action.act(
        offer, key="terms", form=form, do=act, message=lambda: version_rows.saved_message(offer, previous_terms)
    )


def _step(offer: Offer, service: Callable[..., Offer], message: str, **more: Any) -> Any:
    def act() -> object:
        return service(db.session(), offer=offer, actor=guard.actor(), now=guard.now(), **more)

    return form_action.act(offer, key="step", form=forms.StepForm(), do=act, message=message)


@blueprint.post("/offers/<int:offer_id>/submission")
@guard.needs(Permission.OFFER_SEND)
def submit(offer: Offer) -> Any:
    """Ask for approval; above the band only with an approved budget case that covers it."""
    return _step(offer, services.submit, "Sent for approval.", zone=guard.settings().zone, calendar=guard.calendar())


@blueprint.post("/offers/<int:offer_id>/extension")
@guard.needs(Permission.OFFER_SEND)
def extend(offer: Offer) -> Any:
    """Record that an approved offer has gone out to the candidate."""
    return _step(
        offer, services.extend, f"Offer to {offer.application.candidate.name} is out.", zone=guard.settings().zone
    )


@blueprint.post("/offers/<int:offer_id>/acceptance")
@guard.needs(Permission.OFFER_SEND)
def accept(offer: Offer) -> Any:
    """Record that the candidate has accepted; the seat is filled."""
    return _step(offer, services.accept, f"{offer.application.candidate.name} accepted. The seat is filled.")


def _end(offer: Offer, kind: str, service: Callable[..., Offer], message: str) -> Any:
    form = forms.end_form(kind)

    def act() -> object:
        return service(db.session(), offer=offer, reason=form.reason_text(), actor=guard.actor(), now=guard.now())

    return form_action.act(offer, key=kind, form=form, do=act, message=message)


@blueprint.post("/offers/<int:offer_id>/decline")
@guard.needs(Permission.OFFER_SEND)
def decline(offer: Offer) -> Any:
    """Record that the candidate has declined; the application ends with it."""
    return _end(offer, "decline", keepwarm.decline, "Recorded that the offer was declined.")


@blueprint.post("/offers/<int:offer_id>/lapse")
@guard.needs(Permission.OFFER_SEND)
def lapse(offer: Offer) -> Any:
    """Record that an offer ran out without an answer."""
    return _end(offer, "lapse", keepwarm.lapse, "Recorded that the offer lapsed.")


@blueprint.post("/offers/<int:offer_id>/rescission")
@guard.needs(Permission.OFFER_SEND)
def rescind(offer: Offer) -> Any:
    """Take an offer back."""
    return _end(offer, "rescission", keepwarm.rescind, "Offer rescinded.")


@blueprint.post("/offers/<int:offer_id>/renege")
@guard.needs(Permission.OFFER_SEND)
def renege(offer: Offer) -> Any:
    """Record that somebody who had accepted will not come; the seat is open again."""
    return _end(offer, "renege", keepwarm.renege, "Recorded that they will not come. The seat is open again.")
