"""Reading the register: every case that was decided, in two statements however many there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from recruiter.accounts.models import User
from recruiter.budget.models import DECIDED, BudgetCase, CaseStatus
from recruiter.budget.register.models import Departure
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.money import Money
from recruiter.offers.models import BandException, Offer, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Band, Requisition

YEAR = dt.timedelta(days=365)
REVIEW = 3
OUTCOMES = {
    OfferStatus.ACCEPTED: "Accepted",
    OfferStatus.DECLINED: "Declined anyway",
    OfferStatus.RENEGED: "Accepted, then withdrew",
    OfferStatus.LAPSED: "Not taken in time",
    OfferStatus.RESCINDED: "Taken back by us",
}
VOIDED = "Void, since the terms changed"
OPEN, REFUSED, LEFT, LEFT_LATER = "Not decided yet", "Refused", "Left within a year", "Accepted, left later"


@dataclass(frozen=True)
class RegisterEntry:
    """One decided case: whose band and role, asked and granted in minor units, when, and what became of it."""

    case_id: int
    number: str
    band: str
    role: str
    manager: str
    requested: Money
    top: Money | None
    granted: Money | None
    decided_at: dt.datetime
    outcome: str
    may_have_left: bool
    void: bool = False

    @property
    def approved(self) -> bool:
        """Whether it is an exception, and not a request that was refused or an approval that is void."""
        return self.granted is not None and not self.void


@dataclass(frozen=True)
class ExceptionSummary:
    """A band, a role or a manager: exceptions in all and in the last twelve months, refusals, acceptances."""

    name: str
    granted: int
    last_year: int
    refused: int
    accepted: int

    @property
    def review(self) -> bool:
        """The third exception in twelve months says that the band is the matter."""
        return self.last_year >= REVIEW


@dataclass(frozen=True)
class Register:
    """Every decided case within sight, newest first, and the lines by band, role and manager, most exceptions first."""

    entries: list[RegisterEntry]
    by_band: list[ExceptionSummary]
    by_role: list[ExceptionSummary]
    by_manager: list[ExceptionSummary]
    outcome_counts: list[tuple[str, int]]

    @property
    def granted(self) -> int:
        """How many exceptions there are."""
        return sum(1 for entry in self.entries if entry.approved)


def _outcome(case: BudgetCase, *, left_on: dt.date | None, voided: bool, moment: Moment) -> str:
    if voided:
        return VOIDED
    if case.status != CaseStatus.APPROVED:
        return REFUSED
    if left_on is not None and case.offer.accepted_at is not None:
        return LEFT if left_on - moment.day_of(case.offer.accepted_at) < YEAR else LEFT_LATER
    return OUTCOMES.get(case.offer.status, OPEN)


def _entries(session: Session, within: Scope, moment: Moment) -> list[RegisterEntry]:
    rows = session.execute(
        select(
            BudgetCase, Requisition, Band, User.name, Departure.left_on, BandException.up_to, BandException.voided_at
        )
        .join(BudgetCase.offer)
        .join(Offer.application)
        .join(Application.requisition)
        .join(Requisition.hiring_manager)
        .outerjoin(Requisition.band)
        .outerjoin(Departure, Departure.case_id == BudgetCase.id)
        .outerjoin(BandException, BandException.case_number == BudgetCase.number)
        .where(within.contains(BudgetCase.id), BudgetCase.status.in_(DECIDED))
        .order_by(BudgetCase.id.desc())
        .options(contains_eager(BudgetCase.offer), selectinload(BudgetCase.decisions))
    )
    entries = []
    for case, requisition, band, manager, left_on, up_to, voided_at in rows:
        decision, granted = case.final_decision, case.status == CaseStatus.APPROVED
        level_and_department = ", ".join(filter(None, [requisition.level, requisition.department]))
        entries.append(
            RegisterEntry(
                case_id=case.id,
                number=case.number,
                band=level_and_department if requisition.level else requisition.key,
                role=requisition.title,
                manager=manager,
                requested=case.requested,
                top=Money(band.max, band.currency) if band else None,
                granted=Money(up_to or case.ask, case.currency) if granted else None,
                decided_at=decision.at if decision else case.submitted_at or case.created_at,
                outcome=_outcome(case, left_on=left_on, voided=voided_at is not None, moment=moment),
                may_have_left=granted and case.offer.status == OfferStatus.ACCEPTED and left_on is None,
                void=voided_at is not None,
            )
        )
    return entries


def _summaries(
    entries: list[RegisterEntry], name_of: Callable[[RegisterEntry], str], since: dt.datetime
) -> list[ExceptionSummary]:
    groups: dict[str, list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        groups[name_of(entry)].append(entry)
    accepted_outcomes = {OUTCOMES[OfferStatus.ACCEPTED], LEFT, LEFT_LATER}
    summaries = [
        ExceptionSummary(
            name,
            granted=sum(1 for entry in group if entry.approved),
            last_year=sum(1 for entry in group if entry.approved and entry.decided_at > since),
            refused=sum(1 for entry in group if entry.granted is None),
            accepted=sum(1 for entry in group if entry.outcome in accepted_outcomes),
        )
        for name, group in groups.items()
    ]
    return sorted(summaries, key=lambda summary: (-summary.last_year, -summary.granted, summary.name))


def register_of(session: Session, *, within: Scope, moment: Moment) -> Register:
    """The register of the cases that somebody may see. Amounts are told one by one; those of several currencies are never summed."""
    entries, since = _entries(session, within, moment), moment.now - YEAR
    counts = Counter(entry.outcome for entry in entries)
    return Register(
        entries,
        _summaries(entries, lambda entry: entry.band, since),
        _summaries(entries, lambda entry: entry.role, since),
        _summaries(entries, lambda entry: entry.manager, since),
        sorted(counts.items(), key=lambda count: (-count[1], count[0])),
    )


def approvals_for_audit(session: Session) -> dict[str, tuple[str, dict[int, bool]]]:
    """For the fairness audit: of every application with a decided case, whether a case was approved. It asks nobody who they are."""
    rows = session.execute(
        select(Offer.application_id, BudgetCase.status)
        .join(Offer, BudgetCase.offer_id == Offer.id)
        .where(BudgetCase.status.in_(DECIDED))
        .order_by(BudgetCase.id)
    )
    approved_by_application: dict[int, bool] = {}
    for application_id, status in rows:
        approved_before = approved_by_application.get(application_id, False)
        approved_by_application[application_id] = approved_before or status == CaseStatus.APPROVED
    return {"case_approved": ("Budget case approved", approved_by_application)}
