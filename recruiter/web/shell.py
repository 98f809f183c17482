"""What stands round every page: navigation by role, flashes, theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, get_flashed_messages, request, url_for

from recruiter.web import guard

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: str
    href: str
    icon: str
    current: bool
    count: int = 0
    late: bool = False


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


ENTRIES = (
    ("Today", "today.index", "home"),
    ("Requisitions", "requisitions.index", "board"),
    ("Find", "search.index", "search"),
    ("Account", "accounts.account", "gear"),
)


def attach(app: Flask) -> None:
    """Give every template its frame."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        flashes = list(get_flashed_messages())
        user = g.get("actor")
        if user is None:
            return {"shell": None, "flashes": flashes, "theme": None}
        items = [
            Item(label, url_for(endpoint), icon, request.endpoint == endpoint) for label, endpoint, icon in ENTRIES
        ]
        shell = Shell(
            guard.configured().organisation,
            user.name,
            user.role.value.replace("_", " ").capitalize(),
            items,
            items,
            [],
            [],
        )
        return {"shell": shell, "flashes": flashes, "theme": user.theme if user.theme in {"light", "dark"} else None}
