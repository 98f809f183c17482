"""Every way to set a password judges it: one function hashes, and whoever calls it tells it the company's name."""

import ast

import pytest

from tests.house.source import FILES, PACKAGE

HOME = PACKAGE / "accounts" / "password_services.py"
SETTERS = {"set_password", "choose_password"}  # and `add` and `change`, where they are given a password


def calls(path):
    """Every call in a file: the name of what is called, and its keywords."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, {keyword.arg for keyword in node.keywords}


def setters():
    """Every call that sets a password."""
    for path in FILES:
        for name, keywords in calls(path):
            if name in SETTERS or (name in {"add", "change"} and "password" in keywords):
                yield pytest.param(keywords, id=f"{path.relative_to(PACKAGE)}:{name}")


@pytest.mark.parametrize("keywords", list(setters()))
def test_whoever_sets_a_password_names_the_company(keywords):
    assert "organisation" in keywords


def test_passwords_are_set_in_several_ways():
    assert len(list(setters())) >= 6  # command, demo, invitation, reset, change, and the one below them


def test_one_file_hashes_passwords_and_writes_the_hash():
    writers = {
        path
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "password_hash" and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.Name) and node.id == "PasswordHasher")
    }
    assert writers == {HOME}
