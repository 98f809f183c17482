"""The model from the command line: fit, status, card, rank with its log, and replays."""

import json

import pytest

from recruiter.ranking.suggestion import opt_out_services
from tests import command_line
from tests.acts import act_by
from tests.ranking import arranging
from tests.ranking.arranging import HOUR


@pytest.fixture
def run(app, clock, monkeypatch, capsys):
    from recruiter.cli import model_runs, ranking

    return command_line.runner(app, clock, monkeypatch, capsys, model_runs, ranking)


@pytest.fixture
def search(session, people, now, clock):
    """A closed search to learn from, and one that goes on."""
    _, slate = arranging.searched(session, people, now)
    arranging.filled(session, people, slate, now)
    clock.at = now + 5 * HOUR
    requisition, slate = arranging.searched(session, people, clock.at)
    session.commit()
    return requisition, slate


def test_without_decisions_each_says_what_to_do(run):
    assert run("model", "fit")[0] == 1
    assert "recruiter model fit" in run("model", "status")[1]
    assert run("model", "card") == (1, "", "There is no model yet. `recruiter model fit` makes one.\n")
    assert run("model", "card", "--run", "x") == (1, "", "There is no fit x.\n")


def test_a_fit_tells_its_gates_and_carries_suggestions(run, search):
    code, out, err = run("model", "fit")
    assert code == 0
    assert "enough data: passed. 1 decision held a choice." in out
    assert "fairness: open. Fairness was not looked at" in out
    assert "It carries suggestions from now on." in out
    assert "looking for drift" in err
    output = json.loads(run("model", "status", "--json")[1])
    assert output["active"]["n_decisions"] == 1
    assert {active["name"] for active in output["active"]["gates"]} >= {"prior_only", "plain_mean", "fairness"}
    assert output["off_everywhere"] is False
    code, out, _ = run("model", "card")
    assert code == 0
    for part in ("What it is for", "Left out: 0 searches", "Never: name", "Weights", "What it cannot tell", "Gates"):
        assert part in out
    card = json.loads(run("model", "card", "--json", "--run", output["active"]["model_version"])[1])
    assert card["sha256"] == output["active"]["sha256"]
    assert card["active"] is True
    assert run("model", "replay", output["active"]["model_version"])[:2] == (
        0,
        f"Fit {output['active']['model_version']}: The same to the last bit.\n",
    )


def test_a_ranking_is_logged_and_made_again(run, search):
    requisition, _ = search
    run("model", "fit")
    output = json.loads(run("rank", requisition.key, "--json")[1])
    assert output["state"] == "ready"
    again = json.loads(run("rank", requisition.key, "--json")[1])
    assert again["run"] == output["run"]
    assert f"Logged as ranking {output['run']}." in run("rank", requisition.key)[1]
    assert run("rank", requisition.key, "--replay", output["run"])[:2] == (
        0,
        f"Ranking {output['run']}: The same to the last bit.\n",
    )
    assert json.loads(run("model", "replay", output["run"], "--json")[1])["same"] is True
    code, _, err = run("rank", requisition.key, "--replay", 99)
    assert (code, err) == (1, f"There is no logged ranking of {requisition.key} or fit 99.\n")
    assert run("model", "replay", "9" * 30)[0] == 1


def test_a_ranking_of_another_search_is_not_replayed_here(run, search, session):
    requisition, _ = search
    number = json.loads(run("rank", requisition.key, "--json")[1])["run"]
    other = next(search.key for search in session.query(type(requisition)) if search.key != requisition.key)
    assert run("rank", other, "--replay", number)[0] == 1


def test_a_ranking_that_was_altered_is_not_the_same(run, search, session):
    from sqlalchemy import text

    requisition, _ = search
    number = json.loads(run("rank", requisition.key, "--json")[1])["run"]
    session.execute(text("UPDATE prediction SET input_digest = :other"), {"other": "0" * 64})
    session.commit()
    code, out, err = run("model", "replay", number)
    assert (code, out) == (1, "")
    assert "inputs were altered" in err


def test_switched_off_is_one_plain_line(run, search, session, people, now):
    requisition, slate = search
    opt_out_services.record_wish(
        session, application=slate[0], ranked=False, reason="Asked", act=act_by(people.ruth, now=now)
    )
    session.commit()
    assert "Ada Ferreira asked not to be ranked." in run("rank", requisition.key)[1]
    opt_out_services.switch(session, requisition=requisition, on=False, reason="Few", act=act_by(people.ruth, now=now))
    session.commit()
    assert run("rank", requisition.key) == (1, "", f"Suggestions are switched off for {requisition.key}.\n")
    opt_out_services.switch(session, requisition=requisition, on=True, reason="", act=act_by(people.ruth, now=now))
    opt_out_services.switch_everywhere(session, on=False, reason="All", act=act_by(people.ruth, now=now))
    session.commit()
    assert run("rank", requisition.key) == (1, "", "Suggestions are switched off for the whole company.\n")
    assert "switched off for the whole company" in run("model", "status")[1]
