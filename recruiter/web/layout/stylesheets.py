"""The style sheets as one file: a page asks once and a browser keeps the answer until a sheet changes.

The sheets stand apart, one subject each, and are joined here in the order in which they build on each other.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, url_for

SHEETS = (
    "tokens", "base", "shell", "controls", "buttons", "forms", "tables", "dialog", "layout", "profile", "board", "finalists",
    "bench", "scorecard", "document", "case", "offers", "model", "audit", "candidates", "approvals", "reports",
)  # fmt: skip
ADDRESS = "/static/css/all.css"  # beside the sheets, since they name fonts relative to themselves


def joined(folder: Path) -> str:
    """Every sheet of a folder, one after the other."""
    return "\n".join((folder / f"{sheet}.css").read_text(encoding="utf-8") for sheet in SHEETS)


def attach(app: Flask) -> None:
    """Serve the joined sheets, and let templates ask for `style_address()` and `asset(path)`, each named by its content."""
    static = Path(app.static_folder or "")

    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()[:10]

    def style() -> str:
        return joined(static / "css")

    def style_address() -> str:
        return url_for("style", v=digest(style().encode()))

    def asset(path: str) -> str:
        file = static / path
        return url_for("static", filename=path, v=digest(file.read_bytes()) if file.is_file() else None)

    if not app.debug:  # what is served does not change under a running server
        style, style_address, asset = functools.cache(style), functools.cache(style_address), functools.cache(asset)

    def serve() -> Response:
        return current_app.response_class(style(), mimetype="text/css")

    app.add_url_rule(ADDRESS, "style", serve)
    app.jinja_env.globals.update(asset=asset, style_address=style_address)
