"""The page of a person: applications within sight, and the timeline of everything that happened on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruiter.candidates import queries
from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.interviews import queries as interviews
from recruiter.pipeline import history_queries
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy.corrections import correction_queries
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import timeline as sent
from recruiter.web.candidates import forms
from recruiter.web.layout import breadcrumbs
from recruiter.web.pipeline.application import records, timeline, timeline_events
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm, general_error, has_errors

AT_MOST = 200


@dataclass(frozen=True)
class PersonPage:
    """One person across requisitions; `agreed` is that we may keep in touch, for those who may ask them."""

    title: str
    candidate: Candidate
    applications: list[Application]
    merged_applications: list[Application]
    aliases: list[str]
    breadcrumbs: breadcrumbs.Crumbs
    sees_contacts: bool
    edits: bool
    merges: bool
    records: records.Records
    days: list[timeline.Day]
    filters: list[tuple[str, str, bool]]
    form: forms.ApplyForm | None
    agreed: Consent | None
    asks_data: bool
    disputed: str

    @property
    def problem(self) -> str:
        """What was wrong with the form that enters them for a requisition, and belongs to none of its fields."""
        return general_error(self.form) if self.form else ""


def _seen_requisitions() -> list[Requisition]:
    return requisitions.page(db.session(), within=scopes.requisitions(guard.actor()), limit=AT_MOST).items


def open_requisitions(seen: Sequence[Requisition] | None = None) -> list[Requisition]:
    """Requisitions within sight that somebody may be entered for: those that are still to be filled."""
    takes_people = {RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD}
    visible = _seen_requisitions() if seen is None else seen
    return [requisition for requisition in visible if requisition.status in takes_people]


def _known_duplicates(candidate: Candidate, applications: Sequence[Application]) -> list[Candidate]:
    """The records merged into somebody's, for whoever merged them or sees all their applications.

    To others a merge would tell that there is an application that is hidden from them.
    """
    session, viewer = db.session(), guard.actor()
    duplicates = queries.merged_into(session, candidate)
    if not duplicates or history_queries.application_count(session, candidate) == len(applications):
        return duplicates
    return [duplicate for duplicate in duplicates if duplicate.merged_by == viewer]


def _events(
    candidate: Candidate, applications: Sequence[Application], duplicates: Sequence[Candidate]
) -> list[timeline.Event]:
    """What happened on the applications; where the viewer owes a card, no words and nothing that tells how it stands."""
    session, viewer, zone = db.session(), guard.actor(), guard.zone()
    ids = [application.id for application in applications]
    owed = scorecards.owed_application_ids(session, viewer=viewer, application_ids=ids)
    changes = [
        (interview.application_id, timeline.interview_event(interview))
        for interview in interviews.of_applications(session, ids)
        if interview.starts_at <= guard.now()
    ]
    changes += timeline_events.changes_of(session, ids, quiet_on=owed, quiet_talks=True)  # the application tells why
    for card in sent.submitted_cards_of(session, ids):
        if card.application_id not in owed or card.author_id == viewer.id:
            action = f"sent a scorecard on {card.interview}"
            event = timeline.Event(card.at, "star", card.author, action, tone="ok", kind="interviews")
            changes.append((card.application_id, event))
    titles = {application.id: application.requisition.title for application in applications}
    if len(titles) == 1:  # nothing to tell apart
        titles = dict.fromkeys(titles, "")
    events = [timeline.with_requisition(event, titles[application_id]) for application_id, event in changes]
    for duplicate in duplicates:
        if duplicate.merged_at is not None and duplicate.merged_by is not None:
            action = f"found that the record of {duplicate.name} is this person, and merged the two"
            events.append(timeline.Event(duplicate.merged_at, "people", duplicate.merged_by.name, action))
    if viewer.is_staff:
        readable_ids = [application_id for application_id in ids if application_id not in owed]
        events += timeline_events.of_applications(
            session, readable_ids, name=candidate.name, pay=viewer.pay_view, now=guard.now(), zone=zone
        )
    return events


def answer(
    candidate: Candidate, form: forms.ApplyForm | None = None, *, failed: RejectedForm | None = None
) -> ResponseReturnValue:
    """The page of a person, with a form that came back where there is one."""
    came_back = failed is not None or (form is not None and has_errors(form))
    session, actor = db.session(), guard.actor()
    seen = _seen_requisitions()  # read first, so that the applications find their requisitions loaded
    within = scopes.applications(actor)
    applications = pipeline.page(session, within=within, limit=AT_MOST, candidate_id=candidate.id).items
    entered_ids = {application.requisition_id for application in applications}
    joinable = [requisition for requisition in open_requisitions(seen) if requisition.id not in entered_ids]
    record_page = records.of(candidate, failed=failed)
    if form is None and joinable and guard.may(Permission.APPLICATION_CREATE):
        form = forms.ApplyForm.for_requisitions(joinable, record_page.people)
    elif form is not None:
        form.offer(joinable)
    duplicates = _known_duplicates(candidate, applications)
    events = [*_events(candidate, applications, duplicates), *record_page.events]
    chosen_events, filters = timeline_events.filter_events(events, request.args.get("show"))
    edits, asks = guard.may(Permission.CANDIDATE_EDIT, candidate), record_page.writes
    page = PersonPage(
        title=candidate.name,
        candidate=candidate,
        applications=applications,
        merged_applications=pipeline.under_merged_records(session, duplicates, within=within),
        aliases=queries.aliases_of(session, candidate) if duplicates else [],
        breadcrumbs=breadcrumbs.of_candidate(candidate),
        sees_contacts=actor.is_staff,
        edits=edits,
        merges=edits and guard.may(Permission.CANDIDATE_DUPLICATES),
        records=record_page,
        days=timeline.by_day(chosen_events, guard.zone()),
        filters=filters,
        form=form,
        disputed=correction_queries.disputed_now(session, candidate.id),
        asks_data=edits,  # who may change them: the same people, without another statement
        agreed=consent_services.current_consent(session, candidate, today=guard.today()) if asks else None,
    )
    return render_template("candidates/show.html", page=page, has_errors=came_back)
