"""Requisitions in JSON; the band is there only for who may see pay."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import Role, User
from recruiter.api.serializers import people, values
from recruiter.requisitions.models import MemberKind, Requisition


def requisition(one: Requisition, *, viewer: User) -> dict[str, Any]:
    """A requisition. Who interviews sees what it is about, not its bar and weights."""
    runs = viewer.role in {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}
    out: dict[str, Any] = {
        "id": one.id,
        "key": one.key,
        "title": one.title,
        "status": one.status.value,
        "version": one.version,
        "created_at": values.instant(one.created_at),
        "department": one.department,
        "location": one.location,
        "level": one.level,
        "confidential": one.confidential,
        "hiring_manager": people.person(one.hiring_manager),
        "recruiters": [people.person(m.user) for m in one.members if m.kind == MemberKind.RECRUITER],
        "stages": [{"name": stage.name, "kind": stage.kind.value} for stage in one.stages],
        "openings": [
            {"id": seat.id, "status": seat.status.value, "filled_by": seat.filled_by_id} for seat in one.openings
        ],
        "attributes": [{"name": a.name, "description": a.description, "weight": a.weight} for a in one.attributes],
        "bar": one.bar,
    }
    if runs and viewer.pay_view and one.band:
        band = one.band
        out["band"] = {
            "min": band.min, "mid": band.mid, "max": band.max, "currency": band.currency, "interval": band.interval, "approved_on": values.day(band.approved_on)
        }  # fmt: skip
    return out
