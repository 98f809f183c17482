"""Offers and competing processes in JSON; pay is there only for who may see it."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import people, values
from recruiter.api.serializers.chains import chain
from recruiter.foundation.json_types import JsonObject
from recruiter.offers import rules
from recruiter.offers.models import CompetingProcess, Offer, OfferTerms


def _terms(terms: Offer | OfferTerms, *, pay: bool) -> JsonObject:
    """Dates, and pay for who may see it."""
    dates = {"start_on": values.day(terms.start_on), "expires_on": values.day(terms.expires_on)}
    if not pay:
        return dates
    return {
        **dates,
        "base": values.money(terms.base, terms.currency),
        "bonus": values.money(terms.bonus, terms.currency),
        "sign_on": values.money(terms.sign_on, terms.currency),
        "equity": terms.equity,
    }


def _version(terms: OfferTerms, *, pay: bool) -> JsonObject:
    """One version of the terms: `revision` counts the changes of dates alone under the same pay."""
    return {
        "number": terms.number,
        "revision": terms.revision,
        "by_id": terms.by_id,
        "at": values.instant(terms.at),
        **_terms(terms, pay=pay),
    }


def offer(offer_record: Offer, *, viewer: User) -> JsonObject:
    """An offer. Without `pay.view` the keys of pay are absent."""
    data: JsonObject = {
        "id": offer_record.id,
        "application_id": offer_record.application_id,
        "opening_id": offer_record.opening_id,
        "status": offer_record.status.value,
        "terms_version": offer_record.terms_version,
        **_terms(offer_record, pay=viewer.pay_view),
        "approvals": [
            {
                "step": approval.step,
                "group": approval.group_name,
                "by": people.person(approval.by),
                "on_behalf_of": people.person(approval.on_behalf_of) if approval.on_behalf_of else None,
                "decision": approval.decision.value,
                "comment": approval.comment,
                "at": values.instant(approval.at),
                "terms_version": approval.terms_version,
                "revision": approval.revision,
            }
            for approval in offer_record.approvals
        ],
        "terms": [_version(terms, pay=viewer.pay_view) for terms in offer_record.terms],
        "chain": chain(offer_record),
        "end_code": offer_record.end_code,
        "end_reason": offer_record.end_reason,
        "extended_at": values.instant(offer_record.extended_at),
        "accepted_at": values.instant(offer_record.accepted_at),
        "version": offer_record.version,
        "created_at": values.instant(offer_record.created_at),
    }
    if viewer.pay_view:
        excess = rules.excess(offer_record.base_pay, offer_record.band)
        data["above_band"] = excess is not None
        data["excess"] = values.money(excess.amount, excess.currency) if excess else None
    return data


def competing_process(process: CompetingProcess, *, viewer: User) -> JsonObject:
    """Another employer's process as told; its amount only for who may see pay."""
    data: JsonObject = {
        "id": process.id,
        "application_id": process.application_id,
        "employer": process.employer,
        "stage": process.stage,
        "class": process.source_class.value,
        "decision_on": values.day(process.decision_on),
        "disclosed_on": values.day(process.disclosed_on),
        "by": people.person(process.by),
        "version": process.version,
        "created_at": values.instant(process.created_at),
    }
    if viewer.pay_view:
        data["offer_amount"] = values.money(process.offer_amount, process.currency)
    return data
