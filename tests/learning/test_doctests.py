"""The examples in the docstrings of learning are true."""

import doctest
import importlib
import pkgutil

import pytest

from recruiter import learning

MODULES = sorted(module.name for module in pkgutil.walk_packages(learning.__path__, "recruiter.learning."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    assert sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES) >= 20
