"""Where a change leads: on to a page of this site, with a sentence that says what happened."""

from __future__ import annotations

import dataclasses
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from recruiter.foundation.database.db import db
from recruiter.privacy import personal_texts

MOST_TOLD, LONGEST = 3, 240  # findings, and letters of a sentence: what a cookie carries to the next page


def safe_path(target: str | None) -> str | None:
    """A path of this site to go on to, or None: one leading slash, no backslash, no control characters."""
    if (
        not target
        or not target.startswith("/")
        or target[1:2] in {"/", "\\"}
        or "\\" in target
        or not target.isprintable()
    ):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def came_from(home: str) -> str:
    """The page that a form names as the one to go back to, if it is a page of this site; else `home`."""
    return safe_path(request.form.get("back")) or home


@dataclass(frozen=True)
class LinkedMessage:
    """What was done, and the next thing to do: a link, or with `picks` a button that opens a page for those applications."""

    text: str
    label: str
    href: str
    picks: tuple[int, ...] = ()


def redirect_with_flash(
    address: str, message: str | LinkedMessage = "", *, tone: str = "ok", undo: str | None = None
) -> Response:
    """Answer a change: go on to a page (303), which says what was done and offers to take it back or to go on."""
    if message:
        link = asdict(message) if isinstance(message, LinkedMessage) else {"text": message}
        flash({**link, "tone": tone, "undo": undo}, "flash")  # type: ignore[arg-type]  # Flask stores any JSON
    return redirect(address, code=303)


def flash_warned_texts() -> None:
    """Let the next page tell which words of what was just stored are warned of, as it tells those of a message."""
    warned = personal_texts.take_warned(db.session())
    findings = [finding for warned_text in warned for finding in warned_text.findings][:MOST_TOLD]
    if findings:
        short_findings = [
            dataclasses.replace(
                finding, sentences=tuple(sentence for sentence in finding.sentences if len(sentence) <= LONGEST)[:1]
            )
            for finding in findings
        ]
        flash({"found": [dataclasses.asdict(finding) for finding in short_findings]}, "flash")  # type: ignore[arg-type]
