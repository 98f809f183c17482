"""What hangs on a person hangs on one of their applications too: one view answers both addresses."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from recruiter.policy.permissions import Permission
from recruiter.request_context import View


def on_subject(
    method: Callable[..., Callable[[View], View]],
    part: str,
    of_candidate: Permission,
    of_application: Permission,
    **takes: Any,
) -> Callable[[View], View]:
    """Answer `/candidates/{id}/<part>` and `/applications/{id}/<part>` by one view of a `subject`, each with its permission.

    Args:
        method: `get` or `post` of an area, which takes the rest.
        part: the last part of both addresses.
        of_candidate: what is asked of the caller on a person.
        of_application: the same on an application.
        takes: the body, the query and the status, as `method` takes them.
    """

    def register(view: View) -> View:
        for name, permission in (("candidate", of_candidate), ("application", of_application)):

            def of_subject(*body: Any, **loaded: Any) -> Any:
                (subject,) = loaded.values()
                return view(*body, subject=subject)

            functools.update_wrapper(of_subject, view).__name__ = f"{view.__name__}_{name}"
            method(f"/{name}s/<int:{name}_id>/{part}", permission, **takes)(of_subject)
        return view

    return register
