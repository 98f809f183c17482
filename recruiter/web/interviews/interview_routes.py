"""One interview: who, when, where, what was done to it; moved, staffed anew, cancelled or not held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import queries
from recruiter.interviews.models import ChangeKind, Interview, InterviewChange, InterviewStatus
from recruiter.interviews.notices import emails
from recruiter.interviews.rules import covered
from recruiter.interviews.schedule_checks import ScheduleWarning
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import interview_changes
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.interviews.routes import application_url, people_choices, possible_panelists, schedule_warnings
from recruiter.web.request import conflicts, guard
from recruiter.web.request.form_handling import general_error, handle_act, handle_form, has_errors

STATUS_MESSAGES = {
    InterviewStatus.CANCELLED: "Interview cancelled.",
    InterviewStatus.NO_SHOW: "Recorded that nobody came.",
}
CONFLICT = 409
CHANGE_LABELS = {
    ChangeKind.PLANNED: "planned it",
    ChangeKind.MOVED: "moved it",
    ChangeKind.RENAMED: "renamed it",
    ChangeKind.PANEL: "changed the panel",
    ChangeKind.FOCUS: "changed what it looks at",
    ChangeKind.CANCELLED: "cancelled it",
    ChangeKind.NO_SHOW: "recorded that nobody came",
}


@dataclass(frozen=True)
class InterviewPage:
    """An interview, and for whoever runs the search the form that changes it."""

    title: str
    interview: Interview
    when: str
    focus: list[str]
    runs: bool
    on_panel: bool
    begun: bool
    scored: bool
    breadcrumbs: list[tuple[str, str | None]]
    history: list[InterviewChange]
    form: forms.MoveForm | None = None
    people: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    zone: str = ""
    why: str = ""
    problem: str = ""
    warned: list[ScheduleWarning] = field(default_factory=list)
    done: dict[ChangeKind, str] = field(default_factory=lambda: CHANGE_LABELS)

    @property
    def planned(self) -> bool:
        """Whether it is to take place, or has taken place."""
        return self.interview.status == InterviewStatus.PLANNED

    @property
    def outcome(self) -> str:
        """Why it did not take place."""
        return "Cancelled" if self.interview.status == InterviewStatus.CANCELLED else "Nobody came"


def _interview_page(
    interview: Interview,
    form: forms.MoveForm | None,
    *,
    problem: str = "",
    warnings: list[ScheduleWarning] | None = None,
    reason: str = "",
) -> str:
    session, requisition, person = db.session(), interview.application.requisition, interview.application.candidate
    actor = guard.actor()
    runs = permits.permits(session, actor=actor, permission=Permission.INTERVIEW_PLAN, on=interview)
    people = possible_panelists() if runs else []
    if runs and form is None and interview.status != InterviewStatus.CANCELLED:
        form = forms.move_form(interview, people, formdata=None)
    board = url_for("requisitions.board", requisition_ref=requisition.key) if runs else None
    page = InterviewPage(
        title=f"{interview.name}: {person.name}",
        interview=interview,
        when=emails.time_text(interview, guard.settings().zone),
        focus=covered(focus=interview.focus, attributes=[attribute.name for attribute in requisition.attributes]),
        runs=runs,
        on_panel=any(seat.user_id == actor.id for seat in interview.panel),
        begun=interview.starts_at <= guard.now(),
        scored=bool(interview_changes.scored_interview_ids(session, [interview.id])),
        breadcrumbs=[
            (requisition.title, board),
            (person.name, application_url(interview.application)),
            (interview.name, None),
        ],
        history=queries.history_of(session, interview),
        form=form,
        people=people_choices(people),
        attributes=[attribute.name for attribute in requisition.attributes],
        zone=guard.settings().zone.key,
        why=reason,
        problem=problem or (general_error(form) if form is not None else ""),
        warned=warnings or [],
    )
    return render_template(
        "interviews/show.html", page=page, has_errors=bool(problem or (form is not None and has_errors(form)))
    )


@blueprint.page("/interviews/<int:interview_id>", Permission.INTERVIEW_READ)
def show(interview: Interview) -> str:
    """An interview for whoever is on its panel or runs the search."""
    return _interview_page(interview, None)


@blueprint.act("/interviews/<int:interview_id>/changes", Permission.INTERVIEW_PLAN)
def move(interview: Interview) -> ResponseReturnValue:
    """Move an interview or staff it anew; who is on the panel is told, and calendars follow."""
    people = possible_panelists()
    form = forms.move_form(interview, people)

    def save() -> Interview:
        if conflicts.is_stale(form.version.data, interview.version):
            raise Conflict(_changed_sentence(interview))
        starts, ends = form.starts_at(), form.ends_at()
        is_unmoved = (starts, ends) == _to_the_minute(interview)
        return interview_changes.change(
            db.session(),
            interview=interview,
            act=guard.act(),
            starts_at=None if is_unmoved else starts,
            ends_at=None if is_unmoved else ends,
            place=form.place.data or "",
            name=form.name.data or None,
            focus=(form.focus.data or []) if form.shows_focus.data else None,
            panel=form.panel(people),
            status=InterviewStatus.PLANNED,
            reason=form.reason.data or "",
        )

    def again() -> str:
        if general_error(form):  # who saves again has read what has changed
            form.version.data = str(interview.version)
        return _interview_page(interview, form)

    if form.validate() and not conflicts.is_stale(form.version.data, interview.version):
        warnings = schedule_warnings(form, interview.application, people, except_id=interview.id)
        if warnings:
            return _interview_page(interview, form, warnings=warnings), CONFLICT
    return handle_form(
        form,
        save=save,
        again=again,
        home=url_for("interviews.show", interview_id=interview.id),
        flash="Interview changed. The panel is told.",
        fields=forms.FIELDS,
    )


def _to_the_minute(interview: Interview) -> tuple[dt.datetime, dt.datetime]:
    """When an interview stands as the form can say it, so that a form sent back as it was moves nothing."""
    minutes = int((interview.ends_at - interview.starts_at).total_seconds() // 60)
    begins = interview.starts_at.replace(second=0, microsecond=0)
    return begins, begins + dt.timedelta(minutes=minutes)


def _changed_sentence(interview: Interview) -> str:
    """Who changed the interview since a form was made of it, what and when."""
    last = next(reversed(queries.history_of(db.session(), interview)), None)
    change_text = (
        f"{last.by.name} {CHANGE_LABELS[last.kind]} {conflicts.when(last.at)}" if last else "Somebody changed it"
    )
    return f"Not saved. {change_text}. What you typed is kept: look at what is planned now, then save again."


@blueprint.act("/interviews/<int:interview_id>/status", Permission.INTERVIEW_PLAN)
def change(interview: Interview) -> ResponseReturnValue:
    """Cancel an interview, or record that nobody came; the panel is told."""
    new_status = next((status for status in STATUS_MESSAGES if status.value == request.form.get("status")), None)
    if new_status is None:
        raise RuleBroken.at("status", "Choose whether it is cancelled or nobody came.")
    reason, is_stale = (
        request.form.get("reason", ""),
        conflicts.is_stale(request.form.get("version"), interview.version),
    )
    if is_stale and interview.status != InterviewStatus.CANCELLED:
        return _interview_page(interview, None, problem=_changed_sentence(interview), reason=reason), CONFLICT
    return handle_act(
        lambda: interview_changes.change(
            db.session(), interview=interview, act=guard.act(), status=new_status, reason=reason
        ),
        home=application_url(interview.application),
        flash=STATUS_MESSAGES[new_status],
    )
