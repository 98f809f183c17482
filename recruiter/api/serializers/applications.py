"""Applications and their moves in JSON."""

from __future__ import annotations

from typing import Any

from recruiter.api.serializers import people, values
from recruiter.keepwarm.schedule.next_contact import Standing
from recruiter.pipeline.models import Application, StageChange

NO_FINALIST = object()


def application(one: Application, *, standing: Standing | object | None, blind: bool = False) -> dict[str, Any]:
    """An application. Its end, place and warmth are there for those who run the search; for others `standing` is None.

    Place and reasons tell how others see the person, so they are left out while the viewer is `blind` on the search.
    """
    out: dict[str, Any] = {
        "id": one.id,
        "candidate_id": one.candidate_id,
        "requisition_id": one.requisition_id,
        "stage": one.stage.name,
        "status": one.status.value,
        "applied_on": values.day(one.applied_on),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }
    if standing is not None:
        out["source"] = one.source
        out["credited_to"] = people.person(one.credited_to) if one.credited_to else None
        out["owner"] = people.person(one.owner) if one.owner else None
        out["ended_by"] = one.ended_by.value if one.ended_by else None
        if not blind:
            out["reason"] = one.reason
            out["reason_code"] = one.reason_code
            out["finalist_position"] = one.finalist.position if one.finalist else None
        out["warmth"] = standing.warmth.value if isinstance(standing, Standing) else None
    return out


def move(one: StageChange, *, blind: bool = False) -> dict[str, Any]:
    """One move; its reason is left out while the viewer owes a card on the person."""
    out = {
        "id": one.id,
        "from_stage": one.from_stage.name if one.from_stage else None,
        "to_stage": one.to_stage.name,
        "at": values.instant(one.moved_at),
        "by": people.person(one.moved_by),
    }
    return out if blind else {**out, "reason": one.reason}
