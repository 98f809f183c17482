"""The budget case beside an offer: which there is, how it stands, and the step that works."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.budget import queries as cases
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation.database.db import db
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.request import guard

CASE_STATES = {
    CaseStatus.DRAFT: "is a draft that has not been sent yet",
    CaseStatus.SUBMITTED: "waits for a decision",
    CaseStatus.CHANGES_REQUESTED: "came back with a request for changes",
    CaseStatus.APPROVED: "was approved",
    CaseStatus.REFUSED: "was refused",
    CaseStatus.WITHDRAWN: "was withdrawn",
}
OPEN_CASE, GO_ON = "Open a budget case", {CaseStatus.DRAFT: "Go on with the case", CaseStatus.SUBMITTED: "See the case", CaseStatus.CHANGES_REQUESTED: "Change the case"}  # fmt: skip


@dataclass(frozen=True)
class LinkedCase:
    """The latest budget case of an offer above the band, and what to do about it: go on with it, or open another."""

    number: str
    href: str
    state: str
    waits: bool
    act: str
    act_href: str | None


def case_href(application: Application) -> str | None:
    """Where a budget case for a requisition is opened."""
    return url_for("budget.of_requisition", requisition_ref=application.requisition.key)


def linked_case(offer: Offer) -> LinkedCase | None:
    """The latest case of the offer that the viewer may read; None where there was none."""
    session = db.session()
    case: BudgetCase | None = next(iter(cases.cases_of_offer(session, offer)), None)
    if case is None or not permits.permits(session, actor=guard.actor(), permission=Permission.CASE_READ, on=case):
        return None
    href, waits = url_for("budget.show", case_id=case.id), case.status in GO_ON
    return LinkedCase(
        number=case.number,
        href=href,
        state=CASE_STATES[case.status],
        waits=waits,
        act=GO_ON.get(case.status, "Open another case"),
        act_href=href if waits else case_href(offer.application),
    )
