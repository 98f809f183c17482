"""A person's data from the command line."""

import datetime as dt
import json

import pytest

from recruiter.candidates.models import Candidate
from tests import command_line, factories
from tests.acts import act_by


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import person, retention

    return command_line.runner(app, clock, monkeypatch, capsys, person, retention)


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


def test_what_is_due_is_listed_before_it_goes(app, run, session, people, candidate, clock):
    from recruiter.keepwarm.lifecycle import services as lifecycle
    from recruiter.pipeline.models import Application

    application = session.query(Application).filter_by(candidate_id=candidate.id).one()
    lifecycle.reject(session, application=application, reason="skills", act=act_by(people.ruth, now=clock.at))
    session.commit()
    for mail in app.extensions["recruiter_settings"].outbox.glob("*.eml"):  # of other tests
        mail.unlink()
    clock.at += dt.timedelta(days=400)
    try:
        code, output, _ = run("retention", "run", "--dry-run")
        assert code == 0
        assert "Candidates who were not hired: 1\n" in output.replace(", Berlin", "")
        assert f"  Candidate {candidate.id}, due Tue 18 May 2027" in output
        assert output.endswith("1 would go, 0 on legal hold.\n")
        assert json.loads(run("retention", "run", "--dry-run", "--json")[1])["items"][0]["id"] == candidate.id
        assert session.get(Candidate, candidate.id, populate_existing=True).erased_at is None
        session.rollback()
        assert run("retention", "run")[1].endswith("1 went, 0 on legal hold.\n")
        assert run("retention", "run")[1] == "0 went, 0 on legal hold.\n"
    finally:
        clock.at -= dt.timedelta(days=400)
