"""Every page and every mail can be made: a template that does not parse is found here and not by whoever opens the page."""

from pathlib import Path

import jinja2
import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
LAYOUT = "layout.txt"  # what several mails have in common
MAILS = sorted((TEMPLATES / "emails").rglob("*.txt"))
PAGES = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", [*PAGES, *MAILS], ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_parses(path):
    source = path.read_text(encoding="utf-8")
    assert "<<<<<<<" not in source
    jinja2.Environment(autoescape=True).parse(source)


@pytest.mark.parametrize("path", [path for path in MAILS if path.name != LAYOUT], ids=lambda path: path.stem)
def test_a_mail_has_a_subject(path):
    assert "{% set subject = " in path.read_text(encoding="utf-8")
