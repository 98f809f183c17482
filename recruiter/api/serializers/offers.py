"""Offers and competing processes in JSON; pay is there only for who may see it."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import values
from recruiter.api.serializers.chains import chain
from recruiter.foundation.json_types import JsonObject
from recruiter.offers import rules
from recruiter.offers.models import CompetingProcess, Offer, OfferTerms

APPROVAL = "step group=group_name by on_behalf_of decision comment at terms_version revision"


def _terms(terms: Offer | OfferTerms, *, pay: bool) -> JsonObject:
    """Dates, and pay for who may see it."""
    dates = values.fields(terms, "start_on expires_on")
    if not pay:
        return dates
    amounts = {name: values.money(getattr(terms, name), terms.currency) for name in ("base", "bonus", "sign_on")}
    return {**dates, **amounts, "equity": terms.equity}


def _version(terms: OfferTerms, *, pay: bool) -> JsonObject:
    """One version of the terms: `revision` counts the changes of dates alone under the same pay."""
    return {**values.fields(terms, "number revision by_id at"), **_terms(terms, pay=pay)}


def offer(offer_record: Offer, *, viewer: User) -> JsonObject:
    """An offer. Without `pay.view` the keys of pay are absent."""
    data = {
        **values.fields(offer_record, "id application_id opening_id status terms_version"),
        **_terms(offer_record, pay=viewer.pay_view),
        "approvals": [values.fields(approval, APPROVAL) for approval in offer_record.approvals],
        "terms": [_version(terms, pay=viewer.pay_view) for terms in offer_record.terms],
        "chain": chain(offer_record),
        **values.fields(offer_record, "end_code end_reason extended_at accepted_at version created_at"),
    }
    if viewer.pay_view:
        excess = rules.excess(offer_record.base_pay, offer_record.band)
        data["above_band"] = excess is not None
        data["excess"] = values.money(excess.amount, excess.currency) if excess else None
    return data


def competing_process(process: CompetingProcess, *, viewer: User) -> JsonObject:
    """Another employer's process as told; its amount only for who may see pay."""
    names = "id application_id employer stage class=source_class decision_on disclosed_on by version created_at"
    data = values.fields(process, names)
    if viewer.pay_view:
        data["offer_amount"] = values.money(process.offer_amount, process.currency)
    return data
