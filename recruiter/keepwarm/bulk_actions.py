"""Moves, rejections and owners of several applications at once, all or none; each can be taken back (`reverting`)."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.undo.application_undo import Owned, Stood, remember
from recruiter.pipeline import ownership
from recruiter.pipeline.models import Application
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition

MOST = 500


def move(
    session: Session, *, chosen: Sequence[Application], to_stage: str, reason: str, actor: User, now: dt.datetime
) -> str:
    """Move several applications to the stage of this name on their requisitions; all or none. Answers the token of the undo."""
    _check(chosen)
    before = []
    for one in chosen:
        stage = requisitions.stage_named(one.requisition, to_stage)
        if stage is None:
            raise RuleBroken.at("to_stage", f"There is no stage {to_stage} on {one.requisition.key}.")
        before.append((one, Stood.of(one)))
        with _named(one):
            services.move(session, application=one, to=stage, reason=reason, actor=actor, now=now)
    return remember(session, action="moved", applications=before, actor=actor, now=now)


def reject(
    session: Session,
    *,
    chosen: Sequence[Application],
    reason: str,
    actor: User,
    now: dt.datetime,
    release_bench: bool = False,
) -> str:
    """Close several applications with one reason; all or none. Answers the token of the undo."""
    _check(chosen)
    for one in chosen:
        with _named(one):
            services.reject(session, application=one, said=reason, release_bench=release_bench, actor=actor, now=now)
    return remember(session, action="rejected", applications=[(one, None) for one in chosen], actor=actor, now=now)


def reopen(session: Session, *, chosen: Sequence[Application], reason: str, actor: User, now: dt.datetime) -> str:
    """Bring several ended applications back to where they stood; all or none. Answers the token of the undo."""
    _check(chosen)
    for one in chosen:
        with _named(one):
            services.reopen(session, application=one, reason=reason, actor=actor, now=now)
    return remember(session, action="reopened", applications=[(one, None) for one in chosen], actor=actor, now=now)


def hand(
    session: Session,
    *,
    chosen: Sequence[Application],
    to: User | None,
    among: Callable[[Requisition], Collection[int]],
    actor: User,
    now: dt.datetime,
) -> str:
    """Give several applications to one owner, or to nobody; all or none. Answers the token of the undo.

    `among` names those who may move the applications of a requisition. Raises Conflict where all are theirs already.
    """
    _check(chosen)
    allowed = {one.id: among(one) for one in {one.requisition_id: one.requisition for one in chosen}.values()}
    before: list[tuple[Application, Stood | Owned | None]] = []
    for one in chosen:
        owned = Owned(one.owner_id)
        with _named(one):
            allowed_here = allowed[one.requisition_id]
            if ownership.hand(session, application=one, to=to, among=allowed_here, actor=actor, now=now) is not None:
                before.append((one, owned))
    if not before:
        raise Conflict(f"They are with {to.name} already." if to else "They have no owner already.")
    return remember(session, action="handed", applications=before, actor=actor, now=now)


def _check(chosen: Sequence[Application]) -> None:
    if not chosen:
        raise RuleBroken.at("ids", "Choose at least one application.")
    if len(chosen) > MOST:
        raise RuleBroken.at("ids", f"Choose at most {MOST} applications at a time.")


@contextlib.contextmanager
def _named(application: Application) -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        error.message = f"{application.candidate.name}: {error.message} Nothing was changed."
        raise
