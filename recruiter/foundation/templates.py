"""The packaged templates outside a request: of documents and of mails."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = (
    PACKAGE.parent / "templates",
    PACKAGE / "_templates",
)  # beside the package in a checkout, inside it in a wheel


def environment(folder: str) -> Environment:
    """An environment over one folder of templates: HTML is escaped, and what is missing is an error."""
    return Environment(
        loader=FileSystemLoader([root / folder for root in FOLDERS]),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
