"""Offers and competing processes in JSON; pay is there only for who may see it."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import User
from recruiter.api.serializers import people, values
from recruiter.api.serializers.chains import chain
from recruiter.foundation.money import Money
from recruiter.offers import rules
from recruiter.offers.approval import chain_queries
from recruiter.offers.models import CompetingProcess, Offer, OfferTerms


def _version(was: OfferTerms, *, pay: bool) -> dict[str, Any]:
    """One version of the terms: `revision` counts the changes of dates alone under the same pay."""
    out: dict[str, Any] = {
        "number": was.number,
        "revision": was.revision,
        "start_on": values.day(was.start_on),
        "expires_on": values.day(was.expires_on),
        "by_id": was.by_id,
        "at": values.instant(was.at),
    }
    if pay:
        out |= {
            "base": values.money(was.base, was.currency),
            "bonus": values.money(was.bonus, was.currency),
            "sign_on": values.money(was.sign_on, was.currency),
            "equity": was.equity,
        }
    return out


def offer(one: Offer, *, viewer: User) -> dict[str, Any]:
    """An offer. Without `pay.view` the keys of pay are absent."""
    out: dict[str, Any] = {
        "id": one.id,
        "application_id": one.application_id,
        "opening_id": one.opening_id,
        "status": one.status.value,
        "terms_version": one.terms_version,
        "start_on": values.day(one.start_on),
        "expires_on": values.day(one.expires_on),
        "approvals": [
            {
                "step": said.step,
                "group": said.group_name,
                "by": people.person(said.by),
                "on_behalf_of": people.person(said.stood_in_for) if said.stood_in_for else None,
                "decision": said.decision.value,
                "comment": said.comment,
                "at": values.instant(said.at),
                "terms_version": said.terms_version,
                "revision": said.revision,
            }
            for said in one.approvals
        ],
        "terms": [_version(was, pay=viewer.pay_view) for was in one.terms],
        "chain": chain(one.plan, answer_by=one.answer_by, words=chain_queries.words_of(one)),
        "end_code": one.end_code,
        "end_reason": one.end_reason,
        "extended_at": values.instant(one.extended_at),
        "accepted_at": values.instant(one.accepted_at),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }
    if viewer.pay_view:
        over = rules.excess(Money(one.base, one.currency), one.application.requisition.band)
        out |= {
            "base": values.money(one.base, one.currency),
            "bonus": values.money(one.bonus, one.currency),
            "sign_on": values.money(one.sign_on, one.currency),
            "equity": one.equity,
            "above_band": over is not None,
            "excess": values.money(over.amount, over.currency) if over else None,
        }
    return out


def competing_process(one: CompetingProcess, *, viewer: User) -> dict[str, Any]:
    """Another employer's process as told; its amount only for who may see pay."""
    out: dict[str, Any] = {
        "id": one.id,
        "application_id": one.application_id,
        "employer": one.employer,
        "stage": one.stage,
        "class": one.source_class.value,
        "decision_on": values.day(one.decision_on),
        "disclosed_on": values.day(one.disclosed_on),
        "by": people.person(one.by),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }
    if viewer.pay_view:
        out["offer_amount"] = values.money(one.offer_amount, one.currency)
    return out
