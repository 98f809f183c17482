"""Moves, rejections and owners of several applications at once, all or none; each can be taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.undo_tokens import (
    OwnerSnapshot,
    Snapshot,
    StageSnapshot,
    issue_for_applications,
)
from recruiter.pipeline import ownership
from recruiter.pipeline.models import Application
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition

MOST = 500


def move(session: Session, *, chosen: Sequence[Application], to_stage: str, reason: str, act: Act) -> str:
    """Move several applications to the stage of this name on their requisitions; all or none. Answers the token of the undo."""
    _check(chosen)
    before = []
    for application in chosen:
        stage = requisitions.stage_by_name(application.requisition, to_stage)
        if stage is None:
            raise RuleBroken.at("to_stage", f"There is no stage {to_stage} on {application.requisition.key}.")
        before.append((application, StageSnapshot.of(application)))
        with _naming_candidate(application, chosen):
            services.move(session, application=application, to=stage, reason=reason, act=act)
    return issue_for_applications(session, action=UndoAction.MOVED, before=before, act=act)


def reject(
    session: Session, *, chosen: Sequence[Application], reason: str, act: Act, release_bench: bool = False
) -> str:
    """Close several applications with one reason; all or none. Answers the token of the undo."""
    _check(chosen)
    for application in chosen:
        with _naming_candidate(application, chosen):
            services.reject(session, application=application, reason=reason, release_bench=release_bench, act=act)
    before = [(application, None) for application in chosen]
    return issue_for_applications(session, action=UndoAction.REJECTED, before=before, act=act)


def reopen(session: Session, *, chosen: Sequence[Application], reason: str, act: Act) -> str:
    """Bring several ended applications back to where they stood; all or none. Answers the token of the undo."""
    _check(chosen)
    for application in chosen:
        with _naming_candidate(application, chosen):
            services.reopen(session, application=application, reason=reason, act=act)
    before = [(application, None) for application in chosen]
    return issue_for_applications(session, action=UndoAction.REOPENED, before=before, act=act)


def hand(
    session: Session,
    *,
    chosen: Sequence[Application],
    to: User | None,
    among: Callable[[Requisition], Collection[int]],
    act: Act,
) -> str:
    """Give several applications to one owner, or to nobody; all or none. Answers the token of the undo.

    `among` names those who may move the applications of a requisition. Raises Conflict where all are theirs already.
    """
    _check(chosen)
    allowed = {
        requisition.id: among(requisition)
        for requisition in {application.requisition_id: application.requisition for application in chosen}.values()
    }
    before: list[tuple[Application, Snapshot]] = []
    for application in chosen:
        snapshot = OwnerSnapshot(application.owner_id)
        with _naming_candidate(application, chosen):
            allowed_here = allowed[application.requisition_id]
            if ownership.assign(session, application=application, to=to, mover_ids=allowed_here, act=act) is not None:
                before.append((application, snapshot))
    if not before:
        subject, verb = (chosen[0].candidate.name, "is") if len(chosen) == 1 else ("They", "are")
        raise Conflict(
            f"{subject} {verb} {f'with {to.name}' if to else 'without owner'} already. Choose somebody else."
        )
    return issue_for_applications(session, action=UndoAction.ASSIGNED, before=before, act=act)


def _check(chosen: Sequence[Application]) -> None:
    if not chosen:
        raise RuleBroken.at("ids", "Choose at least one application.")
    if len(chosen) > MOST:
        raise RuleBroken.at("ids", f"Choose at most {MOST} applications at a time.")


@contextlib.contextmanager
def _naming_candidate(application: Application, chosen: Sequence[Application]) -> Iterator[None]:
    """Say of whom a refusal is, where it could be of several."""
    try:
        yield
    except DomainError as error:
        if len(chosen) > 1:
            error.message = f"{application.candidate.name}: {error.message} Nothing was changed."
        raise
