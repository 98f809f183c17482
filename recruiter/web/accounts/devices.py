"""The cookie by which a browser is known again, and how a list names browsers."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

from recruiter import request_context as context

YEAR = 365 * 24 * 60 * 60  # seconds
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def keep_device(response: Response, secret: str) -> Response:
    """Let the browser keep what it is known by. It opens nothing: it only spares its owner the wait for strangers' tries."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(context.device_cookie(), secret, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((label for sign, label in known if sign in agent), "")


def browser_label(agent: str) -> str:
    """What a browser calls itself, as people call it: “Firefox on Windows”."""
    browser, system = _first(agent, BROWSERS) or "A browser", _first(agent, SYSTEMS)
    return f"{browser} on {system}" if system else browser
