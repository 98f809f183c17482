"""Who asks."""

from __future__ import annotations

from recruiter.api.guard import actor
from recruiter.api.openapi import Area
from recruiter.api.serializers import people
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission

blueprint = Area("me", "Who asks")


@blueprint.get("/me", Permission.SIGNED_IN)
def read() -> JsonObject:
    """The person whose token this is."""
    return people.me(actor())
