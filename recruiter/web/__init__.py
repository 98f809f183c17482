"""The door of pages: server-rendered, complete without JavaScript."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask

from recruiter.web import extensions
from recruiter.web.layout import shell
from recruiter.web.request import errors, guard

KITS = {"layout", "request", "text"}  # what every page uses; they have no pages of their own


def attach(app: Flask) -> None:
    """Register every area of pages: each folder here that has an `area` with a blueprint, without a list of them."""
    extensions.attach(app)
    guard.attach(app)
    errors.attach(app)
    shell.attach(app)
    for area in pkgutil.iter_modules(__path__):
        if not area.ispkg or area.name in KITS:
            continue
        package = importlib.import_module(f"recruiter.web.{area.name}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)  # a view may stand in any file of its area
        app.register_blueprint(importlib.import_module(f"{package.__name__}.area").blueprint)
