"""A case as one HTML page that loads nothing and runs nothing."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from recruiter.documents.layout.layout_plan import outline
from recruiter.documents.layout.value_text import direction
from recruiter.documents.model import CaseDocument
from recruiter.foundation import templates


@cache
def environment() -> Environment:
    """The templates of documents; `direction` says which way a text is read."""
    shared = templates.environment("documents")
    shared.filters["direction"] = direction
    return shared


def render(document: CaseDocument) -> str:
    """The whole page, with its styles inside."""
    return environment().get_template("case.html").render(case=outline(document), top=1, folded=False, linked=False)


def article(document: CaseDocument, *, top: int = 1, folded: bool = False, linked: bool = True) -> str:
    """The document alone, escaped, to stand inside a page that brings its own styles (`document.css`).

    `top` is the level of its first heading; `folded` puts the annexes behind a summary; `linked` leads from each source to
    its page, which only a page of this installation can.
    """
    return (
        environment().get_template("article.html").render(case=outline(document), top=top, folded=folded, linked=linked)
    )
