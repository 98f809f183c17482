"""Names are words of the trade: no noun for anything, no file that is called a bare gerund or participle, no drawer for the rest."""

import ast
from pathlib import Path

import pytest

from tests.house.source import FILES, PACKAGE, ROOT, file_name

NOUNS_FOR_ANYTHING = {
    "one", "found", "said", "told", "kept", "held", "whose", "lay", "gone", "shown", "named", "asked", "stands", "sums", "things", "words",
    "doing", "going_on",
}  # fmt: skip
GERUNDS = {
    "keeping", "telling", "told", "kept", "doing", "going_on", "asking", "writing", "holding", "leaving", "reading", "answering", "deciding",
    "sealing", "blinding", "starting", "quoting", "owning", "crediting", "leading", "inserting", "undoing", "reverting", "taking_back",
    "composing", "promising", "agreeing", "moved", "showing", "typed", "marking", "pressing", "happened", "registering", "waiting", "linking",
    "calling", "staying", "checking", "ended", "changing", "filing", "finding", "consenting", "acting", "arranging", "moving", "editing",
    "scheduling", "furnishing", "closed", "spoken", "standing", "following", "uncovered", "competing", "reminding", "said", "found", "held",
}  # fmt: skip
DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "stuff", "things"}
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py"))


def identifiers(tree):
    """Every name in a syntax tree with its line; `.one()` is SQLAlchemy's own word, keys of a report's columns and strings are data."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "columns"]
    keys = {keyword for call in calls for keyword in call.keywords}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and node.attr != "one":
            yield node.attr, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.keyword) and node.arg and node not in keys:
            yield node.arg, node.value.lineno
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.alias):
            yield node.asname or node.name, node.lineno


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=file_name)
def test_names_say_what_they_hold(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"line {line}: {name}" for name, line in identifiers(tree) if name in NOUNS_FOR_ANYTHING] == []


def test_files_and_folders_are_called_by_nouns():
    parts = {part for path in FILES for part in Path(path.relative_to(PACKAGE)).with_suffix("").parts}
    assert parts & (NOUNS_FOR_ANYTHING | GERUNDS | DRAWERS) == set()
