"""A message to those who were ticked: written once, shown as each will get it, sent by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.db import db
from recruiter.foundation.errors import DomainError
from recruiter.keepwarm import messages
from recruiter.keepwarm.messages import Message
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.web import guard
from recruiter.web.pipeline import acting, several
from recruiter.web.pipeline.routes import blueprint

USUAL = "Hello {first name},\n\n\n\nBest wishes\n"


@dataclass(frozen=True)
class Draft:
    """What one candidate will get, and what its writer must know."""

    id: int
    pick: str
    name: str
    address: str
    finalist: bool
    body: str


@dataclass(frozen=True)
class MessagePage:
    """A message that is written, or the same as each will get it."""

    title: str
    step: str
    subject: str
    body: str
    drafts: list[Draft]
    places: list[str]
    minutes: int
    problem: str
    back: str
    breadcrumbs: list[tuple[str, str | None]]


def _drafts(chosen: Sequence[Application], bodies: dict[int, str]) -> list[Draft]:
    return [
        Draft(
            id=one.id,
            pick=f"{one.id}:{one.stage_id}",
            name=one.candidate.name,
            address=messages.address_of(one.candidate) or "",
            finalist=one.finalist is not None and one.status == ApplicationStatus.ACTIVE,
            body=bodies.get(one.id, ""),
        )
        for one in chosen
    ]


def _page(
    chosen: Sequence[Application], *, step: str, bodies: dict[int, str], problem: str = "", status: int = 200
) -> Any:
    requisition = chosen[0].requisition
    count = len(chosen)
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    page = MessagePage(
        title=f"Message to {count} candidate{'s' if count != 1 else ''}",
        step=step,
        subject=request.form.get("subject", ""),
        body=request.form.get("body", f"{USUAL}{guard.actor().name}"),
        drafts=_drafts(chosen, bodies),
        places=[f"{{{one}}}" for one in messages.PLACES],
        minutes=int(messages.LEAVES_AFTER.total_seconds() // 60),
        problem=problem,
        back=acting.came_from() or board,
        breadcrumbs=[("Requisitions", url_for("requisitions.index")), (requisition.key, board), ("Message", None)],
    )
    return render_template("pipeline/message.html", page=page, has_errors=bool(problem)), status


def _send(chosen: Sequence[Application], bodies: dict[int, str]) -> Any:
    subject = request.form.get("subject", "")
    made = [Message(one, messages.written(subject, one), bodies[one.id]) for one in chosen]
    secret = messages.send(db.session(), messages=made, actor=guard.actor(), now=guard.now())
    db.session.commit()
    at = (guard.now() + messages.LEAVES_AFTER).astimezone(guard.configured().zone)
    back = acting.came_from() or url_for("requisitions.board", requisition_ref=chosen[0].requisition.key)
    count = f"{len(made)} message{'s' if len(made) != 1 else ''}"
    said = f"{count} will leave at {at:%H:%M}. Until then they can be taken back."
    return guard.go(back, said=said, undo=url_for("pipeline.undo", secret=secret, back=back))


@blueprint.post("/applications/message")
@guard.needs(Permission.APPLICATION_BULK)
def message() -> Any:
    """Write to those who were ticked; first the text, then what each will get, then it is sent. Nothing leaves by itself."""
    step = request.form.get("step", "")
    chosen = [one for one, _ in several.chosen()]
    if not chosen:
        back = acting.came_from() or url_for("requisitions.index")
        return guard.go(back, said="Tick at least one person first.", tone="late")
    bodies = {one.id: request.form.get(f"body-{one.id}", "") for one in chosen}
    if step not in {"look", "send"}:
        return _page(chosen, step="write", bodies={})
    try:
        if step == "send":
            return _send(chosen, bodies)
        bodies = {one.id: messages.written(request.form.get("body", ""), one) for one in chosen}
        if not request.form.get("subject", "").strip() or not request.form.get("body", "").strip():
            return _page(chosen, step="write", bodies={}, problem="Write a subject and a text.", status=422)
    except DomainError as error:
        db.session.rollback()
        status = error.status
        return _page(
            chosen, step="look" if step == "send" else "write", bodies=bodies, problem=error.message, status=status
        )
    return _page(chosen, step="look", bodies=bodies)
