"""What is known of requests about a person's data, of legal holds and of keeping times, in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from recruiter.api.serializers import values
from recruiter.foundation.json_types import JsonObject
from recruiter.privacy.erasure.erasure_services import Erasure
from recruiter.privacy.models import DataRequest, Dispute, LegalHold, RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention.retention_rules import DueItem, Schedule


def data_request(record: DataRequest) -> JsonObject:
    """What a person asked for, by when it is answered, and how it ended."""
    names = "id candidate_id kind received_on due_on details recorded_by outcome answer ended_at ended_by version"
    disputes = [dispute(each) for each in record.disputes]
    return {**values.fields(record, names), "created_at": values.instant(record.recorded_at), "disputes": disputes}


def dispute(record: Dispute) -> JsonObject:
    """A field that a request for correction disputes: the value before and after, or why it was kept, by whom and when."""
    return values.fields(
        record, "id field corrected old_value new_value informed_parties settled_by settled_at version"
    )


def legal_hold(record: LegalHold, *, with_reason: bool) -> JsonObject:
    """Whom or what it keeps and until when; why, for who may lift it."""
    names = "id candidate_id requisition_id requisition=requisition.key until set_by lifted_at version"
    reason = {"reason": record.reason, "lift_reason": record.lift_reason} if with_reason else {}
    return {**values.fields(record, names), "created_at": values.instant(record.set_at), **reason}


def period(record: RetentionPeriod) -> JsonObject:
    """A keeping time that was proposed, with what became of it."""
    names = (
        "id purpose place length unit=purpose.unit proposed_by confirmed_by confirmed_at refused_by refused_at version"
    )
    return {**values.fields(record, names), "created_at": values.instant(record.proposed_at)}


def purpose(record: RetentionPurpose, *, times: Schedule, items: Iterable[DueItem]) -> JsonObject:
    """How long data of a purpose is kept, whether somebody set that, and how much is due."""
    due = [item.on_hold for item in items if item.due.purpose == record]
    return {
        "purpose": record.value,
        "name": record.label,
        "length": times.length(record),
        "unit": record.unit,
        "is_set": any(each == record for _, each in times.periods),
        "due": due.count(False),
        "on_hold": due.count(True),
    }


def erasure(done: Erasure) -> JsonObject:
    """What an erasure did."""
    return {**asdict(done), "candidate_ids": list(done.candidate_ids)}
