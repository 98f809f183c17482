"""The interviews of a requisition: its plan, what nobody will have assessed, what is coming, by when it decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates, interview_plans, interviewer_profiles, schedule_checks
from recruiter.interviews.interview_plans import Coverage
from recruiter.interviews.models import DecisionDate, Interview, PlannedTalk
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import conflicts, guard
from recruiter.web.request.form_handling import general_error, handle_form
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class InterviewerLoad:
    """How much somebody on a coming panel holds this week."""

    name: str
    count: int
    limit: int

    @property
    def tone(self) -> str:
        """Late where it is too much, due where it is enough."""
        return "late" if self.count > self.limit else "due" if self.count == self.limit else ""


@dataclass(frozen=True)
class InterviewsPage:
    """The interviews of a requisition."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    talks: list[PlannedTalk]
    left_out: list[str]
    coverage: list[Coverage]
    coming: list[Interview]
    loads: list[InterviewerLoad]
    decide_on: dt.date | None
    today: dt.date
    form: forms.InterviewPlanForm
    dating: forms.DateForm
    stages: list[tuple[str, str]]
    errors: list[tuple[str, str]]

    @property
    def gaps(self) -> int:
        """How many candidates have something that nobody will have assessed."""
        return sum(bool(coverage.missing) for coverage in self.coverage)


def _interviewer_loads(upcoming: list[Interview]) -> list[InterviewerLoad]:
    session, zone = db.session(), guard.zone()
    people = {seat.user_id: seat.user.name for interview in upcoming for seat in interview.panel}
    counts = schedule_checks.loads(session, list(people), now=guard.now(), zone=zone)
    hours = interviewer_profiles.hours_of(session, list(people), zone=zone)
    loads = [InterviewerLoad(name, counts[user_id], hours[user_id].weekly_limit) for user_id, name in people.items()]
    return sorted(loads, key=lambda load: (-load.count, load.name))


def _interviews_page(
    requisition: Requisition, *, form: forms.InterviewPlanForm | None = None, date_form: forms.DateForm | None = None
) -> str:
    session = db.session()
    planned = interview_plans.plan_of(session, requisition)
    upcoming = interview_plans.upcoming(session, requisition, now=guard.now())
    latest = decision_dates.latest_of(session, requisition)
    form = form or forms.interview_plan_form(requisition, planned, formdata=None)
    date_form = date_form or forms.date_form(latest, formdata=None)
    page = InterviewsPage(
        title=f"Interviews: {requisition.title}",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "interviews"),
        breadcrumbs=crumbs.of_requisition(requisition, "Interviews"),
        talks=planned,
        left_out=interview_plans.uncovered_attributes(requisition, planned),
        coverage=interview_plans.coverage(session, requisition),
        coming=upcoming,
        loads=_interviewer_loads(upcoming),
        decide_on=latest.decide_on if latest else None,
        today=guard.today(),
        form=form,
        dating=date_form,
        stages=[(str(stage.id), stage.name) for stage in requisition.stages],
        errors=[(field.id, str(text)) for each in (date_form, form) for field in each for text in field.errors],
    )
    return render_template("interviews/arranging.html", page=page, has_errors=bool(page.errors))


def _interviews_url(requisition: Requisition) -> str:
    return url_for("interviews.of_requisition", requisition_ref=requisition.key)


@blueprint.page("/requisitions/<requisition_ref>/interviews", Permission.BOARD_READ)
def of_requisition(requisition: Requisition) -> str:
    """The plan, the gaps, what is coming and by when the search decides."""
    return _interviews_page(requisition)


@blueprint.act("/requisitions/<requisition_ref>/interview-plan", Permission.REQUISITION_EDIT)
def save_plan(requisition: Requisition) -> ResponseReturnValue:
    """Write the plan down; interviews that were planned from the one before stay as they are."""
    session = db.session()
    form = forms.interview_plan_form(requisition, interview_plans.plan_of(session, requisition))

    def again() -> str:
        if not general_error(form):
            return _interviews_page(requisition, form=form)
        planned = interview_plans.plan_of(session, requisition)  # somebody else's: what was typed is saved knowingly
        row_count = sum(name.startswith("name_") for name in request.form)
        typed = forms.interview_plan_form(requisition, [], row_count=row_count)
        typed.plan_seen.data = interview_plans.version_mark(planned)
        typed["name_1"].errors = [_plan_changed_sentence(requisition, planned)]
        return _interviews_page(requisition, form=typed)

    return handle_form(
        form,
        save=lambda: interview_plans.save_plan(
            session,
            requisition=requisition,
            entries=form.entries(requisition),
            act=guard.act(),
            seen=request.form.get("plan_seen") or None,
        ),
        again=again,
        home=_interviews_url(requisition),
        flash="Interview plan saved.",
        fields=form.fields_of_errors(),
    )


def _plan_changed_sentence(requisition: Requisition, planned: list[PlannedTalk]) -> str:
    """Who changed the plan meanwhile, and how it stands."""
    last = interview_plans.last_change(db.session(), requisition)
    change_text = f"{last[0]} saved this plan {conflicts.when(last[1])}" if last else "Somebody changed this plan"
    plan_text = ", ".join(f"{entry.name} ({entry.minutes} min)" for entry in planned) or "no talks"
    return f"Not saved. {change_text}; it has {plan_text} now. What you typed is kept: save again to put it in place of that."


def _date_changed_sentence(latest: DecisionDate | None) -> str:
    """Who set another decision date meanwhile, and which."""
    change_text = "Somebody changed it"
    if latest:
        change_text = f"{latest.by.name} set {day(latest.decide_on)} {conflicts.when(latest.at)}"
    return f"Not saved. {change_text}. What you typed is kept: save again to put it in place of that."


@blueprint.act("/requisitions/<requisition_ref>/decision-date", Permission.REQUISITION_EDIT)
def save_date(requisition: Requisition) -> ResponseReturnValue:
    """Say by when the search decides: late scorecards name this date."""
    session = db.session()
    form = forms.date_form(decision_dates.latest_of(session, requisition))

    def again() -> str:
        if general_error(form):
            latest = decision_dates.latest_of(session, requisition)
            form.date_seen.data = decision_dates.version_mark(latest)
            form.decide_on.errors = [_date_changed_sentence(latest)]
        return _interviews_page(requisition, date_form=form)

    return handle_form(
        form,
        save=lambda: decision_dates.set_date(
            session,
            requisition=requisition,
            decide_on=form.decide_on.data or guard.today(),
            act=guard.act(),
            seen=form.date_seen.data or None,
        ),
        again=again,
        home=_interviews_url(requisition),
        flash="Decision date saved.",
    )
