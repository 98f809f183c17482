"""A person's data: what they asked, the file for them, erasure, legal holds."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.policy.permissions import Permission
from recruiter.privacy.access import person_file_services, portable_data_services
from recruiter.privacy.corrections import correction_services
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.holds import hold_queries, hold_services
from recruiter.privacy.models import DataRequest, Dispute, DisputedField, RequestKind, RequestOutcome
from recruiter.privacy.person import person_queries
from recruiter.privacy.requests import request_services
from recruiter.request_context import places
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.privacy import data_page, lift_page
from recruiter.web.privacy.area import blueprint
from recruiter.web.privacy.forms import EndForm, ErasureForm, HoldForm, RequestForm, SettleForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form


def _home(candidate: Candidate) -> str:
    return url_for("privacy.data", candidate_id=candidate.id)


@blueprint.page("/candidates/<int:candidate_id>/data", Permission.PERSON_DATA)
def data(candidate: Candidate) -> ResponseReturnValue:
    """What a person asked about their data, and what can be done with it."""
    return data_page.answer(candidate)


@blueprint.act("/candidates/<int:candidate_id>/data-requests", Permission.DATA_REQUEST)
def record_request(candidate: Candidate) -> ResponseReturnValue:
    """Record a request of theirs; it is due in a month."""
    form = RequestForm()

    def save() -> DataRequest:
        return request_services.record(
            db.session(),
            candidate=candidate,
            kind=RequestKind(form.kind.data),
            received_on=form.received_on.data or guard.today(),
            details=form.details.data or "",
            disputed={DisputedField(value) for value in form.disputed.data or []},
            act=guard.act(),
        )

    return handle_form(
        form,
        save=save,
        again=lambda: data_page.answer(candidate, request_form=form),
        home=_home(candidate),
        flash=lambda request: f"Request recorded. Answer {candidate.name} by {request.due_on:%-d %B %Y}.",
    )


@blueprint.act("/candidates/<int:candidate_id>/data-requests/end", Permission.DATA_REQUEST)
def end_request(candidate: Candidate) -> ResponseReturnValue:
    """Say how a request ended."""
    form = EndForm()

    def save() -> DataRequest:
        session, number = db.session(), text.number(form.request.data)
        request = session.get(DataRequest, number) if number is not None else None
        if request is None or request not in request_services.requests_of(session, candidate):
            raise NotFound
        outcome, answer = RequestOutcome(form.outcome.data), form.answer.data or ""
        return request_services.end(session, request=request, outcome=outcome, answer=answer, act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: data_page.answer(candidate, end_form=form),
        home=_home(candidate),
        flash="Request ended.",
    )


@blueprint.act("/candidates/<int:candidate_id>/data-requests/settle", Permission.DATA_REQUEST)
def settle(candidate: Candidate) -> ResponseReturnValue:
    """Correct what they dispute, or keep it with a reason."""
    form = SettleForm()

    def save() -> Dispute:
        session, number = db.session(), text.number(form.dispute.data)
        disputes = (each for request in request_services.requests_of(session, candidate) for each in request.disputes)
        dispute = next((each for each in disputes if each.id == number), None)
        if dispute is None:
            raise NotFound
        value = form.value.data or ""
        if form.act.data == "keep":
            return correction_services.keep(session, dispute=dispute, reason=value, act=guard.act())
        parties = form.informed_parties.data or ""
        return correction_services.correct(
            session, dispute=dispute, value=value, informed_parties=parties, act=guard.act()
        )

    def settled(dispute: Dispute) -> str:
        if not dispute.corrected:
            return f"{dispute.field.label} stays as it is."
        return f"{dispute.field.label} corrected. Who decides on {candidate.name} has a follow-up."

    return handle_form(
        form,
        save=save,
        again=lambda: data_page.answer(candidate, settle_form=form),
        home=_home(candidate),
        flash=settled,
    )


@blueprint.act("/candidates/<int:candidate_id>/data.zip", Permission.PERSON_EXPORT)
def take_out(candidate: Candidate) -> ResponseReturnValue:
    """Everything that is held about a person, for them; that it was taken out is on record."""
    session, act = db.session(), guard.act()
    records = person_queries.records_of(session, candidate)
    scope = person_file_services.scope_for(session, records=records, viewer=guard.actor())
    content = person_file_services.take_out(session, records=records, act=act, scope=scope)
    store = guard.settings().files
    packed = person_file_services.as_zip(session, records=records, content=content, store=store)
    return _zip(packed, f"candidate-{candidate.id}-data.zip")


@blueprint.act("/candidates/<int:candidate_id>/portable-data.zip", Permission.PERSON_EXPORT)
def take_out_provided(candidate: Candidate) -> ResponseReturnValue:
    """What the person gave us, to take along."""
    session = db.session()
    records = person_queries.records_of(session, candidate)
    content = portable_data_services.take_out(session, records=records, act=guard.act())
    packed = portable_data_services.as_zip(session, records=records, content=content, store=guard.settings().files)
    return _zip(packed, f"candidate-{candidate.id}-portable.zip")


def _zip(packed: bytes, name: str) -> Response:
    response = Response(packed, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.form("/candidates/<int:candidate_id>/erasure", Permission.PERSON_ERASE)
def erase(candidate: Candidate) -> ResponseReturnValue:
    """Erase a person, after a page that says what goes, what stays and why."""
    form, number = ErasureForm(), candidate.id

    def again() -> str:
        session = db.session()
        numbers = [record.id for record in person_queries.records_of(session, candidate)]
        holds = hold_queries.holds_on(session, candidate_ids=numbers, today=guard.today())
        page = FormPage(f"Erase {candidate.name}", breadcrumbs.of_candidate(candidate, "Erase"), form)
        requests = request_services.unanswered(session, numbers)
        return page.rendered("privacy/erase.html", candidate=candidate, holds=holds, requests=requests)

    return handle_form(
        form,
        save=lambda: erasure_services.erase(db.session(), candidate=candidate, places=places(), act=guard.act()),
        again=again,
        home=url_for("candidates.index"),
        flash=f"Erased. What stays is shown as Erased person {number}.",
    )


@blueprint.act("/candidates/<int:candidate_id>/legal-holds", Permission.LEGAL_HOLD)
def set_hold(candidate: Candidate) -> ResponseReturnValue:
    """Keep everything of a person until a day."""
    form = HoldForm()
    return handle_form(
        form,
        save=lambda: hold_services.set_hold(
            db.session(),
            subject=candidate,
            reason=form.reason.data or "",
            until=form.until.data or guard.today(),
            act=guard.act(),
        ),
        again=lambda: data_page.answer(candidate, hold_form=form),
        home=_home(candidate),
        flash=lambda hold: f"Legal hold set. Nothing of {candidate.name} is erased until {hold.until:%-d %B %Y}.",
    )


@blueprint.form("/candidates/<int:candidate_id>/legal-holds/<int:hold>/lift", Permission.LEGAL_HOLD)
def lift_hold(candidate: Candidate, hold: int) -> ResponseReturnValue:
    """End a hold on a person before its day, after a page that says what can be erased then."""
    session = db.session()
    numbers = [record.id for record in person_queries.records_of(session, candidate)]
    holds = hold_queries.holds_on(session, candidate_ids=numbers, today=guard.today())
    subject = next((each for each in holds if each.id == hold and each.candidate_id is not None), None)
    if subject is None:
        raise NotFound
    return lift_page.answer(
        subject,
        of=candidate.name,
        home=_home(candidate),
        breadcrumbs=breadcrumbs.of_candidate(candidate, "Lift hold"),
    )
