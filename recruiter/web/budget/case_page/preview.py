"""The document of a case beside its form: the same template as the download."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from recruiter.documents import html_printer
from recruiter.documents.model import CaseDocument

SAVED = "What is saved, as the download has it."
LEVEL = 3  # of its headings, below that of the preview
TYPED = "What you typed. It is not saved yet."


@dataclass(frozen=True)
class Preview:
    """The document, and what it is a document of."""

    article: Markup
    state_note: str


def preview_of(document: CaseDocument, *, saved: bool = True) -> Preview:
    """The preview of a document."""
    article = Markup(html_printer.article(document, top=LEVEL))  # noqa: S704  # escaped by the template that made it
    return Preview(article, SAVED if saved else TYPED)


def to_read(document: CaseDocument) -> Markup:
    """The document for whoever decides on it: the pages in brief in full, the annexes behind a summary."""
    return Markup(html_printer.article(document, top=LEVEL, folded=True))  # noqa: S704  # escaped by the template that made it
