"""Budget cases from the command line: written to a file, and told from an altered one."""

import pytest

from recruiter.budget.frozen import export
from tests import command_line
from tests.budget import arranging


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import case

    return command_line.runner(app, clock, monkeypatch, capsys, case)


@pytest.fixture
def case(session, people, now):
    return arranging.submitted(session, people, now, arranging.ground(session, people, now))


@pytest.mark.parametrize("form", export.FORMATS)
def test_written_and_verified_by_what_the_file_bears(run, case, tmp_path, form):
    number, seal = case.number, case.sha256
    file = tmp_path / f"renamed.{form}"
    code, output, _ = run("case", "export", number, "--format", form, "--paper", "letter", "--output", file)
    assert code == 0
    assert seal in output
    code, output, complained = run("case", "verify", file)
    assert (code, complained) == (0, "")
    assert output.strip() == f"This file is the frozen {number}, SHA-256 {seal}."
    data = bytearray(file.read_bytes())
    data[-3] ^= 4
    file.write_bytes(bytes(data))
    code, output, complained = run("case", "verify", file, "--case", number)
    assert (code, output) == (1, "")
    assert "NOT the frozen" in complained


def test_a_file_that_tells_no_case_asks_for_one(run, case, tmp_path):
    file = tmp_path / "other.pdf"
    file.write_bytes(b"%PDF-1.7 of something else")
    code, _, complained = run("case", "verify", file)
    assert code == 1
    assert "--case BC-2026-001" in complained
    code, _, complained = run("case", "verify", tmp_path / "gone.pdf")
    assert code == 2
    (tmp_path / "case.exe").write_bytes(b"x")
    code, _, complained = run("case", "verify", tmp_path / "case.exe")
    assert code == 1
    assert "this is none of them" in complained
