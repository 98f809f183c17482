"""Applications and their moves in JSON."""

from __future__ import annotations

from recruiter.api.serializers import values
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.schedule.next_contact import Standing
from recruiter.pipeline.models import Application, StageChange

NO_FINALIST = object()


def application(record: Application, *, standing: Standing | object | None, blind: bool = False) -> JsonObject:
    """An application. Its end, place and warmth are there for those who run the search; for others `standing` is None.

    Place and reasons tell how others see the person, so they are left out while the viewer is `blind` on the search.
    """
    names = "id candidate_id requisition_id stage=stage.name status applied_on version created_at"
    if standing is None:
        return values.fields(record, names)
    names += " source credited_to owner ended_by"
    if not blind:
        names += " reason reason_code finalist_position=finalist.position"
    warmth = standing.warmth.value if isinstance(standing, Standing) else None
    return {**values.fields(record, names), "warmth": warmth}


def move(change: StageChange, *, blind: bool = False) -> JsonObject:
    """One move; its reason is left out while the viewer owes a card on the person."""
    names = "id from_stage=from_stage.name to_stage=to_stage.name at=moved_at by=moved_by"
    return values.fields(change, names if blind else f"{names} reason")
