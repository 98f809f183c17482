"""Every kind of change that the audit trail knows is recorded somewhere, and has a label of its own."""

import ast

import pytest

from recruiter.audit.actions import AuditAction
from tests.house.source import FILES, PACKAGE


@pytest.fixture(scope="module")
def recorded():
    """The members that the package names outside their own file."""
    return {
        node.attr
        for path in FILES
        if path != PACKAGE / "audit" / "actions.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "AuditAction"
    }


@pytest.mark.parametrize("action", AuditAction)
def test_each_action_is_recorded_somewhere(action, recorded):
    assert action.name in recorded


def test_labels_tell_actions_apart():
    labels = [action.label for action in AuditAction]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_names_follow_values():
    assert {action.name.lower() for action in AuditAction} == {action.replace(".", "_") for action in AuditAction}
