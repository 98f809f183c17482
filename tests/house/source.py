"""The source of the package, as the house tests read it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "recruiter"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.relative_to(PACKAGE).parts)


def file_name(path):
    """A path as it stands in the repository, for the names of tests."""
    return str(path.relative_to(ROOT))
