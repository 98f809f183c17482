"""Where first choices stand, beside the list: who has the offer, and how many behind are warm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.keepwarm.overview.contact_list import Row
from recruiter.keepwarm.schedule.next_contact import Group, Warmth
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm import labels

STANDS = 6


@dataclass(frozen=True)
class Stand:
    """Where the first choice of a requisition stands, and how its bench is."""

    requisition: Requisition
    name: str
    says: str
    label: str
    tone: str


def of_slates(every: Sequence[Row], shown: Sequence[Row], *, blind: set[int]) -> list[Stand]:
    """The most urgent searches of what is shown: who has the offer or leads the slate, and how many behind are warm."""
    here = {one.application.requisition_id for one in shown}
    slates: dict[int, list[Row]] = {}
    for one in every:
        if one.application.requisition_id not in here:
            continue
        slates.setdefault(one.application.requisition_id, []).append(one)
    found: list[Stand] = []
    for number, slate in slates.items():
        if number in blind or len(found) == STANDS:
            continue
        first = min(slate, key=lambda one: (one.offer is None, one.finalist.position))
        behind = [one for one in slate if one is not first]
        warm = sum(one.standing.warmth in {Warmth.HOT, Warmth.WARM} for one in behind)
        tone = "ok" if warm else "due" if behind else "late"
        label = f"{warm} of {len(behind)} behind warm" if behind else "Nobody behind"
        lost = any(one.standing.group == Group.FELL_THROUGH for one in slate)
        says = "next after a loss" if lost else labels.OFFERED[first.offer]
        found.append(Stand(first.application.requisition, first.application.candidate.name, says, label, tone))
    return found
