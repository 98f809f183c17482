"""Applications and their moves in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.schedule.next_contact import Standing
from recruiter.pipeline.models import Application, StageChange

NO_FINALIST = object()


def application(record: Application, *, standing: Standing | object | None, blind: bool = False) -> JsonObject:
    """An application. Its end, place and warmth are there for those who run the search; for others `standing` is None.

    Place and reasons tell how others see the person, so they are left out while the viewer is `blind` on the search.
    """
    data: JsonObject = {
        "id": record.id,
        "candidate_id": record.candidate_id,
        "requisition_id": record.requisition_id,
        "stage": record.stage.name,
        "status": record.status.value,
        "applied_on": values.day(record.applied_on),
        "version": record.version,
        "created_at": values.instant(record.created_at),
    }
    if standing is not None:
        data["source"] = record.source
        data["credited_to"] = people.person(record.credited_to) if record.credited_to else None
        data["owner"] = people.person(record.owner) if record.owner else None
        data["ended_by"] = record.ended_by.value if record.ended_by else None
        if not blind:
            data["reason"] = record.reason
            data["reason_code"] = record.reason_code
            data["finalist_position"] = record.finalist.position if record.finalist else None
        data["warmth"] = standing.warmth.value if isinstance(standing, Standing) else None
    return data


def move(change: StageChange, *, blind: bool = False) -> JsonObject:
    """One move; its reason is left out while the viewer owes a card on the person."""
    data = {
        "id": change.id,
        "from_stage": change.from_stage.name if change.from_stage else None,
        "to_stage": change.to_stage.name,
        "at": values.instant(change.moved_at),
        "by": people.person(change.moved_by),
    }
    return data if blind else {**data, "reason": change.reason}
