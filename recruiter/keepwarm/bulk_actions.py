"""Moves, ends and owners of several applications at once, all or none; each can be taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.models import User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.lifecycle.services import Ending
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.undo import ending_undo
from recruiter.pipeline import ownership
from recruiter.pipeline.models import Application
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition

MOST = 500


class Closing(NamedTuple):
    """Applications that ended: the token of the undo, the interviews that were cancelled with them, and whether a first choice went."""

    undo: str
    cancelled: list[Interview]
    is_loss: bool = False


def move(session: Session, *, chosen: Sequence[Application], to_stage: str, reason: str, act: Act) -> str:
    """Move several applications to the stage of this name on their requisitions; all or none. Answers the token of the undo."""
    _check(chosen)
    before = []
    for application in chosen:
        stage = requisitions.stage_by_name(application.requisition, to_stage, field="to_stage")
        before.append((application, {"stage_id": application.stage_id, "since": application.stage_since.isoformat()}))
        with _naming_candidate(application, chosen):
            services.move(session, application=application, to=stage, reason=reason, act=act)
    return issue_undo(session, action=UndoAction.MOVED, before=before, act=act)


def reject(
    session: Session,
    *,
    chosen: Sequence[Application],
    reason: str,
    act: Act,
    release_bench: bool = False,
    cancel_interviews: bool = True,
) -> Closing:
    """Close several applications with one reason, and cancel what interviews they were to have; all or none."""
    _check(chosen)
    endings = []
    for application in chosen:
        with _naming_candidate(application, chosen):
            ending = services.reject(
                session,
                application=application,
                reason=reason,
                release_bench=release_bench,
                cancel_interviews=cancel_interviews,
                act=act,
            )
        endings.append((application, ending))
    return _closing(session, UndoAction.REJECTED, endings, act=act)


def withdraw(
    session: Session,
    *,
    application: Application,
    reason: str,
    act: Act,
    phase: Phase | None = None,
    cancel_interviews: bool = True,
) -> Closing:
    """Record that a candidate has withdrawn; the undo brings back application, offer, seat and interviews as they stood."""
    ending = services.withdraw(
        session, application=application, reason=reason, phase=phase, cancel_interviews=cancel_interviews, act=act
    )
    return _closing(session, UndoAction.WITHDRAWN, [(application, ending)], act=act)


def _closing(
    session: Session, action: UndoAction, endings: Sequence[tuple[Application, Ending]], *, act: Act
) -> Closing:
    before = [(application, ending_undo.snapshot(ending)) for application, ending in endings]
    return Closing(
        issue_undo(session, action=action, before=before, act=act),
        [interview for _, ending in endings for interview in ending.cancelled],
        any(ending.loss is not None for _, ending in endings),
    )


def reopen(session: Session, *, chosen: Sequence[Application], reason: str, act: Act) -> str:
    """Bring several ended applications back to where they stood; all or none. Answers the token of the undo."""
    _check(chosen)
    for application in chosen:
        with _naming_candidate(application, chosen):
            services.reopen(session, application=application, reason=reason, act=act)
    return issue_undo(
        session, action=UndoAction.REOPENED, before=[(application, {}) for application in chosen], act=act
    )


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
    movers = {requisition: among(requisition) for requisition in {application.requisition for application in chosen}}
    before = []
    for application in chosen:
        owner_id, mover_ids = application.owner_id, movers[application.requisition]
        with _naming_candidate(application, chosen):
            if ownership.assign(session, application=application, to=to, mover_ids=mover_ids, act=act) is not None:
                before.append((application, {"owner_id": owner_id}))
    if not before:
        who = f"{chosen[0].candidate.name} is" if len(chosen) == 1 else "They are"
        raise Conflict(f"{who} {f'with {to.name}' if to else 'without owner'} already. Choose somebody else.")
    return issue_undo(session, action=UndoAction.ASSIGNED, before=before, act=act)


def issue_undo(
    session: Session, *, action: UndoAction, before: Sequence[tuple[Application, JsonObject]], act: Act
) -> str:
    """A token for an act on applications; `before` is how each was, where the end or the reopening does not say it."""
    session.flush()
    rows = [{"id": application.id, "version": application.version, **snapshot} for application, snapshot in before]
    return undo_token_services.issue(session, action=action, payload={"rows": rows}, act=act)


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
