"""The past in and out from the command line."""

import json

import pytest

from tests import command_line


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import exchange

    return command_line.runner(app, clock, monkeypatch, capsys, exchange)


def test_in_again_out_and_back(run, small, tmp_path, rows_of):
    before = rows_of()
    code, out, _ = run("import", small, "--dry-run", "--json")
    assert code == 0
    assert json.loads(out)["counts"]["candidates"]["created"] == 5
    assert rows_of() == before
    code, out, _ = run("import", small, "--json")
    number = json.loads(out)["id"]
    assert (code, json.loads(out)["state"]) == (0, "applied")
    after = rows_of()
    code, out, _ = run("import", small)
    assert code == 0
    assert "matched" in out
    assert rows_of() == after
    code, out, _ = run("export", tmp_path / "out", "--kind", "decisions")
    assert (code, out.split()) == (0, ["decisions.csv", "ratings.csv", "features.csv", "weights.csv"])
    code, _, err = run("export", tmp_path / "out", "--kind", "all")
    assert (code, err.count("\n")) == (1, 1)
    assert run("import-undo", number)[0] == 0
    assert rows_of()["candidate"] == 0


@pytest.mark.parametrize("arguments", [["import", "{}"], ["import", "{}/nowhere"], ["import", "{}/x.csv"]])
def test_a_refusal_is_one_line(run, folder, arguments):
    place = folder()
    (place / "x.csv").write_text("a,b\n")
    code, out, err = run(*(argument.format(place) for argument in arguments))
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_an_import_that_is_not_there_cannot_be_undone(run):
    code, _, err = run("import-undo", 99)
    assert (code, err) == (1, "There is no import 99.\n")
