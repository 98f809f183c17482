"""The one environment that every HTML document is made in."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from recruiter.documents.layout.value_text import direction
from recruiter.foundation import templates


@cache
def environment() -> Environment:
    """The templates of documents; `direction` says which way a text is read."""
    shared = templates.environment("documents")
    shared.filters["direction"] = direction
    return shared
