"""What waits or is kept for a moment: jobs, undo tokens, forms given back after sign-in, answers to repeated requests."""

from __future__ import annotations

import json

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruiter.accounts.models import FailedSignIn, IdempotentAnswer, KeptForm, UndoToken
from recruiter.candidates import rules
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.privacy.person import address_rules
from recruiter.privacy.person.identity_rules import Identity, names_person, numbers_in

SPEAKING_JOBS = ("mail", "message")  # others hold ids, and speak of whom they find when they run
UNDONE = ("candidate", "application", "note", "task", "attachment", "set_apart", "promotion")
FORGOTTEN = "This request was done. Its answer is no longer kept, because data of a person in it may have been erased."
Ids = dict[str, set[int]]  # the numbers of the rows about the person, by table


def drop(session: Session, identity: Identity, ids: Ids) -> int:
    """Drop whatever waits that is about a person; how many rows. A job that runs meanwhile finds itself gone, and fails."""
    return (
        _drop_jobs(session, identity, ids)
        + _drop_forms(session, identity, ids)
        + _drop_undo(session, ids)
        + _drop_sign_ins(session, identity)
        + _forget_answers(session)
    )


def _drop_jobs(session: Session, identity: Identity, ids: Ids) -> int:
    wanted = [
        job.id
        for job in session.scalars(select(Job))
        if names_person([job.payload, job.result, job.problem], identity.pattern)
        or (job.kind in SPEAKING_JOBS and job.payload.get("application_id") in ids["application"])
    ]
    session.execute(delete(Job).where(Job.id.in_(wanted)))
    return len(wanted)


def _drop_forms(session: Session, identity: Identity, ids: Ids) -> int:
    wanted = [
        form.id
        for form in session.scalars(select(KeptForm))
        if address_rules.is_about(form.address, ids) or names_person([form.address, form.fields], identity.pattern)
    ]
    session.execute(delete(KeptForm).where(KeptForm.id.in_(wanted)))
    return len(wanted)


def _drop_undo(session: Session, ids: Ids) -> int:
    """Drop the undo of what touched the person. A number may be that of another thing: its undo goes too, within half an hour."""
    numbers = {number for table in UNDONE for number in ids.get(table, ())}
    wanted = [token.id for token in session.scalars(select(UndoToken)) if numbers_in(token.payload) & numbers]
    session.execute(delete(UndoToken).where(UndoToken.id.in_(wanted)))
    return len(wanted)


def _drop_sign_ins(session: Session, identity: Identity) -> int:
    keys = []
    for value in identity.exact:
        try:
            keys.append(rules.email_key(value))
        except RuleBroken:
            continue
    sign_ins = select(FailedSignIn.id).where(FailedSignIn.email_key.in_(keys))
    wanted = list(session.scalars(sign_ins))
    session.execute(delete(FailedSignIn).where(FailedSignIn.id.in_(wanted)))
    return len(wanted)


def _forget_answers(session: Session) -> int:
    """Forget what was answered to requests that may be repeated; that they were done stays known, so none is done twice."""
    body = json.dumps({"type": "about:blank", "title": "Conflict", "status": 409, "detail": FORGOTTEN})
    answer_ids = list(session.scalars(select(IdempotentAnswer.id).where(IdempotentAnswer.body != body)))
    session.execute(update(IdempotentAnswer).values(status=409, body=body).where(IdempotentAnswer.id.in_(answer_ids)))
    return len(answer_ids)
