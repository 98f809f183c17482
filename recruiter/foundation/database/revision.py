"""Which revision of the schema this version needs, told by the names of its migrations, so that no server has to load them."""

from __future__ import annotations

import functools
import re

from sqlalchemy import Connection, text

from recruiter.foundation.templates import PACKAGE

NUMBERED = re.compile(r"(\d{4})_\w+\.py")


@functools.cache
def needed() -> str:
    """The number of the newest migration that came with this version."""
    names = (NUMBERED.fullmatch(path.name) for path in (PACKAGE / "migrations" / "versions").iterdir())
    return max(name.group(1) for name in names if name)


def stored(connection: Connection) -> str:
    """The revision that a database is at. Raises DBAPIError where it has none."""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "none")


def serves(revision: str) -> bool:
    """Whether this version runs on a database of a revision: on its own, and on newer ones, which keep what the last release reads."""
    return revision.isdigit() and int(revision) >= int(needed())
