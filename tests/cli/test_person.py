"""A person's data from the command line."""

import json

import pytest

from recruiter.candidates.models import Candidate
from tests import command_line, factories


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import person

    return command_line.runner(app, clock, monkeypatch, capsys, person)


@pytest.fixture
def candidate(session, people, now):
    requisition = factories.requisition(session, people, now)
    made = factories.application(session, people, now, requisition, "Wilhelmine Grosskopf").candidate
    session.commit()
    return made


def test_erased_once_and_told_the_second_time(run, session, candidate):
    address = candidate.emails[0]
    code, output, complained = run("person", "erase", address)
    assert (code, complained) == (0, "")
    assert output.startswith("Erased: ")
    session.expire_all()
    assert session.get(Candidate, candidate.id).name == f"Erased person {candidate.id}"
    session.rollback()
    code, output, _ = run("person", "erase", address)
    assert (code, output) == (0, "Already erased on 2026-11-18. Nothing was changed.\n")


@pytest.mark.parametrize("address", ["nobody@example.com", "no address", ""])
def test_an_address_of_nobody_is_refused_in_one_line(run, candidate, address):
    code, output, complained = run("person", "erase", address)
    assert (code, output) == (1, "")
    assert complained.count("\n") == 1


def test_taken_out_as_json_and_as_a_zip(run, candidate, tmp_path):
    address = candidate.emails[0]
    code, output, _ = run("person", "export", address)
    assert code == 0
    content = json.loads(output)
    assert content["records"]["candidate"]["rows"][0]["name"] == "Wilhelmine Grosskopf"
    file = tmp_path / "person.zip"
    code, output, _ = run("person", "export", address, "--output", file)
    assert code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("person", "export", address, "--output", file)[0] == 1
    assert run("person", "export", "nobody@example.com")[0] == 1
