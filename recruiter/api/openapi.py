"""flask-smorest as this house uses it: strict JSON in, problem+json out, its own error pages left out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import Request, abort, current_app
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser


class StrictParser(FlaskParser):
    """Reads a body: no JSON is an empty object, broken JSON is 400, a list where an object belongs is 422."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012  # webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "json": ma.RAISE,
    }

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002  # webargs' signature
        """The body as Python values."""
        raw = req.get_data(cache=True)
        if not raw.strip():
            return {}
        try:
            return current_app.json.loads(raw)
        except (ValueError, UnicodeDecodeError) as error:
            abort(400, description=f"The body is not JSON that can be read: {error}.")


class Area(Blueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """A blueprint under /api/v1."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(f"api_{name}", f"recruiter.api.v1.{name}", url_prefix="/api/v1", description=description)

    def query(self, schema: type[ma.Schema] | ma.Schema) -> Any:
        """Read the query string; what is unknown or malformed there is 400."""
        return self.arguments(schema, location="query", error_status_code=400)


class Description(Api):  # type: ignore[misc]  # flask-smorest is untyped
    """openapi.json; errors are made in api/errors.py."""

    def _register_error_handlers(self) -> None:
        """Leave errors to this house."""


class Body(ma.Schema):
    """A request body: unknown keys are refused and named."""

    class Meta:
        """marshmallow's options."""

        unknown = ma.RAISE
