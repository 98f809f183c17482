"""An offer that ended, made again: the same terms in a new draft, with another day until which it stands."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.lifecycle import offer_reissue
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission
from recruiter.web.offers import forms
from recruiter.web.offers.area import blueprint
from recruiter.web.offers.form_handling import handle_offer_form
from recruiter.web.request import guard


@blueprint.post("/offers/<int:offer_id>/again")
@guard.needs(Permission.OFFER_WRITE)
def again(offer: Offer) -> ResponseReturnValue:
    """Draft the last terms once more."""
    form = forms.AgainForm()

    def save() -> Offer:
        expires_on, start_on, reason = form.expires_on.data, form.start_on.data, form.reason.data or ""
        return offer_reissue.offer_again(
            db.session(), offer=offer, expires_on=expires_on, start_on=start_on, reason=reason, act=guard.act()
        )

    message = f"Drafted again with the terms of offer {offer.id}. Nothing is sent: it is approved first."
    return handle_offer_form(offer, form, key="again", save=save, flash=message)
