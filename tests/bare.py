"""An application of nothing but a guard, on an empty database in memory: each test builds the views that it asks."""

from __future__ import annotations

import contextlib
from pathlib import Path

from flask import Flask

from recruiter.accounts.models import ApiToken, IdempotentAnswer, User, UserSession
from recruiter.foundation.database import tables
from recruiter.foundation.database.db import db
from recruiter.settings import Settings
from tests.doubles import FixedClock
from tests.rows import AT


@contextlib.contextmanager
def application():
    """The application, without any route; its clock stands at `AT`."""
    tables.load()
    bare = Flask("bare", static_folder=None)
    bare.config.update(SQLALCHEMY_DATABASE_URI="sqlite://", SECRET_KEY="k")
    db.init_app(bare)
    bare.extensions["recruiter_clock"] = FixedClock(AT)
    bare.extensions["recruiter_settings"] = Settings(Path(), "sqlite://", "k")
    with bare.app_context():
        db.metadata.create_all(db.engine)
    yield bare
    with bare.app_context():
        db.engine.dispose()


def clear(bare):
    """Take out whoever a test let in, and what was kept for them."""
    with bare.app_context():
        for model in (IdempotentAnswer, ApiToken, UserSession, User):
            db.session.execute(model.__table__.delete())
        db.session.commit()
