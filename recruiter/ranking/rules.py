"""How far a finalist of a closed slate came, and what a suggestion says where it cannot rank."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus

TOLERANCE = 0.02
FEW, SOME = 20, 50
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


def stayed(grade: float, *, outcome: str, imported: bool, best: float) -> bool:
    """Whether somebody of a past slate teaches: who withdrew without ever having an offer was not chosen against.

    The offer is the label, so that who was made one and then left still counts. Imported grades may be any numbers:
    there the best of the slate marks the offer.
    """
    if outcome != "withdrawn":
        return True
    return grade >= (best if imported else LATER_OFFER)


def holds_choice(grades: list[float], *, imported: bool) -> bool:
    """Whether a past slate teaches at all: an offer went out to one of those who count; imported grades speak for themselves."""
    return bool(grades) and (imported or max(grades) >= LATER_OFFER)


@dataclass(frozen=True)
class Gate:
    """One thing that is asked of a fit before it may carry suggestions; one that does not block is a warning."""

    name: str
    passed: bool
    blocks: bool
    sentence: str


@dataclass(frozen=True)
class Measured:
    """What a fit is judged by: decisions that held a choice, skill of itself, of its prior alone and of the plain mean."""

    decisions: int
    skill: float | None = None
    prior: float | None = None
    plain: float | None = None
    missing: tuple[str, ...] = ()
    foreign: str = ""


def _compared(name: str, ours: float | None, other: float | None, what: str) -> Gate:
    if ours is None or other is None:
        return Gate(
            name, passed=True, blocks=True, sentence=f"Too few decisions to compare it with {what}; its prior leads."
        )
    passed = ours >= other - TOLERANCE
    word = "not behind" if passed else "behind"
    return Gate(name, passed, blocks=True, sentence=f"Skill {ours:.2f} against {other:.2f}: {word} {what}.")


def gates(found: Measured) -> list[Gate]:
    """The gates that a fit can be measured by at once; whether its fairness was looked at is asked beside."""
    n = found.decisions
    if n == 0:
        enough = "No past decision held a choice."
    elif n < FEW:
        enough = f"{n} decision{'s' if n != 1 else ''} held a choice. That is few: the declared weights carry the ranking until there are {FEW}."
    elif n <= SOME:
        enough = f"{n} decisions held a choice: the ranking is partly learnt."
    else:
        enough = f"{n} decisions held a choice."
    return [
        Gate("enough_data", n > 0, blocks=True, sentence=enough),
        _compared("prior_only", found.skill, found.prior, "the same model before it learnt from any decision"),
        _compared("plain_mean", found.skill, found.plain, "the plain mean of the recommendations"),
        Gate(
            "allow_list",
            not found.foreign,
            blocks=True,
            sentence=found.foreign or "It looks at nothing that is not on the allow list.",
        ),
        Gate(
            "card",
            not found.missing,
            blocks=True,
            sentence=f"Its card lacks {', '.join(found.missing)}." if found.missing else "Its card is complete.",
        ),
    ]


def open_gates(told: list[Gate]) -> list[Gate]:
    """The gates that stop a fit."""
    return [one for one in told if one.blocks and not one.passed]
