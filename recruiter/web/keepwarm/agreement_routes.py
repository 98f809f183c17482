"""What a search agrees about its bench: its clocks, the day of the decision, promised approvals, who is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar, cast

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.keepwarm.models.agreements import AgreedDate, DateKind, Letter, Snooze
from recruiter.keepwarm.schedule import agreement_services
from recruiter.keepwarm.schedule.next_contact import short_day
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_messages
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import message_form
from recruiter.web.keepwarm.bench.form_action import handle_bench_form
from recruiter.web.keepwarm.slate import slate_forms, slate_page
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import came_from

Saved = TypeVar("Saved")


@blueprint.page("/requisitions/<requisition_ref>/bench", Permission.KEEPWARM_READ)
def of_requisition(requisition: Requisition) -> ResponseReturnValue:
    """Slate and bench: who could be called today, and what would turn each light green."""
    return slate_page.render(requisition)


def _handle(
    requisition: Requisition, form: FlaskForm, key: str, save: Callable[[], Saved], *, flash: Callable[[Saved], str]
) -> ResponseReturnValue:
    """Do what a form of the slate says; `key` is the form's place on the page."""
    home = came_from(url_for("keepwarm.of_requisition", requisition_ref=requisition.key))
    return handle_form(
        form, save=save, again=lambda: slate_page.render(requisition, opened=key, form=form), home=home, flash=flash
    )


@blueprint.act("/requisitions/<requisition_ref>/cadence", Permission.KEEPWARM_WRITE)
def cadence(requisition: Requisition) -> ResponseReturnValue:
    """Set the days of each situation on this requisition."""
    form = slate_forms.CadenceForm()

    def save() -> int:
        chosen = form.chosen
        return len(
            agreement_services.set_cadence(db.session(), requisition=requisition, chosen=chosen, act=guard.act())
        )

    def flash(changed: int) -> str:
        return f"{wording.plural(changed, 'clock')} changed." if changed else "Nothing was changed."

    return _handle(requisition, form, "cadence", save, flash=flash)


@blueprint.act("/requisitions/<requisition_ref>/bench/decision-date", Permission.KEEPWARM_WRITE)
def decide(requisition: Requisition) -> ResponseReturnValue:
    """Set or move the day on which this search decides."""
    form = slate_forms.DecisionForm()

    def save() -> AgreedDate:
        due_on, reason = cast("dt.date", form.due_on.data), form.reason.data or ""
        return agreement_services.agree_date(
            db.session(), requisition=requisition, kind=DateKind.DECISION, due_on=due_on, reason=reason, act=guard.act()
        )

    def flash(agreed: AgreedDate) -> str:
        return f"The decision is on {short_day(agreed.due_on)}. Tell the slate; nothing was sent."

    return _handle(requisition, form, "decide", save, flash=flash)


@blueprint.act("/requisitions/<requisition_ref>/approval-dates", Permission.KEEPWARM_WRITE)
def approve_by(requisition: Requisition) -> ResponseReturnValue:
    """Keep by when an approver promised to answer."""
    form = slate_forms.ApprovalForm(slate_page.approvers())

    def save() -> AgreedDate:
        return agreement_services.agree_date(
            db.session(),
            requisition=requisition,
            kind=DateKind.APPROVAL,
            due_on=cast("dt.date", form.due_on.data),
            reason=form.reason.data or "",
            promised_by=form.approver,
            act=guard.act(),
        )

    def flash(agreed: AgreedDate) -> str:
        name = form.approver.name if form.approver else "somebody"
        return f"Kept: {name} answers by {short_day(agreed.due_on)}."

    return _handle(requisition, form, "approve", save, flash=flash)


@blueprint.act("/applications/<int:application_id>/snooze", Permission.KEEPWARM_WRITE)
def snooze(application: Application) -> ResponseReturnValue:
    """Leave a finalist alone until a date."""
    form = slate_forms.SnoozeForm()

    def save() -> Snooze:
        until, reason = cast("dt.date", form.until.data), form.reason.data or ""
        return agreement_services.snooze(
            db.session(), application=application, until=until, reason=reason, act=guard.act()
        )

    def flash(snoozed: Snooze) -> str:
        until = short_day(snoozed.until)
        return f"{application.candidate.name} is left alone until {until}. Promises stand as they are."

    return handle_bench_form(application, form, "snooze", save, flash=flash)


@blueprint.act("/applications/<int:application_id>/messages", Permission.KEEPWARM_WRITE)
def send_letter(application: Application) -> ResponseReturnValue:
    """Send a message to one finalist."""
    form = message_form.LetterForm()

    def save() -> Letter:
        message, confirmed = form.value(application), form.confirmed.data or ""
        return checked_messages.send(db.session(), message=message, act=guard.act(), confirmed=confirmed)

    flash = f"Sent to {application.candidate.name}, and recorded as a contact."
    return handle_bench_form(application, form, "letter", save, flash=flash)
