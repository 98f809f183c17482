"""How far a finalist of a closed slate came, and what a suggestion says where it cannot rank."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus

FIRST_OFFER, LATER_OFFER, FINALIST, EARLIER = 3.0, 2.0, 1.0, 0.0
DEFAULT_BAR = 3.0


@dataclass(frozen=True)
class Came:
    """How far one application came: its first offer out, whether it was a finalist, how it ended."""

    application_id: int
    status: ApplicationStatus
    offered_at: dt.datetime | None = None
    offer_status: OfferStatus | None = None
    finalist: bool = False


def grades(slate: list[Came]) -> dict[int, float]:
    """Grades of a closed slate: 3 the first offer extended, 2 later offers, 1 other finalists, 0 earlier (SPEC 6, Slate).

    The label is the offer, never who signed: a declined offer is still a choice.
    """
    offered = sorted(
        (one for one in slate if one.offered_at is not None),
        key=lambda one: (one.offered_at or dt.datetime.max.replace(tzinfo=dt.UTC), one.application_id),
    )
    out = {one.application_id: FINALIST if one.finalist else EARLIER for one in slate}
    for place, one in enumerate(offered):
        out[one.application_id] = FIRST_OFFER if place == 0 else LATER_OFFER
    return out


def outcome(one: Came) -> str:
    """What became of an application, in the words of the history folder."""
    if one.status == ApplicationStatus.HIRED:
        return "hired"
    if one.offer_status == OfferStatus.RENEGED:
        return "reneged"
    if one.offer_status == OfferStatus.DECLINED:
        return "declined"
    return {ApplicationStatus.REJECTED: "rejected", ApplicationStatus.WITHDRAWN: "withdrawn"}.get(one.status, "")


def is_closed(status: RequisitionStatus, *, hire_started: bool) -> bool:
    """A slate is decided when its requisition is closed, or filled and the hire has started work."""
    return status == RequisitionStatus.CLOSED or (status == RequisitionStatus.FILLED and hire_started)


def may_be_active(*, decisions: int, skill: float | None, plain_skill: float | None) -> bool:
    """Whether a fit may carry suggestions: it has a decision to stand on and is not behind the plain mean in its own backtest."""
    if decisions == 0:
        return False
    return skill is None or plain_skill is None or skill >= plain_skill - TOLERANCE


TOLERANCE = 0.02
