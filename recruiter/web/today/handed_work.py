"""Follow-ups and concerns on Today: one's own, what was handed to one, and what is left with people who can no longer sign in."""

from __future__ import annotations

from flask import url_for

from recruiter.accounts.models import Role, User
from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Task
from recruiter.foundation.database.db import db
from recruiter.handover import queries
from recruiter.keepwarm.models.records import Concern
from recruiter.keepwarm.schedule.next_contact import short_day
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import Offer
from recruiter.policy import record_scopes, scopes
from recruiter.web.request import guard
from recruiter.web.today.agenda_item import AgendaItem, Section

LEFT = "Can no longer sign in"


def sections(*, limit: int) -> list[Section]:
    """What is somebody's own, then what nobody does any more, a handful of statements whatever the number."""
    session, actor = db.session(), guard.actor()
    tasks, concerns = queries.work_of(
        session, actor, tasks=record_scopes.tasks(actor), applications=scopes.applications(actor), moment=guard.act()
    )
    left = [_left_task(task) for task in tasks if not task.assignee.active]
    left += [
        _left_concern(concern, concern.owner) for concern in concerns if concern.owner and not concern.owner.active
    ]
    if actor.role == Role.ADMIN or (actor.is_staff and actor.pay_view):
        within = None if actor.role == Role.ADMIN else scopes.searches(actor)
        left += [_left_turn(waiting, user) for waiting, user in queries.departed_turns(session, within=within)]
    own_tasks = [_task(task) for task in tasks if task.assignee_id == actor.id]
    own_concerns = [_concern(concern) for concern in concerns if concern.owner_id == actor.id]
    return [
        Section("tasks", "Follow-ups for you", own_tasks[:limit]),
        Section("concerns", "Concerns for you to answer", own_concerns[:limit]),
        Section("left", "Left by people who can no longer sign in", left[:limit]),
    ]


def _task(task: Task) -> AgendaItem:
    due_in = (task.due_on - guard.today()).days
    href = url_for("candidates.show", candidate_id=task.candidate_id)
    if task.application_id is not None:
        href = url_for("pipeline.application", application_id=task.application_id)
    badge = f"Due {short_day(task.due_on)}" if due_in else "Due today"
    what = f"{task.what} ({_from(task.handed_from)})" if task.handed_from else task.what
    tone = "late" if due_in < 0 else "due"
    return AgendaItem(task.candidate.name, what, tone, "check", badge, href, "Open")


def _from(user: User) -> str:
    return f"handed to you, before {user.name}"


def _concern_text(concern: Concern) -> str:
    return f"{concern.application.requisition.title}: a concern about {concern.kind.value}"


def _concern(concern: Concern) -> AgendaItem:
    application, what = concern.application, _concern_text(concern)
    if concern.handed_from:
        what += f" ({_from(concern.handed_from)})"
    page = "keepwarm.of_application" if guard.actor().is_staff else "pipeline.application"
    href = url_for(page, application_id=application.id)
    return AgendaItem(application.candidate.name, what, "due", "chat", "Open concern", href, "Answer it")


def _left_task(task: Task) -> AgendaItem:
    what = f"{task.what}. It is still with {task.assignee.name}"
    href = url_for("handover.task", task_id=task.id)
    return AgendaItem(task.candidate.name, what, "late", "warn", LEFT, href, "Hand over")


def _left_concern(concern: Concern, owner: User) -> AgendaItem:
    what = f"{_concern_text(concern)}. It is still with {owner.name}"
    href = url_for("handover.concern", concern_id=concern.id)
    return AgendaItem(concern.application.candidate.name, what, "late", "warn", LEFT, href, "Hand over")


def _left_turn(waiting: Approvable, user: User) -> AgendaItem:
    if isinstance(waiting, BudgetCase):
        what, href = f"budget case {waiting.number}", url_for("budget.show", case_id=waiting.id)
    elif isinstance(waiting, Offer):
        what, href = "an offer", url_for("offers.show", offer_id=waiting.id)
    else:
        raise TypeError("Only offers and budget cases are approved.")
    if guard.actor().role == Role.ADMIN:
        sentence, href = f"has {what} to approve. Choose who answers instead", url_for("handover.turns")
        return AgendaItem(user.name, sentence, "late", "warn", LEFT, href, "Choose")
    sentence = f"has {what} to approve. An administrator can choose who answers instead"
    return AgendaItem(user.name, sentence, "late", "warn", LEFT, href, "Open")
