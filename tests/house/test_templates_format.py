"""Templates and style sheets stand as their tools write them, so that a change shows as what it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
LONGEST = 120
LONG_LINES = 20  # that may stand in blocks which the formatter leaves alone
OFF = re.compile(r"\{# djlint:off #\}.*?\{# djlint:on #\}", re.DOTALL)


def _djlint(*options):
    from djlint import main

    with pytest.raises(SystemExit) as done:
        main([str(TEMPLATES), *options, "--quiet", "--configuration", str(ROOT / "pyproject.toml")])
    return done.value.code


def test_templates_stand_as_djlint_writes_them():
    assert _djlint("--check") in {None, 0}, "run: djlint templates --reformat"


def test_templates_have_nothing_that_djlint_warns_of():
    assert _djlint("--lint") in {None, 0}, "run: djlint templates --lint"


def test_lines_of_templates_are_short_enough_to_read():
    long = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        left_alone = {line for block in OFF.findall(source) for line in block.splitlines()}
        wide = [line for line in source.splitlines() if len(line) > LONGEST]
        assert not [line for line in wide if line not in left_alone], path
        long += wide
    assert len(long) <= LONG_LINES


def test_what_the_formatter_leaves_alone_has_a_reason():
    for path in TEMPLATES.rglob("*.html"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if "djlint:off" in line:
                assert lines[number - 1].strip().startswith("{# "), f"{path}:{number + 1} says no reason above it"
