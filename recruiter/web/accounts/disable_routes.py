"""Ending an account: first what ends with it and what becomes of its person's work, then the button."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.accounts import queries
from recruiter.accounts.models import User
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.handover import queries as handover_queries
from recruiter.handover import services as handover
from recruiter.policy.permissions import Permission
from recruiter.web.accounts.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form


@dataclass(frozen=True)
class DisablePage(FormPage):
    """Who is disabled, what ends with the account, and what becomes of their work."""

    user: User
    ends: list[str]
    work: list[str]


def _ends(user: User) -> list[str]:
    session, now = db.session(), guard.now()
    sessions = len(queries.sessions_of(session, user, now=now))
    tokens = queries.tokens_of(session, user, now=now)
    token_names = wording.listing([token.name for token in tokens if token.name])
    sentences = ["They can no longer sign in."]
    if sessions:
        sentences.append(f"They are signed out in {wording.plural(sessions, 'browser')}.")
    if tokens:
        count = wording.plural(len(tokens), "API token")
        sentences.append(f"{count} revoked for good{f': {token_names}' if token_names else ''}.")
    return sentences


@blueprint.form("/settings/people/<int:user_id>/end", Permission.PEOPLE_EDIT)
def disable(user: User) -> ResponseReturnValue:
    """Say what follows, then end an account; its sessions and tokens stop at once. Nobody ends their own."""
    form = FlaskForm()
    way = crumbs.of_settings(("People", url_for("accounts.people")), user.name)

    def again() -> str:
        page = DisablePage(
            f"Disable {user.name}?",
            way,
            form,
            user=user,
            ends=_ends(user),
            work=handover_queries.duties_of(db.session(), user, moment=guard.act()).sentences,
        )
        return page.rendered("accounts/disable.html")

    return handle_form(
        form,
        save=lambda: handover.disable(db.session(), user=user, act=guard.act()),
        again=again,
        home=url_for("accounts.people"),
        flash=lambda duties: " ".join([f"{user.name} can no longer sign in.", *duties.sentences]),
    )
