"""How commands open the application: one context, one transaction, committed where the command comes to its end."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from recruiter.foundation.act import Moment


@contextlib.contextmanager
def application(*, write: bool = False) -> Iterator[tuple[Session, Moment]]:
    """The session and the moment of the application; with `write` what the command changed is committed, unless it is refused."""
    from recruiter.app import create_app  # loads Flask, which --help does not need
    from recruiter.foundation.database import checkpointer
    from recruiter.foundation.database.db import begin_writing, db
    from recruiter.request_context import clock, moment

    with create_app().app_context():
        try:
            if write:
                begin_writing(db.session())
            yield db.session(), moment(clock().now())
            if write:
                db.session.commit()
        finally:
            db.session.remove()
            checkpointer.copy_once(db.engine)
            db.engine.dispose()  # with the last connection to it SQLite's log goes
