"""Offers from draft to answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.lifecycle import offer_reissue, offer_steps
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import services, term_versions
from recruiter.offers.approval import approval_services
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.offers import forms, offer_lists, offer_page, version_rows
from recruiter.web.offers.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_unchanged
from recruiter.web.request.form_handling import RejectedForm, handle_form


def _home(offer: Offer) -> str:
    return url_for("offers.show", offer_id=offer.id)


def _handle(
    offer: Offer, form: forms.StepForm, *, key: str, save: Callable[[], Offer], flash: str | Callable[[Offer], str]
) -> ResponseReturnValue:
    """Do what a form says unless somebody has changed the offer since; on an error the offer comes back with what was typed.

    `key` names the form on the page. It goes on to the offer that `save` answers: one made again has a page of its own.
    """

    def save_unchanged() -> Offer:
        check_unchanged(form.version.data, offer, "offer")
        return save()

    def again() -> str:
        page = offer_page.page_of(offer, RejectedForm(key, form))
        return render_template("offers/show.html", page=page, has_errors=True)

    return handle_form(form, save=save_unchanged, again=again, home=_home, flash=flash)


@blueprint.page("/requisitions/<requisition_ref>/offers", Permission.PAY_READ)
def of_requisition(requisition: Requisition) -> ResponseReturnValue:
    """Every offer of a requisition, open ones first."""
    return render_template("offers/of_requisition.html", page=offer_lists.of_requisition(requisition))


def _draft_page(application: Application, form: forms.TermsForm | None = None) -> str:
    page = offer_lists.of_application(application, form)
    return render_template("offers/of_application.html", page=page, has_errors=form is not None)


@blueprint.page("/applications/<int:application_id>/offers", Permission.PAY_READ)
def of_application(application: Application) -> ResponseReturnValue:
    """Every offer of an application, and a form that drafts one."""
    return _draft_page(application)


@blueprint.act("/applications/<int:application_id>/offers", Permission.OFFER_WRITE)
def draft(application: Application) -> ResponseReturnValue:
    """Draft an offer for a free seat."""
    form = forms.terms_form(application.requisition.band)
    return handle_form(
        form,
        save=lambda: services.draft(db.session(), application=application, terms=form.terms(), act=guard.act()),
        again=lambda: _draft_page(application, form),
        home=_home,
        flash=f"Offer to {application.candidate.name} drafted.",
    )


@blueprint.page("/offers/<int:offer_id>", Permission.OFFER_READ)
def show(offer: Offer) -> ResponseReturnValue:
    """One offer: terms, versions, approvals, and what can be done."""
    return render_template("offers/show.html", page=offer_page.page_of(offer))


@blueprint.act("/offers/<int:offer_id>/terms", Permission.OFFER_WRITE)
def change(offer: Offer) -> ResponseReturnValue:
    """Change terms; a change of pay makes a new version and voids approvals."""
    form, previous = forms.terms_form(offer.band), term_versions.current(offer)
    return _handle(
        offer,
        form,
        key="terms",
        save=lambda: services.change(db.session(), offer=offer, terms=form.terms(), act=guard.act()),
        flash=lambda changed: version_rows.saved_message(changed, previous),
    )


def _step(offer: Offer, service: Callable[..., Offer], message: str) -> ResponseReturnValue:
    save = partial(service, db.session(), offer=offer, act=guard.act())
    return _handle(offer, forms.StepForm(), key="step", save=save, flash=message)


@blueprint.act("/offers/<int:offer_id>/submission", Permission.OFFER_SEND)
def submit(offer: Offer) -> ResponseReturnValue:
    """Ask for approval; above the band only with an approved budget case that covers it."""
    return _step(offer, approval_services.submit, "Sent for approval.")


@blueprint.act("/offers/<int:offer_id>/answer", Permission.OFFER_SEND)
def answer_question(offer: Offer) -> ResponseReturnValue:
    """Answer an approver's oldest question that waits; what was typed stays where it cannot be taken."""
    form = forms.AnswerForm()

    def save() -> Offer:
        answer = form.answer.data or ""
        return approval_services.answer_question(db.session(), offer=offer, answer=answer, act=guard.act()).offer

    return _handle(offer, form, key="answer", save=save, flash="Answered. Whoever asked is told.")


@blueprint.act("/offers/<int:offer_id>/extension", Permission.OFFER_SEND)
def extend(offer: Offer) -> ResponseReturnValue:
    """Record that an approved offer has gone out to the candidate."""
    return _step(offer, offer_steps.extend, f"Offer to {offer.application.candidate.name} is out.")


@blueprint.act("/offers/<int:offer_id>/acceptance", Permission.OFFER_SEND)
def accept(offer: Offer) -> ResponseReturnValue:
    """Record that the candidate has accepted; the seat is filled."""
    return _step(offer, offer_steps.accept, f"{offer.application.candidate.name} accepted. The seat is filled.")


def _end(offer: Offer, kind: str, service: Callable[..., Offer], message: str) -> ResponseReturnValue:
    form = forms.end_form(kind)

    def save() -> Offer:
        return service(db.session(), offer=offer, reason=form.reason_text(), act=guard.act())

    return _handle(offer, form, key=kind, save=save, flash=message)


@blueprint.act("/offers/<int:offer_id>/decline", Permission.OFFER_SEND)
def decline(offer: Offer) -> ResponseReturnValue:
    """Record that the candidate has declined; the application ends with it."""
    return _end(offer, "decline", keepwarm.decline, "Recorded that the offer was declined.")


@blueprint.act("/offers/<int:offer_id>/lapse", Permission.OFFER_SEND)
def lapse(offer: Offer) -> ResponseReturnValue:
    """Record that an offer ran out without an answer."""
    return _end(offer, "lapse", keepwarm.lapse, "Recorded that the offer lapsed.")


@blueprint.act("/offers/<int:offer_id>/rescission", Permission.OFFER_SEND)
def rescind(offer: Offer) -> ResponseReturnValue:
    """Take an offer back."""
    return _end(offer, "rescission", keepwarm.rescind, "Offer rescinded.")


@blueprint.act("/offers/<int:offer_id>/renege", Permission.OFFER_SEND)
def renege(offer: Offer) -> ResponseReturnValue:
    """Record that somebody who had accepted will not come; the seat is open again."""
    return _end(offer, "renege", keepwarm.renege, "Recorded that they will not come. The seat is open again.")


@blueprint.act("/offers/<int:offer_id>/again", Permission.OFFER_WRITE)
def again(offer: Offer) -> ResponseReturnValue:
    """Draft the last terms once more, with another day until which they stand."""
    form = forms.AgainForm()

    def save() -> Offer:
        expires_on, start_on, reason = form.expires_on.data, form.start_on.data, form.reason.data or ""
        return offer_reissue.offer_again(
            db.session(), offer=offer, expires_on=expires_on, start_on=start_on, reason=reason, act=guard.act()
        )

    message = f"Drafted again with the terms of offer {offer.id}. Nothing is sent: it is approved first."
    return _handle(offer, form, key="again", save=save, flash=message)
