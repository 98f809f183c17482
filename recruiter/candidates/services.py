"""People entered and changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import RuleBroken


@dataclass(frozen=True)
class CandidateDetails:
    """What is entered about somebody. In a change, None leaves a field as it is."""

    name: str | None = None
    emails: list[str] | None = None
    phones: list[str] | None = None
    headline: str | None = None
    location: str | None = None
    source: str | None = None
    links: list[str] | None = None
    tags: list[str] | None = field(default=None)


def add(session: Session, *, person: CandidateDetails, act: Moment) -> Candidate:
    """Enter a person. Raises RuleBroken at the field that is not right; a likely duplicate is a warning of the doors, not an error."""
    if not person.name:
        raise RuleBroken.at("name", "Enter a name.")
    candidate = Candidate(
        name="",
        name_key="",
        links=[],
        tags=[],
        headline="",
        location="",
        source="",
        created_by_id=act.actor_id,
        created_at=act.now,
    )
    _apply(candidate, person)
    session.add(candidate)
    session.flush()
    audit.record(session, action=AuditAction.CANDIDATE_ADDED, subject=candidate, act=act)
    return candidate


def change(session: Session, *, candidate: Candidate, person: CandidateDetails, act: Act) -> Candidate:
    """Change what is known of a person."""
    if person.name == "":
        raise RuleBroken.at("name", "Enter a name.")
    _apply(candidate, person)
    fields = sorted(name for name in CandidateDetails.__dataclass_fields__ if getattr(person, name) is not None)
    audit.record(session, action=AuditAction.CANDIDATE_CHANGED, subject=candidate, act=act, fields=fields)
    return candidate


def _contacts(values: list[str], kind: ContactKind) -> list[Contact]:
    if len(values) > rules.MOST_CONTACTS:
        raise RuleBroken.at(f"{kind.value}s", f"Enter at most {rules.MOST_CONTACTS}.")
    key = rules.email_key if kind == ContactKind.EMAIL else rules.phone_key
    values_by_key = {key(value): text.clean(value) for value in values}
    return [Contact(kind=kind, value=value, key=contact_key) for contact_key, value in values_by_key.items()]


def _apply(candidate: Candidate, person: CandidateDetails) -> None:
    if person.tags is not None:
        candidate.tags = rules.tags(person.tags)
    for name in ("name", "headline", "location", "source"):
        value = getattr(person, name)
        if value is not None:
            setattr(candidate, name, value)
    if person.links is not None:
        rules.check_links(person.links)
        candidate.links = person.links
    for kind, values in ((ContactKind.EMAIL, person.emails), (ContactKind.PHONE, person.phones)):
        if values is not None:
            entered_contacts = _contacts(values, kind)
            keys = {contact.key for contact in entered_contacts}
            remaining_contacts = [
                contact for contact in candidate.contacts if contact.kind != kind or contact.key in keys
            ]
            present_keys = {contact.key for contact in remaining_contacts if contact.kind == kind}
            candidate.contacts = [
                *remaining_contacts,
                *(contact for contact in entered_contacts if contact.key not in present_keys),
            ]
    refresh_search_keys(candidate)


def refresh_search_keys(candidate: Candidate) -> None:
    """Make anew what a person is searched by."""
    candidate.tags_key = rules.tags_key(candidate.tags)
    candidate.name_key = text.folded(candidate.name)[:500]
    contacts = [contact.value for contact in candidate.contacts]
    candidate.search_key = rules.search_key(
        name=candidate.name,
        headline=candidate.headline,
        location=candidate.location,
        tags=candidate.tags,
        contacts=contacts,
    )
