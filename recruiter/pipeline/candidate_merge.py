"""Two records of one person made one, and taken apart again: applications, notes, follow-ups, files and contacts go along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import services as candidates
from recruiter.candidates.models import Attachment, Candidate, Consent, Contact, Note, SetApart, Task
from recruiter.foundation.act import Act
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition

RECORDS: JsonObject = {"notes": Note, "tasks": Task, "files": Attachment, "consents": Consent}
# every table that refers to a person
CANDIDATE_TABLES = {Application, Contact, Consent, Note, Task, Attachment, SetApart, Candidate}
FILLED_FIELDS = ("headline", "location", "source")


def _shared_closed_ids(session: Session, survivor: Candidate, duplicate: Candidate, within: Scope) -> set[int]:
    """The closed applications of the duplicate where the survivor has one too: a person stands on each once, so they stay.

    Refuses where one of them is not closed. One out of the actor's sight is not named.
    """
    of_survivor = select(Application.requisition_id).where(Application.candidate_id == survivor.id)
    query = select(Application).where(Application.candidate_id == duplicate.id)
    shared = session.scalars(query.where(Application.requisition_id.in_(of_survivor))).all()
    blocking_ids = [each.requisition_id for each in shared if not each.is_closed or each.finalist is not None]
    if not blocking_ids:
        return {application.id for application in shared}
    visible = select(Requisition).where(Requisition.id.in_(blocking_ids), within.contains(Requisition.id))
    blocking = session.scalars(visible.order_by(Requisition.id)).first()
    if blocking is None:
        raise Conflict("Not merged. Ask an administrator to look at these two records.")
    raise Conflict(
        f"Not merged. Both are on {blocking.key} {blocking.title}, and a person stands on a requisition once. "
        f"Close the application of the record that is merged away, {duplicate.name}, then merge: it stays in the closed list."
    )


def _lock(session: Session, *records: Candidate) -> None:
    """Hold both records, in one order for everybody, and see them as they are now."""
    query = select(Candidate).where(Candidate.id.in_([record.id for record in records])).order_by(Candidate.id)
    session.scalars(query.with_for_update(of=Candidate).execution_options(populate_existing=True)).all()


def _rows(session: Session, model: Any, candidate: Candidate) -> list[Any]:
    return list(session.scalars(select(model).where(model.candidate_id == candidate.id).order_by(model.id)))


def merge(
    session: Session,
    *,
    survivor: Candidate,
    duplicate: Candidate,
    act: Act,
    within: Scope,
    versions_seen: Sequence[str | int | None] = (),
) -> str:
    """Make two records of one person one. What the survivor lacks is filled from the duplicate, whose row stays, out of sight.

    `within` are the requisitions that the actor may see, `versions_seen` those of the two records when they were compared.
    Answers the secret that takes them apart again. Raises Conflict or RuleBroken.
    """
    if survivor.id == duplicate.id:
        raise RuleBroken.at("other", "These are the same record. Choose another.")
    _lock(session, survivor, duplicate)
    if versions_seen and [str(version) for version in versions_seen] != [str(survivor.version), str(duplicate.version)]:
        raise Conflict("Not merged. One of these records was changed while you looked. Check them, then merge again.")
    if survivor.merged_into_id is not None or duplicate.merged_into_id is not None:
        raise Conflict("Not merged. One of these records was merged meanwhile.")
    staying = _shared_closed_ids(session, survivor, duplicate, within)
    applications = [each for each in _rows(session, Application, duplicate) if each.id not in staying]
    for application in applications:
        application.candidate = survivor
    moved_ids: dict[str, list[int]] = {"applications": [application.id for application in applications]}
    for name, model in RECORDS.items():
        rows = [
            row for row in _rows(session, model, duplicate) if model is Consent or row.application_id not in staying
        ]
        for row in rows:
            row.candidate_id = survivor.id
        moved_ids[name] = [row.id for row in rows]
    known_keys = {(contact.kind, contact.key) for contact in survivor.contacts}
    new_contacts = [contact for contact in duplicate.contacts if (contact.kind, contact.key) not in known_keys]
    moved_ids["contacts"] = [contact.id for contact in new_contacts]
    survivor.contacts = [*survivor.contacts, *new_contacts]  # those that both have stay behind as a record
    filled = [name for name in FILLED_FIELDS if not getattr(survivor, name) and getattr(duplicate, name)]
    additions: JsonObject = {"filled": filled, "tags": len(survivor.tags), "links": len(survivor.links)}
    for name in filled:
        setattr(survivor, name, getattr(duplicate, name))
    survivor.tags = list(dict.fromkeys([*survivor.tags, *duplicate.tags]))
    survivor.links = list(dict.fromkeys([*survivor.links, *duplicate.links]))
    duplicate.merged_into_id, duplicate.merged_by_id, duplicate.merged_at = survivor.id, act.actor.id, act.now
    candidates.refresh_search_keys(survivor)
    merged, counts = AuditAction.CANDIDATE_MERGED, {name: len(ids) for name, ids in moved_ids.items()}
    audit.record(session, action=merged, subject=survivor, act=act, other_id=duplicate.id, moved=counts)
    audit.record(session, action=AuditAction.CANDIDATE_MERGED_AWAY, subject=duplicate, act=act, into_id=survivor.id)
    versions = [survivor.version, duplicate.version]
    payload = {"kept": survivor.id, "gone": duplicate.id, "versions": versions, "moved": moved_ids, **additions}
    return undo_token_services.issue(session, action=UndoAction.MERGED, payload=payload, act=act)


def unmerge(session: Session, *, payload: JsonObject, act: Act) -> Candidate:
    """Undo a merge: what came from the other record goes back to it, and what was since hung on an application with it.

    Raises Conflict where one of the two was changed since. Answers the record that was kept.
    """
    survivor, duplicate = session.get(Candidate, payload["kept"]), session.get(Candidate, payload["gone"])
    if survivor is None or duplicate is None:
        raise NotFound
    _lock(session, survivor, duplicate)
    if [survivor.version, duplicate.version] != payload["versions"] or duplicate.merged_into_id != survivor.id:
        raise Conflict(f"{survivor.name} was changed since, so this cannot be taken back. Nothing was changed.")
    moved_ids, application_ids = payload["moved"], payload["moved"]["applications"]
    query = select(Application).where(Application.id.in_(application_ids))
    for application in session.scalars(query.where(Application.candidate_id == survivor.id)):
        application.candidate = duplicate
    for name, model in RECORDS.items():
        belongs_to_duplicate = model.id.in_(moved_ids.get(name, [])) | model.application_id.in_(application_ids)
        for row in session.scalars(select(model).where(model.candidate_id == survivor.id, belongs_to_duplicate)):
            row.candidate_id = duplicate.id
    returned_contacts = [contact for contact in survivor.contacts if contact.id in set(moved_ids["contacts"])]
    duplicate.contacts = [*duplicate.contacts, *returned_contacts]
    for name in payload["filled"]:
        setattr(survivor, name, "")
    survivor.tags, survivor.links = survivor.tags[: payload["tags"]], survivor.links[: payload["links"]]
    duplicate.merged_into_id = duplicate.merged_by = duplicate.merged_at = None
    candidates.refresh_search_keys(survivor)
    audit.record(session, action=AuditAction.CANDIDATE_TAKEN_APART, subject=survivor, act=act, other_id=duplicate.id)
    return survivor
