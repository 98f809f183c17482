"""What a person gave us, in a form to take along (GDPR Art. 20): as JSON and as CSV, without what others wrote of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation.act import Moment
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.files import csvs
from recruiter.foundation.files.file_store import FileStore
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.models.records import Direction, Touchpoint
from recruiter.pipeline.models import Application
from recruiter.privacy.access import person_file_queries, person_file_services

FORMAT = "recruiter.portable/1"
PERSON = ("name", "emails", "phones", "headline", "location", "links")  # as POST /candidates takes them
APPLICATION = ("requisition", "title", "applied_on")
MESSAGE = ("at", "channel", "text")


def take_out(session: Session, *, records: Sequence[Candidate], act: Moment) -> JsonObject:
    """The data that a person provided: who they are, what they applied for, what they wrote. It is on record.

    `person` is what `POST /candidates` of another installation takes as it is. `left_out` is there where a row cannot be read.
    """
    content, damaged = sound_reading.read_around(session, lambda: _provided(session, records, act))
    if damaged:
        content["left_out"] = [damage.sentence(damaged)]
    for record in records:
        audit.record(session, action=AuditAction.PERSON_EXPORTED, subject=record, act=act, provided=True)
    return content


def _provided(session: Session, records: Sequence[Candidate], moment: Moment) -> JsonObject:
    ids = [record.id for record in records]
    stays = next((record for record in records if record.merged_into_id is None), records[0])
    query = select(Application).where(Application.candidate_id.in_(ids)).order_by(Application.id)
    applications = session.scalars(query.options(joinedload(Application.requisition))).all()
    from_them = select(Touchpoint).where(
        Touchpoint.application_id.in_([each.id for each in applications]),
        Touchpoint.direction == Direction.FROM,
        ~Touchpoint.is_talk,  # of a talk, a colleague wrote the words
    )
    mask = person_file_queries.mask_of(session, records, [each.requisition_id for each in applications])
    return {
        "format": FORMAT,
        "made_at": moment.now.isoformat(),
        "person": {
            "name": stays.name,
            "emails": _all(record.emails for record in records),
            "phones": _all(record.phones for record in records),
            "headline": stays.headline,
            "location": stays.location,
            "links": _all(record.links for record in records),
        },
        "applications": [
            {
                "requisition": each.requisition.key,
                "title": each.requisition.title,
                "applied_on": each.applied_on.isoformat(),
            }
            for each in applications
        ],
        "messages": [
            {"at": each.at.isoformat(), "channel": each.channel.value, "text": mask.masked(each.text)}
            for each in session.scalars(from_them.order_by(Touchpoint.at, Touchpoint.id))
        ],
    }


def as_zip(session: Session, *, records: Sequence[Candidate], content: JsonObject, store: FileStore) -> bytes:
    """`portable.json`, the same as three CSV files, and the files that were added about the person."""
    person = {key: "; ".join(value) if isinstance(value, list) else value for key, value in content["person"].items()}
    tables = {
        "person.csv": (PERSON, [person]),
        "applications.csv": (APPLICATION, content["applications"]),
        "messages.csv": (MESSAGE, content["messages"]),
    }
    packed = io.BytesIO()
    files, left_out = person_file_services.files_of(session, records=records, store=store)
    if left_out:
        content["left_out"] = [*content.get("left_out", []), *left_out]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("portable.json", person_file_services.as_json(content))
        for name, (header, rows) in tables.items():
            archive.writestr(name, csvs.text_of(header, [[row[key] for key in header] for row in rows]).encode())
        for name, file_bytes in files.items():
            archive.writestr(name, file_bytes)
    return packed.getvalue()


def _all(values: Iterable[Sequence[str]]) -> list[str]:
    """Every value once, in order."""
    return list(dict.fromkeys(value for each in values for value in each))
