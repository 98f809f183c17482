"""Requisitions in JSON; the band is there only for who may see pay."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.requisitions.models import Requisition


def requisition(record: Requisition, *, viewer: User) -> JsonObject:
    """A requisition. Who interviews sees what it is about, not its bar and weights."""
    data = {
        **values.fields(record, "id key title status version created_at department location level confidential"),
        "hiring_manager": people.person(record.hiring_manager),
        "recruiters": [people.person(recruiter) for recruiter in record.recruiters],
        "stages": [values.fields(stage, "name kind") for stage in record.stages],
        "openings": [values.fields(seat, "id status filled_by=filled_by_id") for seat in record.openings],
        "attributes": [values.fields(attribute, "name description weight") for attribute in record.attributes],
        "bar": record.bar,
    }
    if viewer.is_staff:
        data["access"] = [people.person(user) for user in record.with_access]
    if viewer.is_staff and viewer.pay_view and record.band:
        data["band"] = values.fields(record.band, "min mid max currency interval approved_on")
    return data
