"""How far a finalist of a closed slate came, and what a suggestion says where it cannot rank."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.foundation.wording import plural
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus

TOLERANCE = 0.02
FEW, SOME = 20, 50
FIRST_OFFER, LATER_OFFER, FINALIST, EARLIER = 3.0, 2.0, 1.0, 0.0
DEFAULT_BAR = 3.0


@dataclass(frozen=True)
class ApplicationOutcome:
    """How far one application came: its first offer out, whether it was a finalist, how it ended."""

    application_id: int
    status: ApplicationStatus
    offered_at: dt.datetime | None = None
    offer_status: OfferStatus | None = None
    finalist: bool = False


def grades(slate: list[ApplicationOutcome]) -> dict[int, float]:
    """Grades of a closed slate: 3 the first offer extended, 2 later offers, 1 other finalists, 0 earlier.

    The label is the offer, never who signed: a declined offer is still a choice.
    """
    offered = sorted(
        (applicant.offered_at, applicant.application_id) for applicant in slate if applicant.offered_at is not None
    )
    grade_of = {applicant.application_id: FINALIST if applicant.finalist else EARLIER for applicant in slate}
    for place, (_, number) in enumerate(offered):
        grade_of[number] = FIRST_OFFER if place == 0 else LATER_OFFER
    return grade_of


def outcome(applicant: ApplicationOutcome) -> str:
    """What became of an application, in the words of the history folder."""
    if applicant.status == ApplicationStatus.HIRED:
        return "hired"
    if applicant.offer_status == OfferStatus.RENEGED:
        return "reneged"
    if applicant.offer_status == OfferStatus.DECLINED:
        return "declined"
    return {ApplicationStatus.REJECTED: "rejected", ApplicationStatus.WITHDRAWN: "withdrawn"}.get(applicant.status, "")


def is_closed(status: RequisitionStatus, *, hire_started: bool) -> bool:
    """A slate is decided when its requisition is closed, or filled and the hire has started work."""
    return status == RequisitionStatus.CLOSED or (status == RequisitionStatus.FILLED and hire_started)


def counts_for_training(grade: float, *, outcome: str, imported: bool, best: float) -> bool:
    """Whether somebody of a past slate teaches: who withdrew without ever having an offer was not chosen against.

    The offer is the label, so that who was made one and then left still counts. Imported grades may be any numbers:
    there the best of the slate marks the offer.
    """
    if outcome != "withdrawn":
        return True
    return grade >= (best if imported else LATER_OFFER)


def has_choice(grades: list[float], *, imported: bool) -> bool:
    """Whether a past slate teaches at all: an offer went out to one of those who count; imported grades speak for themselves."""
    return bool(grades) and (imported or max(grades) >= LATER_OFFER)


@dataclass(frozen=True)
class Gate:
    """One thing that is asked of a fit before it may carry suggestions; one that does not block is a warning."""

    name: str
    passed: bool
    blocks: bool
    sentence: str


def _skill_gate(name: str, ours: float | None, other: float | None, comparison: str) -> Gate:
    if ours is None or other is None:
        sentence = f"Too few decisions to compare it with {comparison}; its prior leads."
        return Gate(name, passed=True, blocks=True, sentence=sentence)
    passed = ours >= other - TOLERANCE
    position = "not behind" if passed else "behind"
    return Gate(name, passed, blocks=True, sentence=f"Skill {ours:.2f} against {other:.2f}: {position} {comparison}.")


def gates_for(
    decisions: int,
    *,
    skill: float | None = None,
    prior: float | None = None,
    plain: float | None = None,
    missing: tuple[str, ...] = (),
    foreign: str = "",
) -> list[Gate]:
    """The gates that a fit can be measured by at once; whether its fairness was looked at is asked beside.

    It is judged by the decisions that held a choice, and by its skill beside that of its prior alone and of the plain mean.
    """
    if decisions == 0:
        sentence = "No past decision held a choice."
    elif decisions < FEW:
        sentence = f"{plural(decisions, 'decision')} held a choice. That is few: the declared weights carry the ranking until there are {FEW}."
    elif decisions <= SOME:
        sentence = f"{decisions} decisions held a choice: the ranking is partly learnt."
    else:
        sentence = f"{decisions} decisions held a choice."
    looks_at = foreign or "It looks at nothing that is not on the allow list."
    card = f"Its card lacks {', '.join(missing)}." if missing else "Its card is complete."
    return [
        Gate("enough_data", decisions > 0, blocks=True, sentence=sentence),
        _skill_gate("prior_only", skill, prior, "the same model before it learnt from any decision"),
        _skill_gate("plain_mean", skill, plain, "the plain mean of the recommendations"),
        Gate("allow_list", not foreign, blocks=True, sentence=looks_at),
        Gate("card", not missing, blocks=True, sentence=card),
    ]


def blocking_gates(all_gates: list[Gate]) -> list[Gate]:
    """The gates that stop a fit."""
    return [gate for gate in all_gates if gate.blocks and not gate.passed]
