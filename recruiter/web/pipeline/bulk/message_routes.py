"""A message to those who were ticked: written once, shown as each will get it, sent by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.keepwarm.messages import bulk_message
from recruiter.keepwarm.messages.bulk_message import Message
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages, word_check
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.pipeline.application import form_action
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk import bulk_routes
from recruiter.web.request import guard
from recruiter.web.text import message_warnings

USUAL = "Hello {first name},\n\n\n\nBest wishes\n"
BARE = "has a greeting and a close, and says nothing between them. Write what it is about."


@dataclass(frozen=True)
class Draft:
    """What one candidate will get, and what its writer must know."""

    id: int
    pick: str
    name: str
    address: str
    finalist: bool
    subject: str
    body: str
    marks: message_warnings.Marks | None = None


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
    confirm: str  # the key of the warned words, where they alone stand in the way
    back: str
    breadcrumbs: crumbs.Crumbs


def _usual() -> str:
    return f"{USUAL}{guard.actor().name}"


def _says_nothing(body: str, usual: str) -> bool:
    """Whether a text holds no line of its writer's own, only those that stood there before anybody wrote."""
    lines = [{" ".join(line.split()) for line in one.splitlines()} for one in (body, usual)]
    return not lines[0] - lines[1] - {""}


def _check_first(chosen: Sequence[Application]) -> None:
    """Refuse what no candidate could be sent: no subject, no words of one's own, a place that there is not. Raises RuleBroken."""
    subject, body = request.form.get("subject", ""), request.form.get("body", "")
    if not subject.strip() or not body.strip():
        raise RuleBroken("Write a subject and a text.")
    if _says_nothing(body, _usual()):
        raise RuleBroken(f"The text {BARE}")
    for one in chosen:
        bulk_message.written(subject, one, at="subject")


def _written(chosen: Sequence[Application], bodies: dict[int, str]) -> list[Message]:
    subject = request.form.get("subject", "")
    return [Message(one, bulk_message.written(subject, one, at="subject"), bodies[one.id]) for one in chosen]


def _drafts(
    chosen: Sequence[Application], bodies: dict[int, str], *, step: str, found: dict[int, list[word_check.Found]]
) -> list[Draft]:
    subject = request.form.get("subject", "")
    return [
        Draft(
            id=one.id,
            pick=f"{one.id}:{one.stage_id}",
            name=one.candidate.name,
            address=bulk_message.address_of(one.candidate) or "",
            finalist=one.finalist is not None and one.status == ApplicationStatus.ACTIVE,
            subject=bulk_message.written(subject, one, at="subject") if step == "look" else "",
            body=bodies.get(one.id, ""),
            marks=message_warnings.of(found[one.id]) if one.id in found else None,
        )
        for one in chosen
    ]


def _page(
    chosen: Sequence[Application], *, step: str, bodies: dict[int, str], problem: str = "", status: int = 200
) -> Any:
    requisition = chosen[0].requisition
    count = len(chosen)
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    looked = checked_messages.found_in(_written(chosen, bodies), actor=guard.actor()) if step == "look" else []
    found = dict(zip((one.id for one in chosen), looked, strict=False))
    page = MessagePage(
        title=f"Message to {count} candidate{'s' if count != 1 else ''}",
        step=step,
        subject=request.form.get("subject", ""),
        body=request.form.get("body", _usual()),
        drafts=_drafts(chosen, bodies, step=step, found=found),
        places=[f"{{{one}}}" for one in bulk_message.PLACES],
        minutes=int(bulk_message.LEAVES_AFTER.total_seconds() // 60),
        problem=problem,
        confirm=message_warnings.of([each for one in looked for each in one]).key,
        back=form_action.came_from() or board,
        breadcrumbs=crumbs.of_requisition(requisition, "Message"),
    )
    return render_template("pipeline/message.html", page=page, has_errors=bool(problem)), status


def _send(chosen: Sequence[Application], bodies: dict[int, str]) -> Any:
    made = _written(chosen, bodies)
    for one in made:
        if one.body.strip() and _says_nothing(one.body, bulk_message.written(_usual(), one.application)):
            raise RuleBroken(f"The text to {one.application.candidate.name} {BARE}")
    confirmed = request.form.get("confirmed", "")
    secret = checked_messages.several(
        db.session(), chosen=made, actor=guard.actor(), now=guard.now(), confirmed=confirmed
    )
    db.session.commit()
    at = (guard.now() + bulk_message.LEAVES_AFTER).astimezone(guard.configured().zone)
    back = form_action.came_from() or url_for("requisitions.board", requisition_ref=chosen[0].requisition.key)
    count = f"{len(made)} message{'s' if len(made) != 1 else ''}"
    said = f"{count} will leave at {at:%H:%M}. Until then they can be taken back."
    return guard.go(back, said=said, undo=url_for("pipeline.undo", secret=secret, back=back))


@blueprint.post("/applications/message")
@guard.needs(Permission.APPLICATION_BULK)
def message() -> Any:
    """Write to those who were ticked; first the text, then what each will get, then it is sent. Nothing leaves by itself."""
    step = request.form.get("step", "")
    chosen = [one for one, _ in bulk_routes.chosen()]
    if not chosen:
        back = form_action.came_from() or url_for("requisitions.index")
        return guard.go(back, said="Tick at least one person first.", tone="late")
    bodies = {one.id: request.form.get(f"body-{one.id}", "") for one in chosen}
    if step not in {"look", "send"}:
        return _page(chosen, step="write", bodies={})
    try:
        if step == "send":
            return _send(chosen, bodies)
        _check_first(chosen)
        bodies = {one.id: bulk_message.written(request.form.get("body", ""), one) for one in chosen}
    except DomainError as error:
        db.session.rollback()
        again = "look" if step == "send" and "subject" not in error.errors else "write"
        return _page(chosen, step=again, bodies=bodies, problem=error.message, status=error.status)
    return _page(chosen, step="look", bodies=bodies)
