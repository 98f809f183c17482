"""Every page can be made: a template that does not parse is found here and not by whoever opens the page."""

from pathlib import Path

import jinja2
import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_parses(path):
    source = path.read_text(encoding="utf-8")
    assert "<<<<<<<" not in source
    jinja2.Environment(autoescape=True).parse(source)
