"""The door of pages: server-rendered, complete without JavaScript."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from typing import TYPE_CHECKING

from recruiter.web import errors, extensions, guard, shell

if TYPE_CHECKING:
    from flask import Flask


def attach(app: Flask) -> None:
    """Hang every area into the application: each folder here that has routes."""
    from recruiter import web  # areas are found, not listed

    extensions.attach(app)
    guard.attach(app)
    errors.attach(app)
    shell.attach(app)
    for found in pkgutil.iter_modules(web.__path__):
        if not found.ispkg or importlib.util.find_spec(f"recruiter.web.{found.name}.routes") is None:
            continue
        area = importlib.import_module(f"recruiter.web.{found.name}")
        for part in pkgutil.iter_modules(area.__path__):  # a page may stand in any file of its area
            importlib.import_module(f"recruiter.web.{found.name}.{part.name}")
        app.register_blueprint(importlib.import_module(f"recruiter.web.{found.name}.routes").blueprint)
