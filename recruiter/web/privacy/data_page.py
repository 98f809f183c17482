"""The page of a person's data: requests with their dates, legal holds, the file for them, erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.privacy.corrections import correction_queries, correction_rules
from recruiter.privacy.corrections.correction_queries import UsedRanking
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import DataRequest, Dispute, LegalHold
from recruiter.privacy.person import person_queries
from recruiter.privacy.requests import request_services
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.privacy.forms import ENDED, EndForm, HoldForm, RequestForm, SettleForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import has_errors


@dataclass(frozen=True)
class DisputeRow:
    """One disputed field: its form while it is open, else how it was settled and which rankings had used it."""

    dispute: Dispute
    state: str
    form: SettleForm | None
    value_hint: str
    rankings: Sequence[RankingRow]


@dataclass(frozen=True)
class RankingRow:
    """A ranking that used a value which was corrected since: when it was made, on which search, and what came of it."""

    used: UsedRanking
    sentence: str
    may_rank: bool


@dataclass(frozen=True)
class RequestRow:
    """One request as the page shows it; `form` ends it, None where it has ended."""

    request: DataRequest
    state: str
    tone: str
    form: EndForm | None
    disputes: Sequence[DisputeRow]


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


def _row(request: DataRequest, today: dt.date, rejected: EndForm | None, settle_form: SettleForm | None) -> RequestRow:
    disputes = [_dispute_row(each, settle_form) for each in request.disputes]
    if request.outcome is not None:
        return RequestRow(request, ENDED[request.outcome], "ok", None, disputes)
    came_back = rejected is not None and rejected.request.data == str(request.id)
    form = rejected if came_back else EndForm(formdata=None, data={"request": str(request.id)})
    late = request.due_on < today
    return RequestRow(request, "Overdue" if late else "Open", "late" if late else "accent", form, disputes)


def _dispute_row(dispute: Dispute, rejected: SettleForm | None) -> DisputeRow:
    is_value = dispute.field in correction_rules.VALUES
    hint = "One a line." if dispute.field in correction_rules.LISTS else ""
    if not is_value:
        hint = "Correct it where it was written: amend the scorecard, edit the note. Then say here what was corrected."
    if dispute.settled_at is not None:
        rankings = [_ranking_row(each) for each in correction_queries.rankings_that_used(db.session(), dispute)]
        return DisputeRow(dispute, "Corrected" if dispute.corrected else "Kept", None, "", rankings)
    if rejected is not None and rejected.dispute.data == str(dispute.id):
        return DisputeRow(dispute, "Disputed", rejected, hint, [])
    record = candidates.surviving_record(db.session(), dispute.request.candidate)
    now = correction_rules.value_of(record, dispute.field)
    form = SettleForm(formdata=None, data={"dispute": str(dispute.id), "value": now})
    return DisputeRow(dispute, "Disputed", form, hint, [])


def _ranking_row(used: UsedRanking) -> RankingRow:
    if used.again is None:
        return RankingRow(used, "It used the scorecards from before.", guard.may(Permission.RANKING_AGAIN, used.before))
    session, requisition = db.session(), used.before.requisition
    if not guard.may(Permission.RANKING_REPLAY, used.before) or scorecards.owes_on_slate(
        session, viewer=guard.actor(), requisition=requisition
    ):
        return RankingRow(used, "It was made again since.", may_rank=False)
    readings.note(session, viewer=guard.actor(), application_ids=[used.application_id])
    before, again = used.place_before, used.place_again
    sentence = f"Made again: place {before} before, {again} now." if again else "Made again: not ranked now."
    return RankingRow(used, sentence, may_rank=False)


def _open_first(rows: Sequence[RequestRow]) -> list[RequestRow]:
    waiting = [row for row in rows if row.request.outcome is None]
    ended = [row for row in rows if row.request.outcome is not None]
    return [*sorted(waiting, key=lambda row: row.request.due_on), *ended]


def answer(
    candidate: Candidate,
    *,
    request_form: RequestForm | None = None,
    end_form: EndForm | None = None,
    hold_form: HoldForm | None = None,
    settle_form: SettleForm | None = None,
) -> ResponseReturnValue:
    """The page, with a form that came back where there is one."""
    session, today = db.session(), guard.today()
    numbers = [record.id for record in person_queries.records_of(session, candidate)]
    requests = request_services.requests_of(session, candidate)
    came_back = [
        form for form in (request_form, end_form, hold_form, settle_form) if form is not None and has_errors(form)
    ]
    page = DataPage(
        title=f"Data of {candidate.name}",
        breadcrumbs=breadcrumbs.of_candidate(candidate, "Data"),
        candidate=candidate,
        requests=_open_first([_row(each, today, end_form, settle_form) for each in requests]),
        holds=hold_queries.holds_on(session, candidate_ids=numbers, today=today),
        erases=guard.may(Permission.PERSON_ERASE, candidate),
        request_form=request_form or RequestForm(formdata=None, data={"received_on": today}),
        hold_form=hold_form or HoldForm(formdata=None),
    )
    return render_template("privacy/data.html", page=page, has_errors=bool(came_back))
