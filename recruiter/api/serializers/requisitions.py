"""Requisitions in JSON; the band is there only for who may see pay."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.requisitions.models import Requisition


def requisition(record: Requisition, *, viewer: User) -> JsonObject:
    """A requisition. Who interviews sees what it is about, not its bar and weights."""
    data: JsonObject = {
        "id": record.id,
        "key": record.key,
        "title": record.title,
        "status": record.status.value,
        "version": record.version,
        "created_at": values.instant(record.created_at),
        "department": record.department,
        "location": record.location,
        "level": record.level,
        "confidential": record.confidential,
        "hiring_manager": people.person(record.hiring_manager),
        "recruiters": [people.person(recruiter) for recruiter in record.recruiters],
        "stages": [{"name": stage.name, "kind": stage.kind.value} for stage in record.stages],
        "openings": [
            {"id": seat.id, "status": seat.status.value, "filled_by": seat.filled_by_id} for seat in record.openings
        ],
        "attributes": [
            {"name": attribute.name, "description": attribute.description, "weight": attribute.weight}
            for attribute in record.attributes
        ],
        "bar": record.bar,
    }
    if viewer.is_staff and viewer.pay_view and record.band:
        band = record.band
        data["band"] = {
            "min": band.min, "mid": band.mid, "max": band.max, "currency": band.currency, "interval": band.interval, "approved_on": values.day(band.approved_on)
        }  # fmt: skip
    return data
