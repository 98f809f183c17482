"""An offer that ended, made again: the same terms in a new draft, with another day until which it stands."""

from __future__ import annotations

from typing import Any

from recruiter.foundation.database.db import db
from recruiter.keepwarm.lifecycle import offer_reissue
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission
from recruiter.web.offers import form_action, forms
from recruiter.web.offers.area import blueprint
from recruiter.web.request import guard


@blueprint.post("/offers/<int:offer_id>/again")
@guard.needs(Permission.OFFER_WRITE)
def again(offer: Offer) -> Any:
    """Draft the last terms once more."""
    form = forms.AgainForm()

    def act() -> Offer:
        return offer_reissue.offer_again(
            db.session(),
            offer=offer,
            expires_on=form.expires_on.data,
            start_on=form.start_on.data,
            reason=form.reason.data or "",
            act=guard.act(),
        )

    message = f"Drafted again with the terms of offer {offer.id}. Nothing is sent: it is approved first."
    return form_action.act(offer, key="again", form=form, do=act, message=message)
