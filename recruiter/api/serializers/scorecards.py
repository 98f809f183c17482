"""Interviews and scorecards in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview, InterviewChange
from recruiter.scorecards.models import Scorecard, ScorecardVersion


def interview(record: Interview) -> JsonObject:
    """An interview with its panel."""
    return {
        "id": record.id,
        "application_id": record.application_id,
        "name": record.name,
        "stage": record.stage.name,
        "starts_at": values.instant(record.starts_at),
        "ends_at": values.instant(record.ends_at),
        "status": record.status.value,
        "focus": record.focus,
        "place": record.place,
        "sequence": record.sequence,
        "panel": [{**people.person(seat.user), "cross_functional": seat.cross_functional} for seat in record.panel],
        "version": record.version,
        "created_at": values.instant(record.created_at),
    }


def interview_change(change: InterviewChange) -> JsonObject:
    """One thing that was done to an interview."""
    return {
        "id": change.id,
        "kind": change.kind.value,
        "starts_before": values.instant(change.starts_before),
        "starts_after": values.instant(change.starts_after),
        "reason": change.reason,
        "by": people.person(change.by),
        "at": values.instant(change.at),
    }


def _score(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _content(source: Scorecard | ScorecardVersion, ratings: list[JsonObject]) -> JsonObject:
    return {
        "ratings": [{**rating, "rating": _score(rating["rating"])} for rating in ratings],
        "overall": _score(source.overall),
        "summary": source.summary,
        "question": source.question,
        "concern": source.concern,
    }


def _version(version: ScorecardVersion) -> JsonObject:
    return {
        "version": version.number,
        "state": version.state.value,
        "after_reveal": version.after_reveal,
        **_content(version, version.ratings),
        "reason": version.reason,
        "at": values.instant(version.at),
    }


def scorecard(card: Scorecard) -> JsonObject:
    """A card with its versions, for who may see it."""
    ratings = [{"attribute": mark.attribute, "rating": mark.rating, "evidence": mark.evidence} for mark in card.ratings]
    return {
        "id": card.id,
        "interview_id": card.interview_id,
        "application_id": card.application_id,
        "interviewer": people.person(card.author),
        "state": card.state.value,
        **_content(card, ratings),
        "entered_by": people.person(card.entered_by) if card.entered_by else None,
        "channel": card.channel.value if card.channel else None,
        "submitted_at": values.instant(card.submitted_at),
        "version": card.version,
        "created_at": values.instant(card.created_at),
        "versions": [_version(version) for version in card.versions],
    }
