"""What is held about a person as one page for them, that loads nothing and runs nothing; it looks like the other papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from recruiter.documents.html_printer import environment
from recruiter.foundation.json_types import JsonView


def as_page(content: JsonView) -> str:
    """The whole page with its style inside; empty values and empty parts are left out."""
    parts = [
        (part["title"], [list(_pairs(row)) for row in part["rows"]])
        for part in content["records"].values()
        if part["rows"]
    ]
    rankings = [list(_pairs(each)) for each in content["rankings"]]
    if rankings:
        parts.append(("Suggested rankings that somebody relied on", rankings))
    made_on = f"{dt.datetime.fromisoformat(content['made_at']):%-d %B %Y}"
    return environment().get_template("person.html").render(content=content, parts=parts, made_on=made_on)


def _pairs(row: JsonView) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if value not in (None, "", [], {}):
            yield name.replace("_", " ").capitalize(), _words(value)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_words(each)}" for name, each in value.items())
    return "\n".join(map(_words, value)) if isinstance(value, list) else str(value)
