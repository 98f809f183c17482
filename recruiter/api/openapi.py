"""flask-smorest as this house uses it: strict JSON in, problem+json out, its own error pages left out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import marshmallow as ma
from flask import Request
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser

from recruiter.api import described_answers, guard
from recruiter.foundation.errors import DomainError
from recruiter.policy.permissions import Permission
from recruiter.request_context import View


class StrictParser(FlaskParser):
    """Reads a body: no JSON is an empty object, broken JSON is 400, a list where an object belongs is 422."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012  # webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "json": ma.RAISE,
    }

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002  # webargs' signature
        """The body as Python values."""
        return guard.json_body()


def _prepared(prepare: Callable[[], object], view: View) -> View:
    @functools.wraps(view)
    def prepared(*sent: object, **arguments: object) -> object:
        try:
            ready = prepare()
        except DomainError as refusal:
            ready = refusal  # it is told once it is known that this is no repetition of an earlier request
        return view(*sent, ready, **arguments)

    return prepared


class Area(Blueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """A blueprint under /api/v1."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(f"api_{name}", f"recruiter.api.v1.{name}", url_prefix="/api/v1", description=description)

    def get(self, rule: str, permission: Permission, **takes: Any) -> Callable[[View], View]:
        """Something to read. `query` is the schema of its query string; what is unknown or malformed there is 400."""
        return self._act("GET", rule, permission, **takes)

    def post(self, rule: str, permission: Permission, **takes: Any) -> Callable[[View], View]:
        """An act, or a new thing (`status=201`). `body` is the schema of what is sent. Honours If-Match like `patch`."""
        return self._act("POST", rule, permission, **takes)

    def put(self, rule: str, permission: Permission, **takes: Any) -> Callable[[View], View]:
        """A whole that takes the place of the old one. Honours If-Match; `own_version`: the view does so itself."""
        return self._act("PUT", rule, permission, **takes)

    def patch(self, rule: str, permission: Permission, **takes: Any) -> Callable[[View], View]:
        """A change of what is named. Honours If-Match; `own_version`: the view does so itself."""
        return self._act("PATCH", rule, permission, **takes)

    def delete(self, rule: str, permission: Permission, **takes: Any) -> Callable[[View], View]:
        """Something taken away."""
        return self._act("DELETE", rule, permission, **takes)

    def _act(
        self,
        method: str,
        rule: str,
        permission: Permission,
        *,
        body: type[ma.Schema] | None = None,
        query: type[ma.Schema] | None = None,
        files: type[ma.Schema] | None = None,
        form: type[ma.Schema] | None = None,
        prepare: Callable[[], object] | None = None,
        status: int | None = 200,
        own_version: bool = False,
        decides: bool = False,
    ) -> Callable[[View], View]:
        """Describe an address, guard it and register it; with `status=None` the view makes its own answer.

        `decides`: the act is a decision, which says on what it is made (428 without).
        What `prepare` makes of the request, before the change has its turn to write, is handed to the view.
        """

        def register(view: View) -> View:
            if status is not None:
                view = self.response(status)(view)
            else:
                view = self.alt_response(200, content_type="application/octet-stream", success=True)(view)
            if method != "GET":
                view = guard.changes(permission, own_version=own_version)(view)
            if prepare is not None:
                view = _prepared(prepare, view)
            for location, schema in {"form": form, "files": files, "json": body}.items():
                if schema is not None:
                    view = self.arguments(schema, location=location)(view)
            if query is not None:
                view = self.arguments(query, location="query", error_status_code=400)(view)
            for error in described_answers.errors_of(method, rule, permission, asks=query is not None, decides=decides):
                described = {"schema": described_answers.Problem, "description": described_answers.SENTENCES[error]}
                view = self.alt_response(error, content_type=described_answers.PROBLEM_TYPE, **described)(view)
            guarded = guard.needs(permission, own_version=own_version)(view)
            self.route(rule, methods=[method])(guarded)
            return guarded

        return register


class Description(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """openapi.json; errors are made in api/errors.py, and each address names its own."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to this house."""


class Body(ma.Schema):
    """A request body: unknown keys are refused and named."""

    class Meta:
        """marshmallow's options."""

        unknown = ma.RAISE
