"""What stands round every page: navigation by role, flashes, theme."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from flask import Flask, g, get_flashed_messages, request, url_for

from recruiter.accounts.models import EVERYBODY, SEARCHERS, STAFF, Role, User
from recruiter.accounts.rules import TimeLeft
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import scopes
from recruiter.requisitions import queries as requisitions
from recruiter.web.layout import shortcuts
from recruiter.web.request import guard, step_up
from recruiter.web.text import message_warnings

SHOWN_REQUISITIONS = 6

Entries = tuple[tuple[str, str, str, AbstractSet[Role]], ...]  # label, endpoint, icon, whose

MAIN: Entries = (
    ("Today", "today.index", "home", EVERYBODY),
    ("Keep warm", "keepwarm.index", "flame", STAFF),
    ("My scorecards", "scorecards.index", "star", EVERYBODY - {Role.APPROVER}),
    ("Requisitions", "requisitions.index", "board", STAFF),
)
ORGANISATION: Entries = (
    ("Candidates", "candidates.index", "people", STAFF),
    ("Budget cases", "budget.index", "doc", STAFF | {Role.APPROVER}),
    ("Reports", "reports.index", "chart", STAFF),
    ("Model", "model.show", "scale", STAFF),
    ("Bias audit", "bias_audit.show", "chart", SEARCHERS | {Role.APPROVER}),
    ("Import", "exchange.index", "up", SEARCHERS),
    ("Settings", "settings.index", "gear", EVERYBODY),
)
PHONE: Entries = (
    ("Today", "today.index", "home", EVERYBODY),
    ("Requisitions", "requisitions.index", "board", STAFF),
    ("My scorecards", "scorecards.index", "star", {Role.INTERVIEWER}),
    ("Budget cases", "budget.index", "doc", {Role.APPROVER}),
    ("Keep warm", "keepwarm.index", "flame", STAFF),
    ("Find", "search.index", "search", EVERYBODY),
    ("More", "accounts.account", "more", EVERYBODY),
)


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: str
    href: str
    icon: str
    current: bool
    go: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame of a page for whoever is signed in."""

    organisation: str
    user_name: str
    role_label: str
    nav: list[Item]
    phone_nav: list[Item]
    requisitions: list[Item]
    organisation_nav: list[Item]
    time_left: TimeLeft

    @property
    def going(self) -> list[shortcuts.Shortcut]:
        """Where `g` and a letter lead."""
        return shortcuts.going([(item.go, item.label) for item in [*self.nav, *self.organisation_nav]])

    @property
    def every_key(self) -> list[shortcuts.Shortcut]:
        """Every key: those that stay, and those of a single letter, which can be turned off."""
        return [*shortcuts.ALWAYS, *shortcuts.SINGLE, *self.going]


def role_label(role: Role) -> str:
    """A role in words."""
    return role.value.replace("_", " ").capitalize()


def main_items(user: User) -> list[Item]:
    """The first pages of somebody's day."""
    return _items(MAIN, user)


def organisation_items(user: User) -> list[Item]:
    """What the organisation offers to somebody; the account page of a phone lists it too."""
    return _items(ORGANISATION, user)


def _items(entries: Entries, user: User) -> list[Item]:
    return [
        Item(label, url_for(endpoint), icon, request.endpoint == endpoint, go=shortcuts.GO.get(endpoint, ""))
        for label, endpoint, icon, roles in entries
        if user.role in roles
    ]


def _own(user: User) -> list[Item]:
    if not user.is_staff:
        return []
    here = str((request.view_args or {}).get("requisition_ref", "")).upper()
    rows = requisitions.open_of_user(
        db.session(), user_id=user.id, within=scopes.searches(user), limit=SHOWN_REQUISITIONS
    )
    return [
        Item(title, url_for("requisitions.board", requisition_ref=key), "board", here in {key, str(number)})
        for number, key, title, _ in rows
    ]


def attach(app: Flask) -> None:
    """Give every template its frame."""

    @app.context_processor
    def frame() -> JsonObject:
        flashes = [message_warnings.flashed(line) for line in get_flashed_messages()]
        user = g.get("actor")
        if user is None:
            return {"shell": None, "flashes": flashes, "theme": None, "single_keys": False}
        shell = Shell(
            organisation=guard.settings().organisation,
            user_name=user.name,
            role_label=role_label(user.role),
            nav=_items(MAIN, user),
            phone_nav=_items(PHONE, user),
            requisitions=_own(user),
            organisation_nav=organisation_items(user),
            time_left=step_up.time_left(),
        )
        theme = user.theme if user.theme in {"light", "dark"} else None
        return {"shell": shell, "flashes": flashes, "theme": theme, "single_keys": user.shortcuts}
