from pathlib import Path

import pytest

from recruiter.learning.history.history_folder import read_history

SKATING = Path(__file__).parents[1] / "data" / "history" / "skating"


@pytest.fixture(scope="session")
def skating():
    return read_history(SKATING)
