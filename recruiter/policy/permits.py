"""The one place that answers whether somebody may do something. Every route, command, job and export asks here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, Endorsement
from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Attachment, Candidate, Note, Task
from recruiter.foundation import text, wording
from recruiter.foundation.database.damage import UNREADABLE
from recruiter.foundation.errors import Conflict, Erased, Forbidden, NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.keepwarm.models.records import Concern, Promise
from recruiter.offers.models import ApprovalChain, Offer, StandIn
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.policy.predicates import Facts, is_of_erased_person
from recruiter.privacy.models import DataRequest, Dispute, LegalHold, RetentionPeriod
from recruiter.ranking.models import ModelRun, Prediction
from recruiter.requisitions.models import Requisition

ERASED = "The data of this person was erased. Nothing more is recorded about them."
READING: dict[type, Permission] = {
    Requisition: Permission.REQUISITION_READ,
    Candidate: Permission.CANDIDATE_READ,
    Application: Permission.APPLICATION_READ,
    Interview: Permission.INTERVIEW_READ,
    Offer: Permission.OFFER_READ,
    BudgetCase: Permission.CASE_READ,
    Promise: Permission.KEEPWARM_READ,
    Concern: Permission.KEEPWARM_READ,
    Endorsement: Permission.CASE_READ,
    ModelRun: Permission.MODEL_READ,
    Prediction: Permission.RANKING_REPLAY,
    Note: Permission.NOTE_READ,
    Task: Permission.TASK_READ,
    Attachment: Permission.FILE_READ,
    DataRequest: Permission.PERSON_DATA,
    Dispute: Permission.PERSON_DATA,
    LegalHold: Permission.PERSON_DATA,
}
SUBJECTS: dict[str, type] = {
    "candidate_id": Candidate,
    "application_id": Application,
    "interview_id": Interview,
    "offer_id": Offer,
    "case_id": BudgetCase,
    "chain_id": ApprovalChain,
    "stand_in_id": StandIn,
    "promise_id": Promise,
    "concern_id": Concern,
    "user_id": User,
    "run_id": ModelRun,
    "prediction_id": Prediction,
    "note_id": Note,
    "task_id": Task,
    "file_id": Attachment,
    "request_id": DataRequest,
    "dispute_id": Dispute,
    "hold_id": LegalHold,
    "period_id": RetentionPeriod,
}

_APPLICATION = (
    joinedload(Application.candidate).joinedload(Candidate.contacts),
    joinedload(Application.requisition).joinedload(Requisition.band),
    joinedload(Application.stage),
    joinedload(Application.finalist),
    joinedload(Application.owner),
    joinedload(Application.credited_to),
)
WITH: dict[str, Sequence[ORMOption]] = {  # what every page of a thing shows beside it, read in the same statement
    "candidate_id": (joinedload(Candidate.contacts),),
    "application_id": _APPLICATION,
    "offer_id": (joinedload(Offer.application).options(*_APPLICATION), joinedload(Offer.opening)),
    "interview_id": (joinedload(Interview.application).options(*_APPLICATION), joinedload(Interview.stage)),
    "case_id": (
        joinedload(BudgetCase.offer).options(joinedload(Offer.application).options(*_APPLICATION)),
        joinedload(BudgetCase.requested_by),
    ),
    "promise_id": (joinedload(Promise.application).options(*_APPLICATION),),
    "run_id": (joinedload(ModelRun.activations),),
    "prediction_id": (joinedload(Prediction.requisition), joinedload(Prediction.run)),
    "requisition_ref": (joinedload(Requisition.hiring_manager), joinedload(Requisition.band)),
    "concern_id": (joinedload(Concern.application).options(*_APPLICATION),),
}


def permits(session: Session, *, actor: User, permission: Permission, on: object = None) -> bool:
    """Whether somebody may do something to a thing; what no way allows is refused."""
    facts = Facts(session, actor, on)
    return actor.active and any(all(predicate(facts) for predicate in way) for way in permission.ways)


def sees(session: Session, actor: User, subject: object) -> bool:
    """Whether somebody may read a thing at all."""
    return permits(session, actor=actor, permission=READING[type(subject)], on=subject)


def whom_about(session: Session, record: Note | Task) -> Candidate | Application:
    """What a note or a follow-up is about: an application, or a person as such."""
    if record.application_id is not None:
        return session.get_one(Application, record.application_id)
    return session.get_one(Candidate, record.candidate_id)


def check_seen_by(session: Session, users: Iterable[User], subject: object, *, at: str) -> None:
    """Refuse to name people on something that they cannot see. Raises RuleBroken at the field `at` with their names."""
    unseeing = [user.name for user in users if not sees(session, user, subject)]
    if unseeing:
        raise RuleBroken.at(
            at,
            f"{wording.listing(unseeing)} can\u2019t see this person. Choose somebody who can, or give them access first.",
        )


def require(session: Session, *, actor: User, permission: Permission, on: object = None) -> None:
    """Go on only if allowed: NotFound for what is out of sight, Forbidden for an act that is not theirs on what they see.

    Conflict for an act on what is left of somebody erased: nothing is recorded about them any more.
    """
    if permits(session, actor=actor, permission=permission, on=on):
        if not permission.is_look and is_of_erased_person(session, on):
            raise Conflict(ERASED)
        return
    if permission.is_look:
        raise _out_of_sight(session, actor, on)
    reading = READING.get(type(on))
    if on is not None and (reading is None or not permits(session, actor=actor, permission=reading, on=on)):
        raise _out_of_sight(session, actor, on)
    raise Forbidden(f"Your role does not let you {permission.value}.")


def offers_act(session: Session, *, actor: User, permission: Permission, on: object = None) -> bool:
    """Whether a page or an answer offers somebody this: it is allowed, and not an act on what is left of somebody erased."""
    if not permits(session, actor=actor, permission=permission, on=on):
        return False
    return permission.is_look or not is_of_erased_person(session, on)


def _out_of_sight(session: Session, actor: User, on: object) -> NotFound:
    """That there is nothing; of an erased person whom the viewer would see, that their data was erased."""
    if isinstance(on, Candidate) and on.erased_at is not None and actor.active:
        would_see = select(Candidate.id).where(
            Candidate.id == on.id, scopes.erased_candidates(actor).contains(Candidate.id)
        )
        if session.scalars(would_see).first() is not None:
            return Erased(on.erased_at)
    return NotFound()


def find(session: Session, *, name: str, value: str | int) -> Any:
    """The thing that a part of an address names; NotFound where there is none.

    A requisition goes by number or key; a person who was merged into another goes by either number.
    """
    if name == "requisition_ref":
        number = text.number(str(value))
        wanted = Requisition.id == number if number is not None else Requisition.key == str(value).upper()
        subject = session.scalars(select(Requisition).where(wanted).options(*WITH[name])).first()
    else:
        subject = _numbered(session, name, value) if 0 < int(value) < 2**31 else None
    if subject is None:
        raise NotFound
    return candidates.surviving_record(session, subject) if isinstance(subject, Candidate) else subject


def _numbered(session: Session, name: str, number: str | int) -> Any:
    try:
        return session.get(SUBJECTS[name], number, options=WITH.get(name, ()))
    except UNREADABLE:  # what stands beside it is damaged; it may be sound itself, and is exported without
        return session.get(SUBJECTS[name], number)


def admit(session: Session, *, actor: User, permission: Permission, arguments: JsonObject) -> JsonObject:
    """Turn the ids of an address into things and ask for the permission on the last of them.

    `application_id=7` becomes `application=<Application 7>`. Raises NotFound or Forbidden.
    """
    out: JsonObject = {}
    subject = None
    for name, value in arguments.items():
        if name == "requisition_ref" or name in SUBJECTS:
            subject = find(session, name=name, value=value)
            out[name.removesuffix("_ref").removesuffix("_id")] = subject
        else:
            out[name] = value
    require(session, actor=actor, permission=permission, on=subject)
    return out
