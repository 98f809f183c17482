"""The page of a person's data: requests with their dates, legal holds, the file for them, erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import DataRequest, LegalHold
from recruiter.privacy.person import person_queries
from recruiter.privacy.requests import request_services
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.privacy.forms import OUTCOMES, EndForm, HoldForm, RequestForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import has_errors


@dataclass(frozen=True)
class RequestRow:
    """One request as the page shows it; `form` ends it, None where it has ended."""

    request: DataRequest
    state: str
    tone: str
    form: EndForm | None


@dataclass(frozen=True)
class DataPage:
    """What the page shows; `erases` whether the reader may take out, erase and hold."""

    title: str
    breadcrumbs: Crumbs
    candidate: Candidate
    requests: Sequence[RequestRow]
    holds: Sequence[LegalHold]
    erases: bool
    request_form: RequestForm
    hold_form: HoldForm


def _row(request: DataRequest, today: dt.date, rejected: EndForm | None) -> RequestRow:
    if request.outcome is not None:
        return RequestRow(request, OUTCOMES[request.outcome], "ok", None)
    came_back = rejected is not None and rejected.request.data == str(request.id)
    form = rejected if came_back else EndForm(formdata=None, data={"request": str(request.id)})
    late = request.due_on < today
    return RequestRow(request, "Overdue" if late else "Open", "late" if late else "accent", form)


def answer(
    candidate: Candidate,
    *,
    request_form: RequestForm | None = None,
    end_form: EndForm | None = None,
    hold_form: HoldForm | None = None,
) -> ResponseReturnValue:
    """The page, with a form that came back where there is one."""
    session, today = db.session(), guard.today()
    numbers = [record.id for record in person_queries.records_of(session, candidate)]
    came_back = [form for form in (request_form, end_form, hold_form) if form is not None and has_errors(form)]
    page = DataPage(
        title=f"Data of {candidate.name}",
        breadcrumbs=breadcrumbs.of_candidate(candidate, "Data"),
        candidate=candidate,
        requests=[_row(request, today, end_form) for request in request_services.requests_of(session, candidate)],
        holds=hold_queries.holds_on(session, candidate_ids=numbers, today=today),
        erases=guard.may(Permission.PERSON_ERASE, candidate),
        request_form=request_form or RequestForm(formdata=None, data={"received_on": today}),
        hold_form=hold_form or HoldForm(formdata=None),
    )
    return render_template("privacy/data.html", page=page, has_errors=bool(came_back))
