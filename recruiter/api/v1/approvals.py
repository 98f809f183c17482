"""Approval chains, who stands in for whom, and what waits for the caller's word."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Day, MoneySchema, Strictly, Text, many
from recruiter.api.guard import actor, today
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import chains as serializers
from recruiter.api.serializers import offers as offer_serializers
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.offers import queries
from recruiter.offers.approval import chain_queries, chain_services
from recruiter.offers.approval.approval_rounds import has_turn
from recruiter.offers.models import ApprovalChain, OfferStatus, StandIn
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission

blueprint = Area("approvals", "Who approves what, in which order, and whose word is asked now")


class GroupBody(Body):
    """A group of one step: so many of its `members` (e-mails; none: any approver) must approve."""

    step = Strictly(required=True)
    name = Text(required=True, longest=80)
    needed = Strictly(required=True)
    members = many(Text(), most=50, load_default=list)


class ChainBody(Body):
    """A chain, and from which size of the excess on it holds: `from_percent` of the top of the band, or `from_amount`."""

    name = Text(required=True, longest=80)
    groups = ma.fields.List(ma.fields.Nested(GroupBody), required=True, validate=validate.Length(1, 60))
    for_offers = ma.fields.Boolean(load_default=True)
    for_cases = ma.fields.Boolean(load_default=True)
    answer_days = Strictly(load_default=2)
    from_percent = ma.fields.Decimal(load_default=None, places=2)
    from_amount = ma.fields.Nested(MoneySchema, load_default=None)


class StandInBody(Body):
    """Who answers for whom (e-mails), from one day to another, both included."""

    user = Text(required=True)
    deputy = Text(required=True)
    from_on = Day(required=True)
    until_on = Day(required=True)


def _terms(body: JsonObject) -> chain_services.ChainTerms:
    session, groups = db.session(), []
    for group in body.pop("groups"):
        members = tuple(accounts.by_email_or_refuse(session, email, field="groups").id for email in group["members"])
        groups.append(chain_services.GroupTerms(group["step"], group["name"], group["needed"], members))
    percent = body.pop("from_percent")
    return chain_services.ChainTerms(
        **body, groups=tuple(groups), from_percent=None if percent is None else int(percent * 100)
    )


def _save(body: JsonObject, chain: ApprovalChain | None) -> JsonObject:
    saved = chain_services.save(db.session(), chain=chain, terms=_terms(body), act=guard.act())
    return serializers.approval_chain_json(saved)


@blueprint.get("/approval-chains", Permission.CHAINS_EDIT)
def chains() -> JsonObject:
    """Every chain in use; where none fits, one approver decides."""
    return whole(serializers.approval_chain_json(chain) for chain in chain_queries.chains_for(db.session()))


@blueprint.post("/approval-chains", Permission.CHAINS_EDIT, body=ChainBody, status=201)
def make(body: JsonObject) -> JsonObject:
    """Make a chain; it holds for what is sent from now on."""
    return _save(body, None)


@blueprint.put("/approval-chains/<int:chain_id>", Permission.CHAINS_EDIT, body=ChainBody)
def change(body: JsonObject, chain: ApprovalChain) -> JsonObject:
    """Change a chain; what was sent before keeps the chain that it was sent with."""
    return _save(body, chain)


@blueprint.post("/approval-chains/<int:chain_id>/retirement", Permission.CHAINS_EDIT)
def retire(chain: ApprovalChain) -> JsonObject:
    """Take a chain out of use."""
    return serializers.approval_chain_json(chain_services.retire(db.session(), chain=chain, act=guard.act()))


@blueprint.get("/stand-ins", Permission.STAND_IN_SET)
def stand_ins() -> JsonObject:
    """Who answers for whom, now or from a later day."""
    upcoming = chain_queries.stand_ins(db.session(), until=today())
    return {"items": [serializers.stand_in(stand_in_period) for stand_in_period in upcoming], "next": None}


@blueprint.post("/stand-ins", Permission.STAND_IN_SET, body=StandInBody, status=201)
def stand_in(body: JsonObject) -> JsonObject:
    """Let an approver answer for another between two days."""
    session = db.session()
    user = accounts.by_email_or_refuse(session, body.pop("user"), field="user")
    deputy = accounts.by_email_or_refuse(session, body.pop("deputy"), field="deputy")
    period = chain_services.stand_in(session, user=user, deputy=deputy, act=guard.act(), **body)
    return serializers.stand_in(period)


@blueprint.post("/stand-ins/<int:stand_in_id>/end", Permission.STAND_IN_END)
def end(stand_in: StandIn) -> JsonObject:
    """End a stand-in before its last day."""
    return serializers.stand_in(chain_services.end_stand_in(db.session(), stand_in_period=stand_in, act=guard.act()))


@blueprint.get("/approvals", Permission.SIGNED_IN)
def waiting() -> JsonObject:
    """Offers on which the caller's word counts now, for themselves or for whom they stand in."""
    session = db.session()
    pending = queries.with_status(session, within=scopes.requisitions(actor()), status=OfferStatus.PENDING_APPROVAL)
    represented = chain_queries.represented_by(session, actor().id, on=today())
    answerable = [offer for offer in pending if has_turn(offer, actor().id, represented=represented)]
    return {"items": [offer_serializers.offer(offer, viewer=actor()) for offer in answerable], "next": None}
