"""What hangs on a person hangs on one of their applications too: one view answers both addresses."""

from __future__ import annotations

import functools
from collections.abc import Callable

from recruiter.api.guard import needs
from recruiter.api.openapi import Area
from recruiter.policy.permissions import Permission
from recruiter.request_context import View


def on_subject(
    area: Area, part: str, *, candidate: Permission, application: Permission, method: str = "GET"
) -> Callable[[View], View]:
    """Answer `/candidates/{id}/<part>` and `/applications/{id}/<part>` by a view that takes the `subject`, each with its permission."""

    def register(view: View) -> View:
        @functools.wraps(view)
        def of_subject(**loaded: object) -> object:
            (subject,) = loaded.values()
            return view(subject=subject)

        for name, permission in (("candidate", candidate), ("application", application)):
            address = f"/{name}s/<int:{name}_id>/{part}"
            area.route(address, methods=[method], endpoint=f"{view.__name__}_{name}")(needs(permission)(of_subject))
        return view

    return register
