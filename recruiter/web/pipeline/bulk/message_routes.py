"""A message to those who were ticked: written once, shown as each will get it, sent by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.keepwarm.messages import message_queries, message_rules, message_services
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages, word_check
from recruiter.web.layout import breadcrumbs
from recruiter.web.pipeline.application.action_page import came_from, undo_href
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk.selection import selection
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.text import message_warnings

DEFAULT_BODY = "Hello {first name},\n\n\n\nBest wishes\n"
EMPTY_BODY = "has a greeting and a close, and says nothing between them. Write what it is about."


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
    warnings: message_warnings.Marks | None = None


@dataclass(frozen=True)
class MessagePage:
    """A message that is written, or the same as each will get it."""

    title: str
    step: str
    subject: str
    body: str
    drafts: list[Draft]
    placeholders: list[str]
    minutes: int
    problem: str
    confirm: str  # the key of the warned words, where they alone stand in the way
    back: str
    breadcrumbs: breadcrumbs.Crumbs


def _default_body() -> str:
    return f"{DEFAULT_BODY}{guard.actor().name}"


def _says_nothing(body: str, default_body: str) -> bool:
    """Whether a text holds no line of its writer's own, only those that stood there before anybody wrote."""
    line_sets = [{" ".join(line.split()) for line in entry.splitlines()} for entry in (body, default_body)]
    return not line_sets[0] - line_sets[1] - {""}


def _check_first(chosen: Sequence[Application]) -> None:
    """Refuse what no candidate could be sent: no subject, no words of one's own, a place that there is not. Raises RuleBroken."""
    subject, body = request.form.get("subject", ""), request.form.get("body", "")
    if not subject.strip() or not body.strip():
        raise RuleBroken("Write a subject and a text.")
    if _says_nothing(body, _default_body()):
        raise RuleBroken(f"The text {EMPTY_BODY}")
    for application in chosen:
        message_rules.fill_placeholders(subject, application, at="subject")


def _written(chosen: Sequence[Application], bodies: dict[int, str]) -> list[OutgoingMessage]:
    subject = request.form.get("subject", "")
    return [
        OutgoingMessage(
            application, message_rules.fill_placeholders(subject, application, at="subject"), bodies[application.id]
        )
        for application in chosen
    ]


def _drafts(
    chosen: Sequence[Application],
    bodies: dict[int, str],
    *,
    step: str,
    word_checks: dict[int, list[word_check.Finding]],
) -> list[Draft]:
    subject = request.form.get("subject", "")
    return [
        Draft(
            id=application.id,
            pick=f"{application.id}:{application.stage_id}",
            name=application.candidate.name,
            address=message_queries.address_of(application.candidate),
            finalist=application.finalist is not None and application.status == ApplicationStatus.ACTIVE,
            subject=message_rules.fill_placeholders(subject, application, at="subject") if step == "look" else "",
            body=bodies.get(application.id, ""),
            warnings=message_warnings.of(word_checks[application.id]) if application.id in word_checks else None,
        )
        for application in chosen
    ]


def _page(
    chosen: Sequence[Application], *, step: str, bodies: dict[int, str], problem: str = "", status: int = 200
) -> ResponseReturnValue:
    requisition = chosen[0].requisition
    count = len(chosen)
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    word_checks = checked_messages.findings_in(_written(chosen, bodies), actor=guard.actor()) if step == "look" else []
    checks_by_application = dict(zip((application.id for application in chosen), word_checks, strict=False))
    page = MessagePage(
        title=f"Message to {wording.plural(count, 'candidate')}",
        step=step,
        subject=request.form.get("subject", ""),
        body=request.form.get("body", _default_body()),
        drafts=_drafts(chosen, bodies, step=step, word_checks=checks_by_application),
        placeholders=[f"{{{placeholder}}}" for placeholder in message_rules.PLACEHOLDERS],
        minutes=int(message_services.LEAVES_AFTER.total_seconds() // 60),
        problem=problem,
        confirm=message_warnings.of([warning for check in word_checks for warning in check]).key,
        back=came_from() or board,
        breadcrumbs=breadcrumbs.of_requisition(requisition, "Message"),
    )
    return render_template("pipeline/message.html", page=page, has_errors=bool(problem)), status


def _send(chosen: Sequence[Application], bodies: dict[int, str]) -> ResponseReturnValue:
    messages = _written(chosen, bodies)
    for message in messages:
        if message.body.strip() and _says_nothing(
            message.body, message_rules.fill_placeholders(_default_body(), message.application)
        ):
            raise RuleBroken(f"The text to {message.application.candidate.name} {EMPTY_BODY}")
    confirmed = request.form.get("confirmed", "")
    secret = checked_messages.queue(db.session(), messages=messages, act=guard.act(), confirmed=confirmed)
    at = (guard.now() + message_services.LEAVES_AFTER).astimezone(guard.settings().zone)
    back = came_from() or url_for("requisitions.board", requisition_ref=chosen[0].requisition.key)
    count = wording.plural(len(messages), "message")
    flash = f"{count} will leave at {at:%H:%M}. Until then they can be taken back."
    return redirect_with_flash(back, flash, undo=undo_href(back)(secret))


@blueprint.act("/applications/message", Permission.APPLICATION_BULK)
def message() -> ResponseReturnValue:
    """Write to those who were ticked; first the text, then what each will get, then it is sent. Nothing leaves by itself."""
    step = request.form.get("step", "")
    chosen = selection().applications
    if not chosen:
        back = came_from() or url_for("requisitions.index")
        return redirect_with_flash(back, "Tick at least one person first.", tone="late")
    bodies = {application.id: request.form.get(f"body-{application.id}", "") for application in chosen}
    if step not in {"look", "send"}:
        return _page(chosen, step="write", bodies={})
    try:
        if step == "send":
            return _send(chosen, bodies)
        _check_first(chosen)
        bodies = {
            application.id: message_rules.fill_placeholders(request.form.get("body", ""), application)
            for application in chosen
        }
    except DomainError as error:
        step_again = "look" if step == "send" and "subject" not in error.errors else "write"
        return _page(chosen, step=step_again, bodies=bodies, problem=error.message, status=error.status)
    return _page(chosen, step="look", bodies=bodies)
