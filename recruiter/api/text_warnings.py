"""What the check of words warns of in a text that was stored: told in the answer, beside what was made."""

from __future__ import annotations

from flask import Response, current_app
from sqlalchemy.orm import Session

from recruiter.privacy import personal_texts

KIND = "words"


def tell(session: Session, response: Response) -> Response:
    """Add `warnings` to the JSON object that answers a change, where a text that it stored is warned of."""
    entries = [
        {"kind": KIND, "says": sentence, "field": warned.field}
        for warned in personal_texts.take_warned(session)
        for sentence in warned.sentences
    ]
    answer = response.get_json() if entries and response.is_json and response.status_code < 300 else None  # noqa: PLR2004
    if isinstance(answer, dict):
        answer["warnings"] = [*answer.get("warnings", []), *entries]
        response.set_data(current_app.json.dumps(answer))
    return response
