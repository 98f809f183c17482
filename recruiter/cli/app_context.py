"""How commands open the application: one context, one transaction that is theirs to commit."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy.orm import Session

    from recruiter.foundation.act import Moment


@contextlib.contextmanager
def application(*, write: bool = False) -> Iterator[tuple[Flask, Session, Moment]]:
    """The application, its session and the moment; `write` begins a writing transaction, which the command commits."""
    from recruiter.app import create_app  # loads Flask, which --help does not need
    from recruiter.foundation.database.db import begin_writing, db
    from recruiter.request_context import clock, moment

    app = create_app()
    with app.app_context():
        if write:
            begin_writing(db.session())
        yield app, db.session(), moment(clock().now())
