"""The pages of recruiter/docs that show how to add something are done as they say, in a copy of the project."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "recruiter" / "docs").glob("add-*.md"))
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("recruiter", "templates", "tests", "pyproject.toml", "wsgi.py", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "golden", "vendor")
REVISIONS = sorted(path.name[:4] for path in (ROOT / "recruiter" / "migrations" / "versions").glob("[0-9]*.py"))


@pytest.fixture
def project(tmp_path):
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def _with_numbers(text):
    return text.replace("NNNN", f"{int(REVISIONS[-1]) + 1:04}").replace("PPPP", REVISIONS[-1])


def _edit(path, body, *, after="", before=""):
    """Put lines after, or before, the one line of a file that the page names."""
    lines, anchor = path.read_text().splitlines(keepends=True), (after or before) + "\n"
    assert lines.count(anchor) == 1, f"{path.name} has {lines.count(anchor)} lines {anchor!r}"
    place = lines.index(anchor) + bool(after)
    path.write_text("".join([*lines[:place], body, *lines[place:]]))


def _run(command, project):
    arguments = shlex.split(command)
    arguments = [str(Path(sys.executable).parent / Path(arguments[0]).name), *arguments[1:]]
    done = subprocess.run(arguments, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-2000:]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_that_shows_how_to_add_something_works(page, project):
    ran = 0
    for block in BLOCK.finditer(page.read_text()):
        body = _with_numbers(block["body"])
        _, _, order = block["info"].partition(" ")
        if match := re.fullmatch(r"file=(\S+)", order):
            path = project / _with_numbers(match[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            assert not path.exists()
            path.write_text(body)
        elif match := re.fullmatch(r"edit=(\S+) (after|before)=(.*)", order):
            _edit(project / match[1], body, **{match[2]: match[3]})
        elif block["info"] == "sh":
            for command in body.splitlines():
                _run(command, project)
                ran += 1
    assert ran
