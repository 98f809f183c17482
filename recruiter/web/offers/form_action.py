"""What every form about an offer has in common: done on the terms that were read, or shown again with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.offers.models import Offer
from recruiter.web.offers import forms, offer_page
from recruiter.web.request.redirects import redirect_with_flash

CHANGED_MEANWHILE = "Nothing was changed. Somebody else changed this offer meanwhile; the page shows it as it is now."


def home(offer: Offer) -> str:
    """The page of an offer."""
    return url_for("offers.show", offer_id=offer.id)


def act(offer: Offer, *, key: str, form: Any, do: Callable[[], object], message: str | Callable[[], str]) -> Any:
    """Do what a form says, on the terms that were read; on an error the offer comes back with what was typed.

    `said` is what to say once it is done; where that depends on what became of the offer, it is asked then.
    """
    problem, status = "", 422
    if forms.is_stale(form, offer):
        problem, status = CHANGED_MEANWHILE, Conflict.status
    elif form.validate():
        try:
            result = do()
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            target = result if isinstance(result, Offer) else offer  # an offer made again has a page of its own
            return redirect_with_flash(home(target), message=message if isinstance(message, str) else message())
    page = offer_page.page_of(offer, offer_page.RejectedForm(key, form, problem))
    return render_template("offers/show.html", page=page, has_errors=True), status
