"""The house itself: which way imports go, what a file may hold, that every door is guarded."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from recruiter.policy.permissions import Permission
from tests.house.source import FILES, PACKAGE, ROOT, file_name

ROOMS = {
    "accounts", "audit", "requisitions", "candidates", "pipeline", "interviews", "scorecards", "debriefs", "offers", "keepwarm", "ranking",
    "budget", "handover", "exchange", "policy", "reports", "privacy", "learning", "documents",
}  # fmt: skip
WITHOUT_COMPANY = {"learning", "documents"}  # what they are given has its day already
DOORS = {"app.py", "cli", "web", "api", "jobs", "monitoring", "request_context.py", "demo"}
PUBLIC = {
    "static",
    "style",
    "api-docs.openapi_json",
    "accounts.sign_in",
    "accounts.sign_in_code",
    "accounts.forgotten",
    "accounts.invitation",
    "accounts.reset",
    "budget.endorse",
}
BELOW = {"foundation", "settings.py", "request_text.py", "__init__.py"}
INSTANTS = {"commit", "rollback", "now", "today", "utcnow"}


def _place(path):
    return path.relative_to(PACKAGE).parts[0]


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


@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_place_is_a_room_a_door_or_below_them():
    assert {_place(path) for path in FILES} == ROOMS | DOORS | BELOW


def _method_calls(path):
    """Calls of methods in a file: the name, the whole callee, the line, and whether anything is handed over."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, ast.unparse(node.func), node.lineno, bool(node.args or node.keywords)


@pytest.mark.parametrize("path", [path for path in FILES if _place(path) in ROOMS], ids=file_name)
def test_rooms_neither_commit_nor_look_at_the_clock(path):
    calls = [(name, line) for name, callee, line, _ in _method_calls(path) if not callee.startswith("func.")]
    assert [f"line {line}: {name}" for name, line in calls if name in INSTANTS] == []


@pytest.mark.parametrize("path", [path for path in FILES if _place(path) in ROOMS - WITHOUT_COMPANY], ids=file_name)
def test_rooms_take_no_date_of_an_instant(path):
    """The day of an instant is the company's: `act.today`, `act.day_of(instant)`."""
    dates = [line for name, _, line, given in _method_calls(path) if name == "date" and not given]
    assert dates == []


@pytest.mark.parametrize("path", [path for path in FILES if _place(path) == "web"], ids=file_name)
def test_views_leave_the_transaction_to_their_guard(path):
    ends = [f"line {line}: {name}" for name, _, line, _ in _method_calls(path) if name in {"commit", "rollback"}]
    assert ends == [] or path.parent == PACKAGE / "web" / "request"


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=file_name)
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


def test_somebody_has_every_permission():
    assert [permission for permission in Permission if not permission.ways] == []


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
