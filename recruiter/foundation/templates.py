"""The packaged templates outside a request: of documents and of mails."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "templates").is_dir()
FOLDER = CHECKOUT / "templates" if IN_CHECKOUT else PACKAGE / "_templates"  # a wheel has them inside


def environment(folder: str) -> Environment:
    """An environment over one folder of templates: HTML is escaped, and what is missing is an error."""
    return Environment(
        loader=FileSystemLoader(FOLDER / folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
