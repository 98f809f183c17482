"""A letter that a mail server passes on becomes a contact of the candidate who wrote it, or to whom a colleague wrote."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Moment
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon.check import without_blocked
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.contacts.inbound_mail_parser import InboundMail
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind, Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist


@dataclass(frozen=True)
class RecordedMail:
    """What became of a letter: the contact, and whether it was there already."""

    touchpoint: Touchpoint
    application: Application
    known: bool


def record(session: Session, *, letter: InboundMail, moment: Moment) -> RecordedMail:
    """Record a letter as a contact. The same letter twice is one contact. Raises RuleBroken with what is missing.

    What may not be stored about a person (see `foundation.lexicon`) is left out where it stood. What a candidate writes is recorded in the name of whoever runs the search, what a colleague writes in their own.
    """
    if letter.automatic:
        raise RuleBroken("An automatic message is no contact: nobody wrote it. Nothing was saved.")
    author = candidates.by_email(session, letter.sender)
    direction = Direction.FROM if author else Direction.TO
    person = author or _written_to(session, letter)
    colleague = None if author else _colleague(session, letter)
    application = _application(session, person, letter)
    requisition = application.requisition
    runner = next((user for user in requisition.recruiters if user.active), requisition.hiring_manager)
    names = (person.name, (colleague or runner).name, requisition.hiring_manager.name, requisition.title)
    written_text = without_blocked(text.clean(letter.record_text), names=names) or "(nothing written)"
    at = min(letter.at or moment.now, moment.now)
    same_letter = select(Touchpoint).where(
        Touchpoint.application_id == application.id,
        Touchpoint.direction == direction,
        Touchpoint.at == at,
        Touchpoint.text == written_text,
    )
    recorded = session.scalars(same_letter).first()
    if recorded is not None:
        return RecordedMail(recorded, application, known=True)
    act = moment.by(colleague or runner)
    contact = contact_services.Contact(direction, Channel.EMAIL, TouchKind.UPDATE, written_text, at)
    touchpoint = contact_services.record(session, application=application, contact=contact, act=act)
    return RecordedMail(touchpoint, application, known=False)


def _written_to(session: Session, letter: InboundMail) -> Candidate:
    for address in letter.recipients:
        if person := candidates.by_email(session, address):
            return person
    raise RuleBroken("No candidate has an address of this message. Add it to the candidate, then pass it on again.")


def _colleague(session: Session, letter: InboundMail) -> User:
    user = accounts.by_email(session, letter.sender)
    if user is None or not user.active:
        raise RuleBroken("This message comes from nobody who works here, and from no candidate. Nothing was saved.")
    return user


def _application(session: Session, person: Candidate, letter: InboundMail) -> Application:
    """The search that a letter is about: the one whose key its subject names, else where they are a finalist, else the newest that goes on."""
    is_active = Application.status == ApplicationStatus.ACTIVE
    statement = (
        select(Application)
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(Application.candidate_id == person.id)
        .order_by(case((is_active, 0), else_=1), case((Finalist.id.is_not(None), 0), else_=1), Application.id.desc())
    )
    applications = list(session.scalars(statement))
    if not applications:
        raise RuleBroken(
            "This candidate is in no search, so there is no record to add to. Put them on a requisition first."
        )
    subject = letter.subject.casefold()
    by_key = (each for each in applications if each.requisition.key.casefold() in subject)
    return next(by_key, applications[0])
