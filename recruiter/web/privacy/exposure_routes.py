"""Whose data an account could see in a time: for an administrator who looks into a stolen password, laptop or token."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from wtforms import SelectField

from recruiter.accounts.models import User
from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.policy import exposure_queries, scopes
from recruiter.policy.exposure_rules import Seen
from recruiter.policy.permissions import Permission
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.privacy.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.choice_fields import people
from recruiter.web.request.date_fields import day
from recruiter.web.request.form_handling import has_errors

MOST = 200  # candidates on the page


class ExposureForm(FlaskForm):
    """Which account, from which day to which."""

    account = SelectField("Account")
    start = day("From", required="Enter the first day.")
    end = day("Until", required="Enter the last day.")


@dataclass(frozen=True)
class Exposure:
    """What the question found: the first candidates within the reader's sight; how many in words, how often somebody signed in."""

    name: str
    count: str
    sign_ins: str
    out_of_sight: str
    is_cut: bool
    candidates: list[tuple[Seen, Candidate]]


@dataclass(frozen=True)
class ExposurePage:
    """What the page shows; `exposure` is None until somebody has asked."""

    title: str
    breadcrumbs: Crumbs
    form: ExposureForm
    exposure: Exposure | None


@blueprint.page("/settings/exposure", Permission.EXPOSURE)
def exposure() -> ResponseReturnValue:
    """Say whose data an account could see between two days."""
    session = db.session()
    users = list(session.scalars(select(User).order_by(func.lower(User.name), User.id)))
    form = ExposureForm(request.args, meta={"csrf": False})
    form.account.choices = people(users, nobody="Choose an account")
    exposed = _answer(form, users) if request.args else None
    page = ExposurePage("Exposure of an account", breadcrumbs.of_settings("Exposure of an account"), form, exposed)
    return render_template("privacy/exposure.html", page=page, has_errors=has_errors(form))


def _answer(form: ExposureForm, users: list[User]) -> Exposure | None:
    """What the form asks for; None where it has to be mended first."""
    chosen = next((user for user in users if str(user.id) == form.account.data), None)
    if not form.validate() or form.start.data is None or form.end.data is None:
        return None
    if chosen is None:
        form.account.errors = ["Choose an account."]
    elif form.start.data > form.end.data:
        form.end.errors = ["Choose a day on or after the first."]
    else:
        return _exposure(chosen, form.start.data, form.end.data)
    return None


def _exposure(user: User, first: dt.date, last: dt.date) -> Exposure:
    session, zone = db.session(), guard.zone()
    start = dt.datetime.combine(first, dt.time.min, zone)
    end = min(dt.datetime.combine(last, dt.time.max, zone), guard.now())
    seen = exposure_queries.exposed(session, user=user, start=start, end=end)
    within = candidates.ids_in_sight(
        session, {record.id for _, record in seen}, within=scopes.candidates(guard.actor())
    )
    visible = [(each, record) for each, record in seen if record.id in within or record.erased_at is not None]
    hidden = len(seen) - len(visible)
    return Exposure(
        name=user.name,
        count=wording.plural(len(visible), "candidate"),
        sign_ins=wording.plural(exposure_queries.sign_ins(session, user=user, start=start, end=end), "sign-in"),
        out_of_sight=wording.plural(hidden, "more candidate") if hidden else "",
        is_cut=len(visible) > MOST,
        candidates=visible[:MOST],
    )
