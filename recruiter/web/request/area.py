"""Areas of the site: each address says in one line who may open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint

from recruiter.policy.permissions import Permission
from recruiter.request_context import View
from recruiter.web.request import guard


class Area(Blueprint):
    """The pages of one subject, behind the guard."""

    def page(self, rule: str, permission: Permission) -> Callable[[View], View]:
        """A page that is only looked at."""
        return self._guarded(rule, permission, ["GET"])

    def act(self, rule: str, permission: Permission) -> Callable[[View], View]:
        """What a button or a form sends; the guard commits it."""
        return self._guarded(rule, permission, ["POST"])

    def form(self, rule: str, permission: Permission) -> Callable[[View], View]:
        """A page with a form that is sent to the same address."""
        return self._guarded(rule, permission, ["GET", "POST"])

    def _guarded(self, rule: str, permission: Permission, methods: Sequence[str]) -> Callable[[View], View]:
        def register(view: View) -> View:
            guarded = guard.needs(permission)(view)
            self.add_url_rule(rule, view_func=guarded, methods=methods)
            return guarded

        return register
