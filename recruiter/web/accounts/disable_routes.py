"""Ending an account: first what ends with it and what its person leaves behind, then the button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from recruiter.accounts import people_services, queries
from recruiter.accounts.models import User
from recruiter.candidates.models import Task
from recruiter.candidates.records import record_queries
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.interviews import queries as interviews
from recruiter.offers.approval import chain_queries
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.web.accounts.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.conflicts import when
from recruiter.web.request.form_handling import handle_form

FAR = dt.date(2099, 12, 31)
MOST = 200


@dataclass(frozen=True)
class Duty:
    """Something that waits for somebody, and where it is handed to somebody else."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class DisablePage(FormPage):
    """Who is disabled, what ends with the account, and what they leave to others."""

    user: User
    ends: list[str]
    duties: list[Duty]


def _ends(user: User) -> list[str]:
    session, now = db.session(), guard.now()
    sessions = len(queries.sessions_of(session, user, now=now))
    tokens = queries.tokens_of(session, user, now=now)
    names = ", ".join(token.name for token in tokens if token.name)
    listed = f" ({names})" if names else ""
    return [
        f"They are signed out ({wording.plural(sessions, 'session')})." if sessions else "They can no longer sign in.",
        f"{wording.plural(len(tokens), 'API token')} stopped{listed}. That can't be undone."
        if tokens
        else "They have no API tokens.",
    ]


def _hidden(count: int, singular: str, many: str) -> list[Duty]:
    return [Duty(f"{wording.plural(count, singular, many)} that you don't see")] if count else []


def _interviews(user: User, visible: set[int]) -> Iterable[Duty]:
    planned = [each for each in interviews.of_person(db.session(), user.id) if each.starts_at > guard.now()]
    seen = [each for each in reversed(planned) if each.application.requisition_id in visible]
    for each in seen:
        label = f"Interview with {each.application.candidate.name}, {each.name}, {when(each.starts_at)}"
        yield Duty(label, url_for("interviews.show", interview_id=each.id))
    yield from _hidden(len(planned) - len(seen), "coming interview", "coming interviews")


def _searches(user: User, visible: set[int]) -> Iterable[Duty]:
    every = select(Requisition.id)
    run = requisitions.open_of_user(db.session(), user_id=user.id, within=every, limit=MOST)
    seen = [row for row in run if row[0] in visible]
    for _, key, title in seen:
        yield Duty(f"Runs {title}, {key}", url_for("requisitions.team", requisition_ref=key))
    yield from _hidden(len(run) - len(seen), "requisition that they run", "requisitions that they run")


def _others(user: User) -> Iterable[Duty]:
    session = db.session()
    for chain in chain_queries.chains_for(session):
        if any(seat.user_id == user.id for group in chain.groups for seat in group.seats):
            yield Duty(f"Approves in the chain {chain.name}", url_for("approvals.chains"))
    tasks = record_queries.tasks_due(session, assignee_id=user.id, until=FAR, within=select(Task.id), limit=MOST)
    if tasks:
        yield Duty(f"Has {wording.plural(len(tasks), 'open follow-up')}")


@blueprint.form("/settings/people/<int:user_id>/end", Permission.PEOPLE_EDIT)
def disable(user: User) -> ResponseReturnValue:
    """Say what follows, then end an account; its sessions and tokens stop at once. Nobody ends their own."""
    form = FlaskForm()

    def again() -> str:
        visible = set(db.session.scalars(scopes.requisitions(guard.actor())))
        duties = [*_interviews(user, visible), *_searches(user, visible), *_others(user)]
        way = crumbs.of_settings(("People", url_for("accounts.people")), user.name)
        page = DisablePage(f"Disable {user.name}?", way, form, user=user, ends=_ends(user), duties=duties)
        return page.rendered("accounts/disable.html")

    return handle_form(
        form,
        save=lambda: people_services.disable(db.session(), user=user, act=guard.act()),
        again=again,
        home=url_for("accounts.people"),
        flash=f"{user.name} can no longer sign in. You find them under Disabled.",
    )
