"""Reading the register: every case that was decided, in two statements however many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.budget.register.models import Departure
from recruiter.foundation.money import Money
from recruiter.offers.models import BandException, Offer, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Band, Requisition

WINDOW = dt.timedelta(days=365)
REVIEW = 3
YEAR = dt.timedelta(days=365)
BECAME = {
    OfferStatus.ACCEPTED: "Accepted",
    OfferStatus.DECLINED: "Declined anyway",
    OfferStatus.RENEGED: "Accepted, then withdrew",
    OfferStatus.LAPSED: "Not taken in time",
    OfferStatus.RESCINDED: "Taken back by us",
}
VOIDED = "Void, since the terms changed"
OPEN, REFUSED, LEFT, LEFT_LATER = "Not decided yet", "Refused", "Left within a year", "Accepted, left later"


@dataclass(frozen=True)
class Entry:
    """One decided case: whose band and role, asked and granted in minor units, when, and what became of it."""

    case_id: int
    number: str
    band: str
    role: str
    manager: str
    asked: Money
    top: Money | None
    granted: Money | None
    decided_at: dt.datetime
    became: str
    may_have_left: bool
    void: bool = False

    @property
    def approved(self) -> bool:
        """Whether it is an exception, and not a request that was refused or an approval that is void."""
        return self.granted is not None and not self.void


@dataclass(frozen=True)
class Line:
    """A band, a role or a manager: exceptions in all and in the last twelve months, refusals, acceptances."""

    name: str
    granted: int
    lately: int
    refused: int
    accepted: int

    @property
    def review(self) -> bool:
        """The third exception in twelve months says that the band is the matter."""
        return self.lately >= REVIEW


@dataclass(frozen=True)
class Register:
    """Every decided case within sight, newest first, and the lines by band, role and manager, most exceptions first."""

    entries: list[Entry]
    by_band: list[Line]
    by_role: list[Line]
    by_manager: list[Line]
    became: list[tuple[str, int]]

    @property
    def granted(self) -> int:
        """How many exceptions there are."""
        return sum(1 for one in self.entries if one.approved)


def _became(status: OfferStatus, *, granted: bool, accepted: dt.datetime | None, left: dt.date | None) -> str:
    if not granted:
        return REFUSED
    if left is not None and accepted is not None:
        return LEFT if left - accepted.date() < YEAR else LEFT_LATER
    return BECAME.get(status, OPEN)


def _band(level: str, department: str, key: str) -> str:
    return ", ".join(one for one in (level, department) if one) if level else key


ENDED = (CaseVerdict.APPROVED, CaseVerdict.REFUSED)


def _decisions(session: Session, within: Select[int]) -> dict[int, CaseDecision]:
    """The decision that ended each case: its approval or refusal."""
    wanted = (
        select(CaseDecision)
        .where(CaseDecision.case_id.in_(within), CaseDecision.decision.in_(ENDED))
        .order_by(CaseDecision.id)
    )
    return {one.case_id: one for one in session.scalars(wanted)}


def _entries(session: Session, within: Select[int]) -> list[Entry]:
    last = _decisions(session, within)
    rows = session.execute(
        select(
            BudgetCase,
            Offer,
            Requisition,
            Band,
            User.name,
            Departure.left_on,
            BandException.up_to,
            BandException.voided_at,
        )
        .join(Offer, BudgetCase.offer_id == Offer.id)
        .join(Application, Offer.application_id == Application.id)
        .join(Requisition, Application.requisition_id == Requisition.id)
        .join(User, User.id == Requisition.hiring_manager_id)
        .outerjoin(Band, Band.requisition_id == Requisition.id)
        .outerjoin(Departure, Departure.case_id == BudgetCase.id)
        .outerjoin(BandException, BandException.case_number == BudgetCase.number)
        .where(BudgetCase.id.in_(within), BudgetCase.status.in_([CaseStatus.APPROVED, CaseStatus.REFUSED]))
        .order_by(BudgetCase.id.desc())
    )
    found = []
    for case, offer, requisition, band, manager, left, up_to, voided in rows:
        decided, granted = last.get(case.id), case.status == CaseStatus.APPROVED
        accepted = offer.status == OfferStatus.ACCEPTED
        became = _became(offer.status, granted=granted, accepted=offer.accepted_at, left=left)
        found.append(
            Entry(
                case_id=case.id,
                number=case.number,
                band=_band(requisition.level, requisition.department, requisition.key),
                role=requisition.title,
                manager=manager,
                asked=Money(case.ask, case.currency),
                top=Money(band.max, band.currency) if band else None,
                granted=Money(up_to or case.ask, case.currency) if granted else None,
                decided_at=decided.at if decided else case.submitted_at or case.created_at,
                became=VOIDED if voided else became,
                void=voided is not None,
                may_have_left=granted and accepted and left is None,
            )
        )
    return found


def _lines(entries: list[Entry], name_of: Callable[[Entry], str], since: dt.datetime) -> list[Line]:
    by: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by[name_of(one)].append(one)
    taken = {BECAME[OfferStatus.ACCEPTED], LEFT, LEFT_LATER}
    lines = [
        Line(
            name,
            granted=sum(1 for one in found if one.approved),
            lately=sum(1 for one in found if one.approved and one.decided_at > since),
            refused=sum(1 for one in found if one.granted is None),
            accepted=sum(1 for one in found if one.became in taken),
        )
        for name, found in by.items()
    ]
    return sorted(lines, key=lambda one: (-one.lately, -one.granted, one.name))


def of(session: Session, *, within: Select[int], now: dt.datetime) -> Register:
    """The register of the cases that somebody may see. Amounts are told one by one; those of several currencies are never summed."""
    entries, since = _entries(session, within), now - WINDOW
    counts: dict[str, int] = defaultdict(int)
    for one in entries:
        counts[one.became] += 1
    return Register(
        entries,
        _lines(entries, lambda one: one.band, since),
        _lines(entries, lambda one: one.role, since),
        _lines(entries, lambda one: one.manager, since),
        sorted(counts.items(), key=lambda one: (-one[1], one[0])),
    )


def for_audit(session: Session) -> dict[str, tuple[str, dict[int, bool]]]:
    """For the fairness audit: of every application with a decided case, whether a case was approved. It asks nobody who they are."""
    rows = session.execute(
        select(Offer.application_id, BudgetCase.status)
        .join(Offer, BudgetCase.offer_id == Offer.id)
        .where(BudgetCase.status.in_([CaseStatus.APPROVED, CaseStatus.REFUSED]))
        .order_by(BudgetCase.id)
    )
    found: dict[int, bool] = {}
    for number, status in rows:
        found[number] = found.get(number, False) or status == CaseStatus.APPROVED
    return {"case_approved": ("Budget case approved", found)}
