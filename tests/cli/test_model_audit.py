"""The fairness audit from the command line: text, JSON, files, and too few data as an answer."""

import csv
import json

import pytest

from recruiter.learning.fairness.suppression import MIN_PEOPLE
from tests import command_line
from tests.ranking.conftest import answer, decided, lines  # noqa: F401  # fixtures


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import model_audit

    return command_line.runner(app, clock, monkeypatch, capsys, model_audit)


def test_nothing_on_record_is_an_answer(run):
    code, out, _ = run("model", "audit")
    assert code == 0
    assert "evidence, not a certificate" in out
    assert "No protected answers are on record" in out
    code, out, _ = run("model", "audit", "--json")
    assert (code, json.loads(out)["questions"]) == (0, [])


def test_text_json_and_files(run, decided, tmp_path):  # noqa: F811
    numbers = decided(12)
    file = tmp_path / "told.csv"
    file.write_text(lines(numbers))
    code, out, _ = run("model", "answers", file, "--consent-version", "2026-03", "--dry-run")
    assert (code, "would be kept" in out) == (0, True)
    assert "No protected answers" in run("model", "audit")[1]
    assert run("model", "answers", file, "--consent-version", "2026-03")[0] == 0
    code, out, err = run("model", "audit", "--csv", tmp_path / "tables.csv", "--rows", tmp_path / "rows.csv")
    assert code == 0
    assert "audit of sex" in err
    for title in ("Sex:", "Race or ethnicity:", "Sex by race or ethnicity:", "First choice", "Put first by the model", "a flag is not a finding", "2% of these to be rated", "Not enough data to find a bias of this size", "highest"):  # fmt: skip
        assert title.lower() in out.lower(), title
    tables = list(csv.DictReader((tmp_path / "tables.csv").open(encoding="utf-8-sig")))
    first = {row["category"]: row for row in tables if (row["question"], row["table"]) == ("sex", "first_choice")}
    assert set(first) == {"Female", "Male"}
    rows = list(csv.DictReader((tmp_path / "rows.csv").open(encoding="utf-8-sig")))
    for name, row in first.items():
        mine = [row for row in rows if row["sex"] == name and row["first_choice"]]
        chosen = sum(row["first_choice"] == "yes" for row in mine)
        for counted, total in ((len(mine), int(row["assessed"])), (chosen, int(row["selected"]))):
            assert counted == total or total - counted >= MIN_PEOPLE  # what fewer than five share is withheld
    assert run("model", "audit", "--csv", tmp_path / "tables.csv")[0] == 1
    shape = json.loads(run("model", "audit", "--json")[1])
    assert shape["questions"][0]["tables"][0]["rows"]
    assert "cells" not in shape


def test_answers_and_audit_in_one_command(run, decided, tmp_path):  # noqa: F811
    (tmp_path / "told.csv").write_text(lines(decided(3)))
    code, out, _ = run("model", "audit", "--answers", tmp_path / "told.csv", "--consent-version", "2026-03", "--json")
    assert (code, len(json.loads(out)["questions"])) == (0, 3)


def test_a_wrong_file_is_one_line(run, tmp_path):
    (tmp_path / "told.csv").write_text("candidate_id,sex\n7,Female\n")
    code, out, err = run("model", "answers", tmp_path / "told.csv", "--consent-version", "x")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert run("model", "answers", tmp_path / "nowhere.csv")[0] == 2
