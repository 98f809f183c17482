"""How commands open the application: one context, one transaction that is theirs to commit."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy.orm import Session


@contextlib.contextmanager
def application(*, write: bool = False) -> Iterator[tuple[Flask, Session, dt.datetime]]:
    """The application, its session and the moment; `write` begins a writing transaction, which the command commits."""
    from recruiter.app import create_app  # loads Flask, which --help does not need
    from recruiter.foundation.database.db import db

    app = create_app()
    with app.app_context():
        if write:
            db.session.connection(execution_options={"write": True})
        yield app, db.session(), app.extensions["recruiter_clock"].now()
