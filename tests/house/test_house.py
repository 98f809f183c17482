"""The house itself: which way imports go, what a file may hold, that every door is guarded."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from recruiter.policy.permission_map import PERMISSION_MAP
from recruiter.policy.permissions import Permission

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "recruiter"
ROOMS = [
    "accounts",
    "audit",
    "requisitions",
    "candidates",
    "pipeline",
    "interviews",
    "scorecards",
    "debriefs",
    "offers",
    "keepwarm",
    "ranking",
    "budget",
    "exchange",
    "policy",
]
PUBLIC = {
    "static",
    "style",
    "api-docs.openapi_json",
    "accounts.sign_in",
    "accounts.invitation",
    "budget.endorse",
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.relative_to(PACKAGE).parts)


def _name(path):
    return str(path.relative_to(ROOT))


def test_imports_only_go_down():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_ruff_is_content():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_mypy_is_content():
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_no_file_is_long(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ROOMS], ids=_name)
def test_rooms_neither_commit_nor_look_at_the_clock(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"commit", "now", "today", "utcnow"} or ast.unparse(node.func).startswith(
                "func."
            ), f"line {node.lineno}"


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=_name)
def test_each_room_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_nothing_is_pickled_or_evaluated():
    for path in FILES:
        tree = ast.parse(path.read_text())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not names & {"pickle", "joblib", "shelve", "marshal"}, path
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"eval", "exec"}, path


def test_every_route_is_guarded(app):
    open_doors = set()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not hasattr(view, "permission"):
            open_doors.add(rule.endpoint)
        assert re.fullmatch(r"(/([a-z0-9.-]+|<[a-z_:]+>|[a-z]+\.<[a-z_:]+>))*/?", rule.rule), rule.rule
    assert open_doors <= PUBLIC


def test_every_permission_is_mapped():
    assert set(PERMISSION_MAP) == set(Permission)


def test_nobody_gets_anywhere_without_signing_in(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<[^>]+>", "x", path)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method)
            if rule.rule.startswith("/api/"):
                assert answer.status_code == 401, (method, path)
            else:
                assert answer.status_code in {303, 400, 404}, (method, path)
                assert answer.status_code != 303 or "/sign-in" in answer.location


def test_the_top_level_is_fixed():
    tracked = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"dist", "build"}
    else:
        names = {name for name in tracked.stdout.split() if not name.startswith(".")}
    assert {name for name in names if not name.endswith(".egg-info")} <= {
        "pyproject.toml",
        "wsgi.py",
        "README.md",
        "recruiter",
        "templates",
        "tests",
        "instance",
    }
