"""Rows in memory for the rules of sight."""

import pytest
from sqlalchemy.orm import Session

from tests.rows import Rows, memory


@pytest.fixture(scope="session")
def _memory():
    engine = memory()
    yield engine
    engine.dispose()


@pytest.fixture
def rows(_memory):
    """People of every role, and whatever a test adds to them."""
    with Session(_memory, expire_on_commit=False) as session:
        yield Rows(session)
        session.rollback()
