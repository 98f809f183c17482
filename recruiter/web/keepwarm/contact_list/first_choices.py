"""Where first choices stand, beside the list: who has the offer, and how many behind are warm."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.keepwarm.overview.contact_list import ContactListItem
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


def of_slates(
    all_rows: Sequence[ContactListItem], shown_rows: Sequence[ContactListItem], *, blind: set[int]
) -> list[Stand]:
    """The most urgent searches of what is shown: who has the offer or leads the slate, and how many behind are warm."""
    here = {row.application.requisition_id for row in shown_rows} - blind
    slates: dict[int, list[ContactListItem]] = {}
    for row in all_rows:
        if row.application.requisition_id in here:
            slates.setdefault(row.application.requisition_id, []).append(row)
    first_choices: list[Stand] = []
    for slate in itertools.islice(slates.values(), STANDS):
        first = min(slate, key=lambda row: (row.offer is None, row.finalist.position))
        behind = [row for row in slate if row is not first]
        warm = sum(row.standing.warmth in {Warmth.HOT, Warmth.WARM} for row in behind)
        tone = "ok" if warm else "due" if behind else "late"
        label = f"{warm} of {len(behind)} behind warm" if behind else "Nobody behind"
        lost = any(row.standing.group == Group.FELL_THROUGH for row in slate)
        says = "next after a loss" if lost else labels.OFFERED[first.offer]
        first_choices.append(Stand(first.application.requisition, first.application.candidate.name, says, label, tone))
    return first_choices
