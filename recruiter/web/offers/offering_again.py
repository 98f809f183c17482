"""An offer that ended, made again: the same terms in a new draft, with another day until which it stands."""

from __future__ import annotations

from typing import Any

from recruiter.foundation.db import db
from recruiter.keepwarm import offering_again
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission
from recruiter.web import guard
from recruiter.web.offers import acting, forms
from recruiter.web.offers.area import blueprint


@blueprint.post("/offers/<int:offer_id>/again")
@guard.needs(Permission.OFFER_WRITE)
def again(offer: Offer) -> Any:
    """Draft the last terms once more."""
    form = forms.AgainForm()

    def act() -> Offer:
        return offering_again.offer_again(
            db.session(),
            offer=offer,
            expires_on=form.expires_on.data,
            start_on=form.start_on.data,
            reason=form.reason.data or "",
            actor=guard.actor(),
            now=guard.now(),
            zone=guard.configured().zone,
        )

    said = f"Drafted again with the terms of offer {offer.id}. Nothing is sent: it is approved first."
    return acting.act(offer, key="again", form=form, do=act, said=said)
