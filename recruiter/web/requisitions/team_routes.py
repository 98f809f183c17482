"""Who runs a search, who sees it and how many seats it has, changed while it goes on; and searches that nobody reaches any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import SEARCHERS, User
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.foundation.wording import listing
from recruiter.handover import team_services as handover
from recruiter.offers import opening_services
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries, rules, team_services
from recruiter.requisitions.models import Requisition
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.conflicts import changed_sentence, is_stale
from recruiter.web.request.form_handling import handle_act, handle_form
from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import long_text
from recruiter.web.requisitions.area import blueprint

MOST_NAMED = 30  # of those who no longer see a search
KEPT = "What you chose is kept. Compare it with the history below, then save again."
COUNT = f"Give between 1 and {rules.MOST_OPENINGS} openings."


class TeamForm(FlaskForm):
    """The people and seats of a requisition as they are to be, and why."""

    version = HiddenField()
    hiring_manager = SelectField("Hiring manager", validators=[InputRequired("Choose who hires.")])
    recruiters = SelectMultipleField("Recruiters")
    confidential = BooleanField("Confidential: only its own people see it")
    access = SelectMultipleField("Others with access")
    openings = WholeNumberField(
        "Openings", validators=[InputRequired(COUNT), NumberRange(1, rules.MOST_OPENINGS, COUNT)]
    )
    reason = long_text("Reason", longest=2000)
    users: Sequence[User] = ()
    able: Sequence[User] = ()  # those of them who could be its recruiters

    @classmethod
    def of(cls, requisition: Requisition) -> Self:
        """The form as a requisition stands; whoever can no longer sign in is offered only where they are on it."""
        form = cls(
            version=str(requisition.version),
            hiring_manager=str(requisition.hiring_manager_id),
            recruiters=[str(user.id) for user in requisition.recruiters],
            confidential=requisition.confidential,
            access=[str(user.id) for user in requisition.with_access],
            openings=len(requisition.seats),
        )
        team = {requisition.hiring_manager, *requisition.recruiters, *requisition.with_access}
        form.users = [user for user in accounts.everybody(db.session()) if user.active or user in team]
        form.hiring_manager.choices = pairs((str(user.id), _label(user)) for user in form.users if user.is_staff)
        form.able = [user for user in form.users if user.role in SEARCHERS or user in requisition.recruiters]
        form.recruiters.choices = pairs((str(user.id), _label(user)) for user in form.able)
        form.access.choices = pairs((str(user.id), _label(user)) for user in form.users)
        return form

    def terms(self) -> team_services.TeamTerms:
        """What was chosen."""
        users = {str(user.id): user for user in self.users}
        return team_services.TeamTerms(
            hiring_manager=users[self.hiring_manager.data],
            recruiters=[users[number] for number in self.recruiters.data or []],
            access=[users[number] for number in self.access.data or []],
            confidential=bool(self.confidential.data),
        )

    def people_lists(self) -> list[PeopleList]:
        """The two lists as the page shows them; with access are offered only those who do not run the search."""
        runs = {self.hiring_manager.data, *(self.recruiters.data or [])}
        access = [user for user in self.users if str(user.id) not in runs or str(user.id) in (self.access.data or [])]
        return [
            PeopleList.of(self.recruiters, self.able, "They run the search with the hiring manager."),
            PeopleList.of(self.access, access, "They see a confidential search without running it."),
        ]


@dataclass(frozen=True)
class PeopleList:
    """Some people to tick: those who are ticked first, then the others by team."""

    field: SelectMultipleField
    hint: str
    chosen: list[tuple[str, str]]
    others: list[tuple[str, list[tuple[str, str]]]]

    @classmethod
    def of(cls, field: SelectMultipleField, users: Sequence[User], hint: str) -> Self:
        """The list of a field; who has no team comes last."""
        values = set(field.data or [])
        chosen = [(str(user.id), _label(user)) for user in users if str(user.id) in values]
        left = [user for user in users if str(user.id) not in values]
        teams = sorted({user.team for user in left}, key=lambda team: (not team, text.folded(team)))
        others = [
            (team or "No team", [(str(user.id), user.name) for user in left if user.team == team]) for team in teams
        ]
        return cls(field, hint, chosen, others)

    @property
    def count(self) -> int:
        """How many more there are to choose from."""
        return sum(len(people) for _, people in self.others)


def _label(user: User) -> str:
    name = f"{user.name}, {user.team}" if user.team else user.name
    return name if user.active else f"{name} (can no longer sign in)"


@blueprint.form("/requisitions/<requisition_ref>/team", Permission.REQUISITION_EDIT)
def team(requisition: Requisition) -> ResponseReturnValue:
    """Change who runs a requisition, who sees it and how many seats it has; each change is kept with its reason."""
    session, form = db.session(), TeamForm.of(requisition)
    before: list[User] = []

    def save() -> Requisition:
        submitted, form.version.data = form.version.data, str(requisition.version)
        if is_stale(submitted, requisition.version):
            raise Overtaken(changed_sentence(requisition, "requisition", then=KEPT))
        before.extend(session.scalars(scopes.readers(requisition)))
        reason, n_changes = form.reason.data or "", len(queries.history_of(session, requisition))
        handover.change_team(session, requisition=requisition, terms=form.terms(), act=guard.act(), reason=reason)
        count = form.openings.data or 0
        opening_services.change_openings(session, requisition=requisition, count=count, act=guard.act(), reason=reason)
        if text.clean(reason) and len(queries.history_of(session, requisition)) == n_changes:
            raise RuleBroken.at("reason", "Nothing changed, so the reason was not kept.")
        return requisition

    def again() -> str:
        page = FormPage(requisition.title, breadcrumbs.of_requisition(requisition, "People and openings"), form)
        return page.rendered(
            "requisitions/team.html",
            requisition=requisition,
            tabs=tabs.requisition_tabs(requisition, "setup"),
            lists=form.people_lists(),
            history=queries.history_of(session, requisition),
        )

    def home(_: Requisition) -> str:
        if guard.may(Permission.REQUISITION_EDIT, requisition):
            return url_for("requisitions.team", requisition_ref=requisition.key)
        return url_for("requisitions.index")  # whoever has handed the search over may not see it any more

    def flash(saved: Requisition) -> str:
        seeing = set(session.scalars(scopes.readers(saved)))
        return f"{saved.key} saved.{_unseeing([user.name for user in before if user not in seeing])}"

    return handle_form(form, save=save, again=again, home=home, flash=flash)


def _unseeing(names: Sequence[str]) -> str:
    """Who no longer sees a requisition after a change, as a sentence; empty for nobody."""
    if not names:
        return ""
    others = len(names) - MOST_NAMED
    parts = [*names[:MOST_NAMED], f"{others} more"] if others > 1 else names
    verb = "no longer sees it" if len(names) == 1 else "no longer see it"
    return f" {listing(parts)} {verb}. Panels still see the candidates they meet."


@blueprint.page("/settings/unreachable-searches", Permission.SEARCH_RECOVER)
def unreachable() -> str:
    """The confidential searches of which nobody who is on them can sign in any more: their keys alone."""
    searches = queries.abandoned_requisitions(db.session())
    page = FormPage(
        "Searches that nobody reaches", breadcrumbs.of_settings("Searches that nobody reaches"), FlaskForm()
    )
    return page.rendered("requisitions/unreachable.html", searches=searches)


@blueprint.act("/settings/unreachable-searches/<int:number>", Permission.SEARCH_RECOVER)
def recover(number: int) -> ResponseReturnValue:
    """Let an administrator in to such a search, with the reason on record."""
    requisition = queries.abandoned_requisition(db.session(), number)
    return handle_act(
        lambda: team_services.let_administrator_in(
            db.session(), requisition=requisition, reason=request.form.get("reason", ""), act=guard.act()
        ),
        home=lambda saved: url_for("requisitions.team", requisition_ref=saved.key),
        flash="You have access now, and it is on record. Name who runs this search.",
        refused=url_for("requisitions.unreachable"),
    )
