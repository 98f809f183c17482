"""The application behind a server with one page more: what a page costs before any of it is ours."""

from __future__ import annotations

import jinja2
from flask import Flask

from recruiter.app import create_app

ROWS = [[f"Cell {row} {column}" * 2 for column in range(6)] for row in range(100)]
PAGE = jinja2.Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><head><title>Bare</title></head><body><h1>Bare</h1><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{% if loop.index < 3 %}<a href="/x/{{ cell }}">{{ cell }}</a>{% else %}{{ cell }}{% endif %}</td>
{% endfor %}</tr>{% endfor %}</table></body></html>"""
)


def bare() -> str:
    """A hundred rows of six cells, two of them links, without a database."""
    return PAGE.render(rows=ROWS)


def _application() -> Flask:
    served = create_app()
    served.add_url_rule("/bare", view_func=bare)
    return served


app = _application()
