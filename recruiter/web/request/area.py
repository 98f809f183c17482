"""Areas of the site: each address says in one line who may open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint

from recruiter.policy.permissions import Permission
from recruiter.web.request import guard

View = Callable[..., Any]


class Area(Blueprint):
    """The pages of one subject, behind the guard."""

    def page(self, rule: str, permission: Permission, **options: Any) -> Callable[[View], View]:
        """A page that is only looked at."""
        return self._guarded(rule, permission, ["GET"], options)

    def act(self, rule: str, permission: Permission, **options: Any) -> Callable[[View], View]:
        """What a button or a form sends; the guard commits it."""
        return self._guarded(rule, permission, ["POST"], options)

    def form(self, rule: str, permission: Permission, **options: Any) -> Callable[[View], View]:
        """A page with a form that is sent to the same address."""
        return self._guarded(rule, permission, ["GET", "POST"], options)

    def _guarded(
        self, rule: str, permission: Permission, methods: Sequence[str], options: dict[str, Any]
    ) -> Callable[[View], View]:
        def register(view: View) -> View:
            guarded = guard.needs(permission)(view)
            self.add_url_rule(rule, view_func=guarded, methods=methods, **options)
            return guarded

        return register
