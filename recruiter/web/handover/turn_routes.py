"""Approvals that wait for somebody who can no longer give them: an administrator names who answers instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.handover import queries
from recruiter.offers.approval import approval_rounds, approval_services, chain_queries, turn_rules
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import Offer
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.handover.area import blueprint
from recruiter.web.layout import breadcrumbs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act
from recruiter.web.text.filters import day

TITLE = "Approvals without approver"


@dataclass(frozen=True)
class TurnRow:
    """One approval, whom it waits for, and who could answer instead; its search is named only to those who see it."""

    what: str
    due: str
    user: User
    key: str
    href: str
    takers: list[User]
    own: bool
    confidential: bool


@dataclass(frozen=True)
class TurnsPage:
    """All of them."""

    title: str
    rows: list[TurnRow]
    breadcrumbs: breadcrumbs.Crumbs


def _row(waiting: Approvable, user: User, approvers: Sequence[User]) -> TurnRow:
    if isinstance(waiting, BudgetCase):
        href, what, requisition = (
            url_for("handover.case_turn", case_id=waiting.id),
            f"Budget case {waiting.number}",
            waiting.offer.application.requisition,
        )
    elif isinstance(waiting, Offer):
        href, what = url_for("handover.offer_turn", offer_id=waiting.id), "An offer"
        requisition = waiting.application.requisition
    else:
        raise TypeError("Only offers and budget cases are approved.")
    seen = permits.sees(db.session(), guard.actor(), requisition)
    search = f"for {requisition.title}, {requisition.key}" if seen else "of a confidential search"
    seats = approval_rounds.seats_of(waiting, user.id)
    ids = turn_rules.takers(waiting, seats, approver_ids=[approver.id for approver in approvers])
    takers = [approver for approver in approvers if approver.id in ids]
    due = day(waiting.answer_by - approval_rounds.A_MINUTE) if waiting.answer_by else ""
    key = f"to-{waiting.approval_kind}-{waiting.id}-{user.id}"
    own = guard.actor().id in waiting.requester_ids
    return TurnRow(f"{what} {search}", due, user, key, href, takers, own, requisition.confidential)


@blueprint.page("/settings/approval-turns", Permission.CHAINS_EDIT)
def turns() -> ResponseReturnValue:
    """The approvals that ask somebody who can no longer give them."""
    session = db.session()
    approvers = chain_queries.approvers(session)
    rows = [_row(waiting, user, approvers) for waiting, user in queries.departed_turns(session)]
    way = breadcrumbs.of_settings(("Approval chains", url_for("approvals.chains")), TITLE)
    return render_template("handover/turns.html", page=TurnsPage(TITLE, rows, way))


def _user(field: str) -> User:
    number = text.number(request.form.get(field, ""))
    user = db.session.scalars(select(User).where(User.id == number)).first() if number is not None else None
    if user is None:
        raise RuleBroken.at(field, "Choose who answers instead.")
    return user


def _give(waiting: Approvable) -> ResponseReturnValue:
    def give() -> User:
        to = _user("to")
        approval_services.give_turn(db.session(), waiting, of=_user("of"), to=to, act=guard.act())
        return to

    return handle_act(
        give,
        home=lambda _: url_for("handover.turns"),
        flash=lambda to: f"{to.name} answers instead, and is told by email.",
        refused=url_for("handover.turns"),
    )


@blueprint.act("/offers/<int:offer_id>/approval-turn", Permission.APPROVAL_TURN_GIVE)
def offer_turn(offer: Offer) -> ResponseReturnValue:
    """Give the turn of an approver who left to another, on an offer."""
    return _give(offer)


@blueprint.act("/cases/<int:case_id>/approval-turn", Permission.APPROVAL_TURN_GIVE)
def case_turn(case: BudgetCase) -> ResponseReturnValue:
    """Give the turn of an approver who left to another, on a budget case."""
    return _give(case)
