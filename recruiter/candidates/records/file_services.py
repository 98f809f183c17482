"""Files kept about people, taken away, brought back, and their bytes swept once nobody can bring them back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Attachment, FileKind, Subject
from recruiter.candidates.records import file_rules, record_queries
from recruiter.foundation import jobs
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.foundation.files.file_store import FileStore

SWEEP = "files.sweep"
MISSING = "This file cannot be read any more. Ask whoever runs Recruiter to bring it back from a backup."
RESTORABLE_FOR = dt.timedelta(days=1)


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name that its owner gave it, and its bytes."""

    name: str
    content: bytes
    kind: FileKind
    for_panel: bool = False


@dataclass(frozen=True)
class CheckedUpload:
    """A file that was looked at: the name that is shown, what it is, and its SHA-256."""

    upload: Upload
    name: str
    media_type: str
    sha256: str


def checked(upload: Upload) -> CheckedUpload:
    """Look at a file, which takes a while with a large one: doors do so before they keep others from writing. Raises RuleBroken at `file`."""
    name = file_rules.display_name(upload.name)
    media_type = file_rules.media_type(name, upload.content)
    return CheckedUpload(upload, name, media_type, hashlib.sha256(upload.content).hexdigest())


def add(
    session: Session, *, store: FileStore, subject: Subject, upload: Upload | CheckedUpload, act: Act
) -> Attachment:
    """Check a file and keep it about a person, or with one of their applications. Raises RuleBroken at `file`.

    The bytes are stored before the row is; where the transaction then fails, the sweep finds them.
    """
    file = upload if isinstance(upload, CheckedUpload) else checked(upload)
    upload = file.upload
    files, size = record_queries.file_totals(session, subject)
    file_rules.check_quota(files=files, size=size, added_bytes=len(upload.content))
    attachment = Attachment(
        candidate_id=subject.candidate_id,
        application_id=subject.application_id,
        kind=upload.kind,
        name=file.name,
        media_type=file.media_type,
        size=len(upload.content),
        sha256=file.sha256,
        storage_key=store.put(upload.content),
        for_panel=upload.for_panel,
        uploaded_by=act.actor,
        created_at=act.now,
    )
    session.add(attachment)
    session.flush()
    values = {"kind": upload.kind.value, "size": attachment.size, "sha256": attachment.sha256}
    audit.record(session, action=AuditAction.FILE_ADDED, subject=attachment, act=act, **values)
    return attachment


def content_of(file: Attachment, *, store: FileStore) -> bytes:
    """The bytes of a file. Raises NotFound where they are not there any more."""
    content = store.get(file.storage_key)
    if content is None:
        raise NotFound(MISSING)
    return content


def remove(session: Session, *, file: Attachment, act: Act) -> str:
    """Take a file away from everybody's sight; its bytes are swept a day later.

    Answers the secret that brings it back until then. Raises Conflict when it is gone already.
    """
    if file.removed_at is not None:
        raise Conflict("This file was removed already.")
    file.removed_at, file.removed_by_id = act.now, act.actor.id
    jobs.enqueue(session, SWEEP, payload={}, now=act.now, due_at=act.now + RESTORABLE_FOR, asked_by_id=act.actor.id)
    audit.record(session, action=AuditAction.FILE_REMOVED, subject=file, act=act)
    return undo_token_services.issue(session, action=UndoAction.FILE_REMOVED, payload={"id": file.id}, act=act)


def restore(session: Session, *, file: Attachment, act: Act) -> None:
    """Bring back a file that was taken away."""
    file.removed_at, file.removed_by_id = None, None
    audit.record(session, action=AuditAction.FILE_RESTORED, subject=file, act=act)


def sweep(session: Session, *, store: FileStore, held_people: Collection[int], now: dt.datetime) -> int:
    """Delete the bytes that no row speaks for any more: removed a day ago, or left by an upload that broke off. How many.

    Files of people on legal hold stay, removed or not.
    """
    cutoff = now - RESTORABLE_FOR
    restorable = Attachment.removed_at.is_(None) | (Attachment.removed_at > cutoff)
    of_held = Attachment.candidate_id.in_(held_people)
    live_keys = set(session.scalars(select(Attachment.storage_key).where(restorable | of_held)))
    orphan_keys = [key for key in store.sweep(older_than=cutoff) if key not in live_keys]
    for key in orphan_keys:
        store.remove(key)
    return len(orphan_keys)
