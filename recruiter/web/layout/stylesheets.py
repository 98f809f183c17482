"""The style sheets as one file: a page asks once and a browser keeps the answer until a sheet changes.

The sheets stand apart, one subject each, and are joined here in the order in which they build on each other.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

SHEETS = (
    "tokens", "base", "shell", "controls", "buttons", "forms", "tables", "dialog", "layout", "profile", "board", "finalists",
    "bench", "scorecard", "document", "case", "offers", "model", "audit", "candidates", "approvals", "reports",
)  # fmt: skip
FOR_GOOD, BAD_REQUEST = "public, max-age=31536000, immutable", 400
ADDRESS = "/static/css/all.css"  # beside the sheets, since they name fonts relative to themselves


def joined(folder: Path) -> str:
    """Every sheet of a folder, one after the other."""
    return "\n".join((folder / f"{sheet}.css").read_text(encoding="utf-8") for sheet in SHEETS)


def _how_long(wanted: str, mark: str | None) -> str:
    """Whether a browser may keep what it asked for by its content: not where a server of another version answers it."""
    return FOR_GOOD if wanted == mark else "no-store"


def _keep_answers(app: Flask, mark: Callable[[str], str | None]) -> None:
    @app.after_request
    def cache(response: Response) -> Response:
        """Let a browser keep for good what is named by its content; a server of another version may have been asked for it."""
        if request.endpoint in {"static", "style"} and response.status_code < BAD_REQUEST:
            wanted = request.args.get("v")
            path = (request.view_args or {}).get("filename", "css/all.css")
            response.headers["Cache-Control"] = _how_long(wanted, mark(path)) if wanted else "public, max-age=3600"
        return response


def attach(app: Flask) -> None:
    """Serve the joined sheets, and let templates ask for `style_address()` and `asset(path)`, each named by its content."""
    static = Path(app.static_folder or "")

    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()[:10]

    def style() -> str:
        return joined(static / "css")

    def mark(path: str) -> str | None:
        """What names the content of a file, of the joined sheets for their address."""
        file = static / path
        if url_for("static", filename=path) == ADDRESS:
            return digest(style().encode())
        return digest(file.read_bytes()) if file.is_file() else None

    def style_address() -> str:
        return url_for("style", v=mark("css/all.css"))

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=mark(path))

    if not app.debug:  # what is served does not change under a running server
        style, mark = functools.cache(style), functools.cache(mark)
        style_address, asset = functools.cache(style_address), functools.cache(asset)

    _keep_answers(app, mark)

    def serve() -> Response:
        return current_app.response_class(style(), mimetype="text/css")

    app.add_url_rule(ADDRESS, "style", serve)
    app.jinja_env.globals.update(asset=asset, style_address=style_address)
