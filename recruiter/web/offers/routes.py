"""Offers from draft to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import queries, rules, services, term_versions
from recruiter.offers.approval import approval_services
from recruiter.offers.models import Offer
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.offers import (
    forms,
    offer_page,
    offer_rows,
    version_rows,
)
from recruiter.web.offers.area import blueprint
from recruiter.web.offers.form_handling import handle_offer_form, home
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form


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


@blueprint.get("/requisitions/<requisition_ref>/offers")
@guard.needs(Permission.PAY_READ)
def of_requisition(requisition: Requisition) -> ResponseReturnValue:
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


def _draft_page(application: Application, form: forms.TermsForm | None = None) -> str:
    typed = form is not None
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
        tabs=tabs.application_tabs(application, "offers", runs=True),
        breadcrumbs=offer_rows.crumbs(application, runs=True, last="Offers"),
    )
    return render_template("offers/of_application.html", page=page, has_errors=typed)


@blueprint.get("/applications/<int:application_id>/offers")
@guard.needs(Permission.PAY_READ)
def of_application(application: Application) -> ResponseReturnValue:
    """Every offer of an application, and a form that drafts one."""
    return _draft_page(application)


@blueprint.post("/applications/<int:application_id>/offers")
@guard.needs(Permission.OFFER_WRITE)
def draft(application: Application) -> ResponseReturnValue:
    """Draft an offer for a free seat."""
    form = forms.terms_form(application.requisition.band)
    return handle_form(
        form,
        save=lambda: services.draft(db.session(), application=application, terms=form.terms(), act=guard.act()),
        again=lambda: _draft_page(application, form),
        home=home,
        flash=f"Offer to {application.candidate.name} drafted.",
    )


@blueprint.get("/offers/<int:offer_id>")
@guard.needs(Permission.OFFER_READ)
def show(offer: Offer) -> ResponseReturnValue:
    """One offer: terms, versions, approvals, and what can be done."""
    return render_template("offers/show.html", page=offer_page.page_of(offer))


@blueprint.post("/offers/<int:offer_id>/terms")
@guard.needs(Permission.OFFER_WRITE)
def change(offer: Offer) -> ResponseReturnValue:
    """Change terms; a change of pay makes a new version and voids approvals."""
    form, previous = forms.terms_form(offer.band), term_versions.current(offer)
    return handle_offer_form(
        offer,
        form,
        key="terms",
        save=lambda: services.change(db.session(), offer=offer, terms=form.terms(), act=guard.act()),
        flash=lambda changed: version_rows.saved_message(changed, previous),
    )


def _step(offer: Offer, service: Callable[..., Offer], message: str) -> ResponseReturnValue:
    save = partial(service, db.session(), offer=offer, act=guard.act())
    return handle_offer_form(offer, forms.StepForm(), key="step", save=save, flash=message)


@blueprint.post("/offers/<int:offer_id>/submission")
@guard.needs(Permission.OFFER_SEND)
def submit(offer: Offer) -> ResponseReturnValue:
    """Ask for approval; above the band only with an approved budget case that covers it."""
    return _step(offer, approval_services.submit, "Sent for approval.")


@blueprint.post("/offers/<int:offer_id>/answer")
@guard.needs(Permission.OFFER_SEND)
def answer_question(offer: Offer) -> ResponseReturnValue:
    """Answer an approver's oldest question that waits; what was typed stays where it cannot be taken."""
    form = forms.AnswerForm()

    def save() -> Offer:
        answer = form.answer.data or ""
        return approval_services.answer_question(db.session(), offer=offer, answer=answer, act=guard.act()).offer

    return handle_offer_form(offer, form, key="answer", save=save, flash="Answered. Whoever asked is told.")


@blueprint.post("/offers/<int:offer_id>/extension")
@guard.needs(Permission.OFFER_SEND)
def extend(offer: Offer) -> ResponseReturnValue:
    """Record that an approved offer has gone out to the candidate."""
    return _step(offer, services.extend, f"Offer to {offer.application.candidate.name} is out.")


@blueprint.post("/offers/<int:offer_id>/acceptance")
@guard.needs(Permission.OFFER_SEND)
def accept(offer: Offer) -> ResponseReturnValue:
    """Record that the candidate has accepted; the seat is filled."""
    return _step(offer, services.accept, f"{offer.application.candidate.name} accepted. The seat is filled.")


def _end(offer: Offer, kind: str, service: Callable[..., Offer], message: str) -> ResponseReturnValue:
    form = forms.end_form(kind)

    def save() -> Offer:
        return service(db.session(), offer=offer, reason=form.reason_text(), act=guard.act())

    return handle_offer_form(offer, form, key=kind, save=save, flash=message)


@blueprint.post("/offers/<int:offer_id>/decline")
@guard.needs(Permission.OFFER_SEND)
def decline(offer: Offer) -> ResponseReturnValue:
    """Record that the candidate has declined; the application ends with it."""
    return _end(offer, "decline", keepwarm.decline, "Recorded that the offer was declined.")


@blueprint.post("/offers/<int:offer_id>/lapse")
@guard.needs(Permission.OFFER_SEND)
def lapse(offer: Offer) -> ResponseReturnValue:
    """Record that an offer ran out without an answer."""
    return _end(offer, "lapse", keepwarm.lapse, "Recorded that the offer lapsed.")


@blueprint.post("/offers/<int:offer_id>/rescission")
@guard.needs(Permission.OFFER_SEND)
def rescind(offer: Offer) -> ResponseReturnValue:
    """Take an offer back."""
    return _end(offer, "rescission", keepwarm.rescind, "Offer rescinded.")


@blueprint.post("/offers/<int:offer_id>/renege")
@guard.needs(Permission.OFFER_SEND)
def renege(offer: Offer) -> ResponseReturnValue:
    """Record that somebody who had accepted will not come; the seat is open again."""
    return _end(offer, "renege", keepwarm.renege, "Recorded that they will not come. The seat is open again.")
