"""Two records of one person made one, and taken apart again: applications, notes, follow-ups, files and contacts go along."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.candidates import services as people
from recruiter.candidates.models import Attachment, Candidate, Consent, Contact, Note, SetApart, Task
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition

RECORDS: dict[str, Any] = {"notes": Note, "tasks": Task, "files": Attachment, "consents": Consent}
KNOWN = {
    Application,
    Contact,
    Consent,
    Note,
    Task,
    Attachment,
    SetApart,
    Candidate,
}  # every table that refers to a person
CLOSED = {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}
FILLED = ("headline", "location", "source")


def _left_behind(session: Session, *, kept: Candidate, gone: Candidate, within: Select[int]) -> set[int]:
    """The closed applications of `gone` on requisitions of `kept`: a person stands on each once, so they stay where they are.

    Refuses where one of them is not closed. One out of the actor's sight is not named.
    """
    theirs = select(Application.requisition_id).where(Application.candidate_id == kept.id)
    both = select(Application).where(Application.candidate_id == gone.id, Application.requisition_id.in_(theirs))
    doubled = list(session.scalars(both))
    on = [one.requisition_id for one in doubled if one.status not in CLOSED or one.finalist is not None]
    if not on:
        return {one.id for one in doubled}
    named = session.scalars(
        select(Requisition).where(Requisition.id.in_(on), Requisition.id.in_(within)).order_by(Requisition.id)
    ).first()
    if named is None:
        raise Conflict("Not merged. Ask an administrator to look at these two records.")
    raise Conflict(
        f"Not merged. Both are on {named.key} {named.title}, and a person stands on a requisition once. "
        f"Close the application of the record that is merged away, {gone.name}, then merge: it stays in the closed list."
    )


def _lock(session: Session, *those: Candidate) -> None:
    """Hold both records, in one order for everybody, and see them as they are now."""
    wanted = select(Candidate).where(Candidate.id.in_([one.id for one in those])).order_by(Candidate.id)
    session.scalars(wanted.with_for_update(of=Candidate).execution_options(populate_existing=True)).all()


def _rows(session: Session, model: Any, candidate: Candidate) -> list[Any]:
    return list(session.scalars(select(model).where(model.candidate_id == candidate.id).order_by(model.id)))


def merge(
    session: Session, *, kept: Candidate, gone: Candidate, actor: User, now: dt.datetime, within: Select[int]
) -> dict[str, Any]:
    """Make two records of one person one. What `kept` lacks is filled from `gone`, whose row stays as it was, out of sight.

    Answers what an undo needs. `within` are the requisitions that the actor may see. Raises Conflict or RuleBroken.
    """
    if kept.id == gone.id:
        raise RuleBroken.at("other", "These are the same record. Choose another.")
    _lock(session, kept, gone)
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Conflict("Not merged. One of these records was merged meanwhile.")
    stay = _left_behind(session, kept=kept, gone=gone, within=within)
    applications = [one for one in _rows(session, Application, gone) if one.id not in stay]
    for application in applications:
        application.candidate = kept
    moved: dict[str, list[int]] = {"applications": [one.id for one in applications]}
    for name, model in RECORDS.items():
        rows = [row for row in _rows(session, model, gone) if model is Consent or row.application_id not in stay]
        for row in rows:
            row.candidate_id = kept.id
        moved[name] = [row.id for row in rows]
    known = {(one.kind, one.key) for one in kept.contacts}
    ways = [one for one in gone.contacts if (one.kind, one.key) not in known]
    moved["contacts"] = [one.id for one in ways]
    kept.contacts = [*kept.contacts, *ways]  # those that both have stay behind as a record
    before: dict[str, Any] = {
        "filled": [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)],
        "tags": len(kept.tags),
        "links": len(kept.links),
    }
    for name in before["filled"]:
        setattr(kept, name, getattr(gone, name))
    kept.tags = list(dict.fromkeys([*kept.tags, *gone.tags]))
    kept.links = list(dict.fromkeys([*kept.links, *gone.links]))
    gone.merged_into_id, gone.merged_by, gone.merged_at = kept.id, actor, now
    people.rekey(kept)
    counts = {name: len(rows) for name, rows in moved.items()}
    audit.record(
        session, action="candidate.merged", subject=kept, actor_id=actor.id, at=now, other_id=gone.id, moved=counts
    )
    audit.record(session, action="candidate.merged_away", subject=gone, actor_id=actor.id, at=now, into_id=kept.id)
    return {
        "kept": kept.id,
        "gone": gone.id,
        "versions": [kept.version, gone.version],
        "moved": moved,
        **before,
    }


def take_apart(session: Session, *, payload: dict[str, Any], actor: User, now: dt.datetime) -> Candidate:
    """Undo a merge: what came from the other record goes back to it, and what was since hung on an application with it.

    Raises Conflict where one of the two was changed since. Answers the record that was kept.
    """
    kept, gone = session.get(Candidate, payload["kept"]), session.get(Candidate, payload["gone"])
    if kept is None or gone is None:
        raise NotFound
    _lock(session, kept, gone)
    if [kept.version, gone.version] != payload["versions"] or gone.merged_into_id != kept.id:
        raise Conflict(f"{kept.name} was changed since, so this cannot be taken back. Nothing was changed.")
    moved = payload["moved"]
    wanted = select(Application).where(Application.id.in_(moved["applications"]))
    for application in session.scalars(wanted.where(Application.candidate_id == kept.id)):
        application.candidate = gone
    for name, model in RECORDS.items():
        with_them = model.id.in_(moved.get(name, [])) | model.application_id.in_(moved["applications"])
        for row in session.scalars(select(model).where(model.candidate_id == kept.id, with_them)):
            row.candidate_id = gone.id
    back = [one for one in kept.contacts if one.id in set(moved["contacts"])]
    gone.contacts = [*gone.contacts, *back]
    for name in payload["filled"]:
        setattr(kept, name, "")
    kept.tags, kept.links = kept.tags[: payload["tags"]], kept.links[: payload["links"]]
    gone.merged_into_id = gone.merged_by = gone.merged_at = None
    people.rekey(kept)
    audit.record(session, action="candidate.taken_apart", subject=kept, actor_id=actor.id, at=now, other_id=gone.id)
    return kept
