"""The door of the JSON API: all of it under /api/v1, described by openapi.json, asking the same policy as the pages."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask

from recruiter.api import errors, guard
from recruiter.api.openapi import Description


def attach(app: Flask) -> None:
    """Hang every area of api/v1 into the application."""
    from recruiter.api import v1  # areas are found, not listed

    app.config.update(
        API_TITLE="Recruiter",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
            "info": {
                "description": "The JSON API of Recruiter. Every change takes If-Match, every POST an Idempotency-Key."
            },
        },
    )
    description = Description(app)
    for module in pkgutil.iter_modules(v1.__path__):
        area = importlib.import_module(f"recruiter.api.v1.{module.name}")
        description.register_blueprint(area.blueprint)
    guard.attach(app)
    errors.attach(app)
