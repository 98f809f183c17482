"""The list of people: those who work here or those whose accounts have ended, each with what can be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for

from recruiter.accounts import queries
from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.web.accounts.forms import PersonForm
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.layout.shell import role_label
from recruiter.web.request import guard


class State(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    INVITED = "invited"
    DISABLED = "disabled"


BADGES = {State.ACTIVE: ("Active", "ok"), State.INVITED: ("Invited", "due"), State.DISABLED: ("Disabled", "")}
FILTERS = {"": ("Active", {State.ACTIVE, State.INVITED}), "disabled": ("Disabled", {State.DISABLED})}


@dataclass(frozen=True)
class PersonRow:
    """Somebody with an account."""

    id: int
    name: str
    email: str
    role: str
    team: str
    pay: str
    state: tuple[str, str]
    is_active: bool
    is_self: bool
    invitation: str


@dataclass(frozen=True)
class Filter:
    """A choice of the list, and how many it has."""

    label: str
    href: str
    current: bool
    count: int


@dataclass(frozen=True)
class PeoplePage(FormPage):
    """The people of a state, beside the form that invites somebody."""

    filters: list[Filter]
    rows: list[PersonRow]
    shows_disabled: bool
    q: str
    all_href: str


def _state(user: User) -> State:
    if not user.active:
        return State.DISABLED
    return State.ACTIVE if user.password_hash else State.INVITED


def _row(user: User) -> PersonRow:
    state = _state(user)
    return PersonRow(
        user.id, user.name, user.email, role_label(user.role), user.team, "Sees pay" if user.pay_view else "",
        BADGES[state], user.active, user.id == guard.actor().id,
        "Send again" if state == State.INVITED else "New invitation",
    )  # fmt: skip


def _matches(user: User, q: str) -> bool:
    """Whether every word of a search is in the name, the address or the team of somebody."""
    about = text.folded(f"{user.name} {user.email} {user.team}")
    return all(word in about for word in text.folded(q).split())


def people_page(form: PersonForm, *, state: str, q: str = "") -> PeoplePage:
    """The page; an unknown state shows who works here, `q` those whom a search finds among them."""
    chosen = state if state in FILTERS else ""
    people = queries.everybody(db.session())
    counts = Counter(map(_state, people))
    filters = [
        Filter(
            label, url_for("accounts.people", state=key or None), key == chosen, sum(counts[each] for each in states)
        )
        for key, (label, states) in FILTERS.items()
    ]
    rows = [_row(user) for user in people if _state(user) in FILTERS[chosen][1] and _matches(user, q)]
    way = crumbs.of_settings("People")
    return PeoplePage(
        "People",
        way,
        form,
        filters=filters,
        rows=rows,
        shows_disabled=chosen == "disabled",
        q=q,
        all_href=url_for("accounts.people", state=chosen or None),
    )
