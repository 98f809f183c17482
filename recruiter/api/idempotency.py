"""The same click twice acts once: a POST that carries an Idempotency-Key is answered as it was the first time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from flask import Response, current_app, request
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from recruiter.accounts.models import IdempotentAnswer
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.seal import Seal
from recruiter.request_context import actor, now, settings

LONGEST_KEY = 200
REDIRECTS = 300
PART = 2**20  # bytes of a file that are read at a time
USED = "This Idempotency-Key was used for another request. Use a new key for a new request."


def _file_digest(upload: FileStorage) -> str:
    """The SHA-256 of an uploaded file, which is read from its beginning again afterwards."""
    digest = hashlib.sha256()
    upload.stream.seek(0)
    while part := upload.stream.read(PART):
        digest.update(part)
    upload.stream.seek(0)
    return digest.hexdigest()


def _fields() -> Iterator[object]:
    """What a request says: the fields and files of a form, a JSON body in whatever order its keys came, else the bytes."""
    yield from sorted(request.form.lists())
    for name, uploads in sorted(request.files.lists()):
        yield name, [(upload.filename, _file_digest(upload)) for upload in uploads]
    body = request.get_data(cache=True)
    try:
        yield json.dumps(current_app.json.loads(body), sort_keys=True) if body.strip() else ""
    except ValueError:
        yield hashlib.sha256(body).hexdigest()


def request_digest() -> str:
    """What tells one request from another: method, address, parsed fields and the SHA-256 of each file.

    The bytes of a multipart body serve nothing: its boundary is another one each time, and they are gone once it is parsed.
    """
    content = json.dumps([request.method, request.full_path, *_fields()])
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _seal() -> Seal:
    """Answers are sealed, since some hand out a token or a link that is stored nowhere else as it is."""
    return Seal(settings().secret_key, purpose="answers to repeated requests")


def earlier_answer(key: str, *, digest: str) -> Response | None:
    """The answer that a key was given before, None for a new one. Raises RuleBroken where it was used for another request."""
    if len(key) > LONGEST_KEY:
        raise RuleBroken(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    earlier = db.session.scalars(
        select(IdempotentAnswer).where(IdempotentAnswer.user_id == actor().id, IdempotentAnswer.key == key)
    ).first()
    if earlier is None:
        return None
    if earlier.request_digest != digest:
        raise RuleBroken(USED)
    body = earlier.body if earlier.body.startswith(("{", "[")) else _seal().opened(earlier.body)  # some are older
    if body is None:
        raise RuleBroken(USED)
    return Response(body, status=earlier.status, mimetype="application/json")


def remember(key: str, response: Response, *, digest: str) -> None:
    """Keep a good answer in JSON for the next request with this key."""
    if response.status_code >= REDIRECTS or not response.is_json:
        return
    answer = IdempotentAnswer(
        user_id=actor().id,
        key=key,
        request_digest=digest,
        status=response.status_code,
        body=_seal().sealed(response.get_data(as_text=True)),
        created_at=now(),
    )
    db.session.add(answer)
