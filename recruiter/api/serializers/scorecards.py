"""Interviews and scorecards in JSON."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview, InterviewChange
from recruiter.scorecards.models import Scorecard, ScorecardVersion, SentRating


def interview(record: Interview) -> JsonObject:
    """An interview with its panel."""
    names = "id application_id name stage=stage.name starts_at ends_at status focus scored place sequence version created_at"
    panel = [
        {**people.person(seat.user), "cross_functional": seat.cross_functional, "active": seat.user.active}
        for seat in record.panel
    ]
    return {**values.fields(record, names), "panel": panel}


def interview_change(change: InterviewChange) -> JsonObject:
    """One thing that was done to an interview."""
    return values.fields(change, "id kind starts_before starts_after reason by at")


def _score(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _content(source: Scorecard | ScorecardVersion, ratings: Sequence[SentRating]) -> JsonObject:
    return {
        "ratings": [{**rating, "rating": _score(rating["rating"])} for rating in ratings],
        "overall": _score(source.overall),
        **values.fields(source, "summary question concern"),
    }


def _version(version: ScorecardVersion) -> JsonObject:
    data = values.fields(version, "version=number state after_reveal reason at")
    return {**data, **_content(version, version.ratings)}


def scorecard(card: Scorecard) -> JsonObject:
    """A card with its versions, for who may see it."""
    names = (
        "id interview_id application_id interviewer=author state after_reveal entered_by channel submitted_at version "
        "created_at"
    )
    return {
        **values.fields(card, names),
        **_content(
            card,
            [SentRating(attribute=mark.attribute, rating=mark.rating, evidence=mark.evidence) for mark in card.ratings],
        ),
        "versions": [_version(version) for version in card.versions],
    }
