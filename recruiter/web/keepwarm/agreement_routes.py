"""What a search agrees about its bench: its clocks, the day of the decision, promised approvals, who is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.keepwarm.models.agreements import DateKind
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
    requisition: Requisition, form: Any, *, key: str, save: Callable[[], Saved], flash: Callable[[Saved], str]
) -> ResponseReturnValue:
    return handle_form(
        form,
        save=save,
        again=lambda: slate_page.render(requisition, opened=key, form=form),
        home=came_from(url_for("keepwarm.of_requisition", requisition_ref=requisition.key)),
        flash=flash,
    )


@blueprint.act("/requisitions/<requisition_ref>/cadence", Permission.KEEPWARM_WRITE)
def cadence(requisition: Requisition) -> ResponseReturnValue:
    """Set the days of each situation on this requisition."""
    form = slate_forms.CadenceForm()
    return _handle(
        requisition,
        form,
        key="cadence",
        save=lambda: agreement_services.set_cadence(
            db.session(), requisition=requisition, chosen=slate_forms.chosen(form), act=guard.act()
        ),
        flash=lambda changed: (
            f"{wording.plural(len(changed), 'clock')} changed." if changed else "Nothing was changed."
        ),
    )


@blueprint.act("/requisitions/<requisition_ref>/bench/decision-date", Permission.KEEPWARM_WRITE)
def decide(requisition: Requisition) -> ResponseReturnValue:
    """Set or move the day on which this search decides."""
    form = slate_forms.DecisionForm()
    return _handle(
        requisition,
        form,
        key="decide",
        save=lambda: agreement_services.agree_date(
            db.session(),
            requisition=requisition,
            kind=DateKind.DECISION,
            due_on=cast("dt.date", form.due_on.data),
            reason=form.reason.data or "",
            act=guard.act(),
        ),
        flash=lambda agreed: f"The decision is on {short_day(agreed.due_on)}. Tell the slate; nothing was sent.",
    )


@blueprint.act("/requisitions/<requisition_ref>/approval-dates", Permission.KEEPWARM_WRITE)
def approve_by(requisition: Requisition) -> ResponseReturnValue:
    """Keep by when an approver promised to answer."""
    people = slate_page.approvers()
    form = slate_forms.approval(people)
    approver = next((person for person in people if str(person.id) == form.promised_by.data), None)
    name = approver.name if approver else "somebody"
    return _handle(
        requisition,
        form,
        key="approve",
        save=lambda: agreement_services.agree_date(
            db.session(),
            requisition=requisition,
            kind=DateKind.APPROVAL,
            due_on=cast("dt.date", form.due_on.data),
            reason=form.reason.data or "",
            promised_by=approver,
            act=guard.act(),
        ),
        flash=lambda agreed: f"Kept: {name} answers by {short_day(agreed.due_on)}.",
    )


@blueprint.act("/applications/<int:application_id>/snooze", Permission.KEEPWARM_WRITE)
def snooze(application: Application) -> ResponseReturnValue:
    """Leave a finalist alone until a date."""
    form = slate_forms.SnoozeForm()
    name = application.candidate.name
    return handle_bench_form(
        application,
        form,
        key="snooze",
        save=lambda: agreement_services.snooze(
            db.session(),
            application=application,
            until=cast("dt.date", form.until.data),
            reason=form.reason.data or "",
            act=guard.act(),
        ),
        flash=lambda snoozed: f"{name} is left alone until {short_day(snoozed.until)}. Promises stand as they are.",
    )


@blueprint.act("/applications/<int:application_id>/messages", Permission.KEEPWARM_WRITE)
def send_letter(application: Application) -> ResponseReturnValue:
    """Send a message to one finalist."""
    form = message_form.LetterForm()
    return handle_bench_form(
        application,
        form,
        key="letter",
        save=lambda: checked_messages.send(
            db.session(), message=form.value(application), act=guard.act(), confirmed=form.confirmed.data or ""
        ),
        flash=f"Sent to {application.candidate.name}, and recorded as a contact.",
    )
