"""People entered and changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.candidates.rules import CandidateDetails
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import RuleBroken


def add(session: Session, *, person: CandidateDetails, act: Moment) -> Candidate:
    """Enter a person. Raises RuleBroken at the field that is not right; a likely duplicate is a warning of the doors, not an error."""
    rules.check_name(person.name or "")
    candidate = Candidate(name="", links=[], tags=[], headline="", location="", source="")
    candidate.created_by_id, candidate.created_at = act.actor_id, act.now
    _apply(candidate, person)
    session.add(candidate)
    audit.record(session, action=AuditAction.CANDIDATE_ADDED, subject=candidate, act=act)
    return candidate


def change(session: Session, *, candidate: Candidate, person: CandidateDetails, act: Act) -> Candidate:
    """Change what is known of a person."""
    if person.name is not None:
        rules.check_name(person.name)
    _apply(candidate, person)
    fields = sorted(name for name in CandidateDetails.__dataclass_fields__ if getattr(person, name) is not None)
    audit.record(session, action=AuditAction.CANDIDATE_CHANGED, subject=candidate, act=act, fields=fields)
    return candidate


def _apply(candidate: Candidate, person: CandidateDetails) -> None:
    for name in ("name", "headline", "location", "source"):
        value = getattr(person, name)
        if value is not None:
            setattr(candidate, name, text.one_line(value))
    if person.tags is not None:
        candidate.tags = rules.tags(person.tags)
    if person.links is not None:
        rules.check_links(person.links)
        candidate.links = person.links
    for kind, values in ((ContactKind.EMAIL, person.emails), (ContactKind.PHONE, person.phones)):
        if values is not None:
            _set_contacts(candidate, kind, values)
    refresh_search_keys(candidate)


def _set_contacts(candidate: Candidate, kind: ContactKind, values: list[str]) -> None:
    """Let these be the addresses or numbers of a person; those that were there already stay as they are."""
    if len(values) > rules.MOST_CONTACTS:
        raise RuleBroken.at(f"{kind.value}s", f"Enter at most {rules.MOST_CONTACTS}.")
    values_by_key = {rules.contact_key(kind, value): text.clean(value) for value in values}
    remaining = [contact for contact in candidate.contacts if contact.kind != kind or contact.key in values_by_key]
    present = {contact.key for contact in remaining if contact.kind == kind}
    added = [Contact(kind=kind, value=value, key=key) for key, value in values_by_key.items() if key not in present]
    candidate.contacts = [*remaining, *added]


def refresh_search_keys(candidate: Candidate) -> None:
    """Make anew what a person is searched by."""
    candidate.tags_key = rules.tags_key(candidate.tags)
    candidate.name_key = text.folded(candidate.name)[:500]
    contacts = [contact.value for contact in candidate.contacts]
    searchable = [candidate.name, candidate.headline, candidate.location, *candidate.tags, *contacts]
    candidate.search_key = text.folded(" ".join(searchable))[:4000]
