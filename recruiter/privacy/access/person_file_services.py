"""The file of a person: taken out with a trace in the audit trail."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Attachment, Candidate
from recruiter.documents import person_page
from recruiter.foundation.act import Moment
from recruiter.foundation.files.file_store import FileStore
from recruiter.foundation.json_types import JsonObject
from recruiter.privacy.access import person_file_queries
from recruiter.privacy.access.person_file_queries import Scope
from recruiter.privacy.person import person_queries
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings


def scope_for(session: Session, *, records: Sequence[Candidate], viewer: User) -> Scope:
    """What the file leaves out where a colleague takes it out: cards of an application on which they owe their own."""
    roots = {person_queries.ROOT: [record.id for record in records]}
    ids = {table.name: numbers for _, table, numbers in person_queries.held_rows(session, roots)}
    owed = scorecards.owed_application_ids(session, viewer=viewer, application_ids=ids.get("application", ()))
    readings.note(session, viewer=viewer, application_ids=set(ids.get("application", ())) - owed)
    return Scope(hidden_cards=frozenset(owed))


def take_out(session: Session, *, records: Sequence[Candidate], act: Moment, scope: Scope) -> JsonObject:
    """Everything about a person, as `person_file_queries.everything_about` has it; that it was taken out is on record."""
    content = person_file_queries.everything_about(session, records=records, moment=act, scope=scope)
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
    query = select(Attachment).where(Attachment.candidate_id.in_([record.id for record in records]))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.html", person_page.as_page(content))
        archive.writestr("person.json", as_json(content))
        add_files(archive, session.scalars(query.order_by(Attachment.id)), store=store)
    return packed.getvalue()


def add_files(archive: zipfile.ZipFile, attachments: Iterable[Attachment], *, store: FileStore) -> None:
    """Put files into an archive, each under its number and its name."""
    for attachment in attachments:
        file_bytes = store.get(attachment.storage_key)
        if file_bytes is not None:
            name = attachment.name.replace("/", "_").replace("\\", "_")
            archive.writestr(f"files/{attachment.id}-{name}", file_bytes)
