"""One idea in one place: nothing of five lines stands twice, and types are known."""

import io
import re
import subprocess
import sys
from pathlib import Path

from tests.house.source import FILES, ROOT

MOST_ANY = 290  # fields of schemas, and erasure and restore, which go over the rows of any table


def test_nothing_stands_twice():
    command = [Path(sys.executable).parent / "symilar", "--duplicates=5", "--ignore-comments", "--ignore-docstrings",
               "--ignore-imports", "--ignore-signatures", *FILES]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    repeated = [line for line in io.StringIO(done.stdout) if "similar lines" in line or line.startswith("==")]
    assert repeated == []


def test_types_are_known():
    """A ratchet: whoever brings the number down writes the lower one here."""
    count = sum(len(re.findall(r"\bAny\b", path.read_text(encoding="utf-8"))) for path in FILES)
    assert count <= MOST_ANY
