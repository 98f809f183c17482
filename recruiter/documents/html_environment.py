"""The templates of documents: escaped, strict about what is missing, found beside the package or inside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from recruiter.documents.layout.value_text import direction

PACKAGE = Path(__file__).resolve().parent.parent
# Beside the package in a checkout, inside it in a wheel.
FOLDERS = (PACKAGE.parent / "templates" / "documents", PACKAGE / "_templates" / "documents")


@cache
def environment() -> Environment:
    """The one environment that every HTML document is made in."""
    shared = Environment(
        loader=FileSystemLoader(FOLDERS),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared.filters["direction"] = direction
    return shared
