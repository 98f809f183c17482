"""What every form about an offer has in common: done on the terms that were read, or shown again with what was typed."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.offers.models import Offer
from recruiter.web.offers import forms, offer_page
from recruiter.web.request.conflicts import check_unchanged
from recruiter.web.request.form_handling import handle_form


def home(offer: Offer) -> str:
    """The page of an offer."""
    return url_for("offers.show", offer_id=offer.id)


def handle_offer_form(
    offer: Offer, form: forms.StepForm, *, key: str, save: Callable[[], Offer], flash: str | Callable[[Offer], str]
) -> ResponseReturnValue:
    """Do what a form says unless somebody has changed the offer since; on an error the offer comes back with what was typed.

    `key` names the form on the page. It goes on to the offer that `save` answers: one made again has a page of its own.
    """

    def save_unchanged() -> Offer:
        check_unchanged(form.version.data, offer, "offer")
        return save()

    def again() -> str:
        page = offer_page.page_of(offer, offer_page.RejectedForm(key, form))
        return render_template("offers/show.html", page=page, has_errors=True)

    return handle_form(form, save=save_unchanged, again=again, home=home, flash=flash)
