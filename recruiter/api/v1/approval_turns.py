"""Approvals that wait for somebody who can no longer give them, and who answers instead."""

from __future__ import annotations

from recruiter.accounts import queries as accounts
from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import people
from recruiter.api.serializers import records as serializers
from recruiter.budget.models import BudgetCase
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.handover import queries
from recruiter.offers.approval import approval_services
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission

blueprint = Area("approval turns", "Approvals that wait for an approver who left")


class TurnBody(Body):
    """Whose turn it was, and who answers instead: addresses."""

    of = Text(required=True, longest=254)
    to = Text(required=True, longest=254)


@blueprint.get("/approval-turns", Permission.CHAINS_EDIT)
def index() -> JsonObject:
    """The approvals that ask somebody who can no longer give them: `kind` (`offer`, `case`), its `id`, and `of` whom."""
    return whole(
        {"kind": waiting.approval_kind, "id": waiting.id, "of": people.person(user)}
        for waiting, user in queries.departed_turns(db.session())
    )


def _give(body: JsonObject, waiting: Approvable) -> JsonObject:
    session = db.session()
    departed = accounts.by_email(session, body["of"])
    if departed is None:
        raise RuleBroken.at("of", f"Nobody here has the address {body['of']}.")
    to = accounts.by_email_or_refuse(session, body["to"], field="to")
    approval_services.give_turn(session, waiting, of=departed, to=to, act=guard.act())
    return {
        "kind": waiting.approval_kind,
        "id": waiting.id,
        "handovers": [serializers.handover(given) for given in queries.history_of(session, waiting)],
    }


@blueprint.post("/offers/<int:offer_id>/approval-turn", Permission.APPROVAL_TURN_GIVE, body=TurnBody)
def of_offer(body: JsonObject, offer: Offer) -> JsonObject:
    """Give the turn of an approver who left to another, on an offer."""
    return _give(body, offer)


@blueprint.post("/budget-cases/<int:case_id>/approval-turn", Permission.APPROVAL_TURN_GIVE, body=TurnBody)
def of_case(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Give the turn of an approver who left to another, on a budget case."""
    return _give(body, case)
