"""The file of a person: taken out with a trace in the audit trail."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Attachment, Candidate
from recruiter.documents import person_page
from recruiter.foundation.act import Moment
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.database.damage import DamagedRow
from recruiter.foundation.files.file_store import KEY, FileStore
from recruiter.foundation.json_types import JsonObject
from recruiter.privacy.access import person_file_queries
from recruiter.privacy.access.person_file_queries import Scope
from recruiter.privacy.person import person_queries
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings


def scope_for(session: Session, *, records: Sequence[Candidate], viewer: User) -> Scope:
    """What the file leaves out where a colleague takes it out: cards of an application on which they owe their own."""

    def seen() -> tuple[set[int], frozenset[int]]:
        roots = {person_queries.ROOT: [record.id for record in records]}
        ids = {table.name: numbers for _, table, numbers in person_queries.held_rows(session, roots)}
        numbers = set(ids.get("application", ()))
        return numbers, frozenset(scorecards.owed_application_ids(session, viewer=viewer, application_ids=numbers))

    (application_ids, owed), _ = sound_reading.read_around(session, seen)
    readings.note(session, viewer=viewer, application_ids=application_ids - owed)
    return Scope(hidden_cards=owed)


def take_out(session: Session, *, records: Sequence[Candidate], act: Moment, scope: Scope) -> JsonObject:
    """Everything about a person, as `person_file_queries.everything_about` has it; that it was taken out is on record."""
    content, damaged = sound_reading.read_around(
        session,
        lambda: person_file_queries.everything_about(session, records=records, moment=act, scope=scope),
    )
    content["left_out"] += [damage.sentence(damaged)] if damaged else []
    for record in records:
        rows = sum(len(part["rows"]) for part in content["records"].values())
        audit.record(session, action=AuditAction.PERSON_EXPORTED, subject=record, act=act, rows=rows)
    return content


def as_json(content: JsonObject) -> str:
    """The file as a person or another program reads it."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_zip(session: Session, *, records: Sequence[Candidate], content: JsonObject, store: FileStore) -> bytes:
    """`person.html` to read, `person.json` for programs, and the person's own files, each under its number and its name."""
    packed = io.BytesIO()
    files, left_out = files_of(session, records=records, store=store)
    content["left_out"] += left_out
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.html", person_page.as_page(content))
        archive.writestr("person.json", as_json(content))
        for name, file_bytes in files.items():
            archive.writestr(name, file_bytes)
    return packed.getvalue()


def files_of(session: Session, *, records: Sequence[Candidate], store: FileStore) -> tuple[dict[str, bytes], list[str]]:
    """A person's files, each under its number and its name, and a sentence on those that cannot be read."""
    query = select(Attachment).where(Attachment.candidate_id.in_([record.id for record in records]))
    attachments, damaged = sound_reading.read_around(
        session, lambda: session.scalars(query.order_by(Attachment.id)).all()
    )
    left_out = [row for row in damaged if row.table == Attachment.__tablename__]
    files = {}
    for attachment in attachments:
        file_bytes = store.get(attachment.storage_key) if KEY.fullmatch(attachment.storage_key) else None
        if file_bytes is None:
            left_out.append(DamagedRow(Attachment.__tablename__, attachment.id, ("file",)))
        else:
            name = attachment.name.replace("/", "_").replace("\\", "_")
            files[f"files/{attachment.id}-{name}"] = file_bytes
    return files, [damage.sentence(left_out)] if left_out else []
