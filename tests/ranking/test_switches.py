"""Off switches, fits put on and off by hand, and candidates who asked not to be ranked."""

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.ranking import queries
from recruiter.ranking.models import ModelRun
from recruiter.ranking.suggestion import opt_out_services, suggested_ranking
from recruiter.ranking.training import activation, gates
from tests.acts import act_by, moment
from tests.ranking import arranging
from tests.ranking.arranging import HOUR


def actions(session):
    return [audit_entry.action for audit_entry in session.query(AuditEntry).order_by(AuditEntry.id)]


@pytest.fixture
def search(session, people, now):
    return arranging.searched(session, people, now)


def state(session, requisition, people):
    suggestion = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    return suggestion["state"], suggestion.get("off_for")


def test_one_search_and_the_whole_company_are_switched_apart(session, people, now, search):
    requisition, _ = search
    about = {"act": act_by(people.ruth, now=now)}
    opt_out_services.switch(session, requisition=requisition, on=False, reason="Works council asks", **about)
    assert state(session, requisition, people) == ("off", "requisition")
    with pytest.raises(Conflict, match="switched off already"):
        opt_out_services.switch(session, requisition=requisition, on=False, reason="Again", **about)
    opt_out_services.switch(session, requisition=requisition, on=True, reason="", **about)
    assert state(session, requisition, people)[0] == "ready"
    opt_out_services.switch_everywhere(session, on=False, reason="Audit", **about)
    assert state(session, requisition, people) == ("off", "company")
    with pytest.raises(Conflict, match="switched off already"):
        opt_out_services.switch_everywhere(session, on=False, reason="Audit", **about)
    opt_out_services.switch_everywhere(session, on=True, reason="", **about)
    assert state(session, requisition, people)[0] == "ready"
    assert [action for action in actions(session) if action.startswith("suggestion.")] == [
        "suggestion.switched_off", "suggestion.switched_on", "suggestion.switched_off", "suggestion.switched_on",
    ]  # fmt: skip


def test_switching_off_asks_why(session, people, now, search):
    with pytest.raises(RuleBroken, match="Say why"):
        opt_out_services.switch(session, requisition=search[0], on=False, reason="  ", act=act_by(people.ruth, now=now))
    with pytest.raises(Conflict, match="switched on already"):
        opt_out_services.switch_everywhere(session, on=True, reason="", act=act_by(people.ruth, now=now))
    assert search[0].suggestion_on


def test_who_asks_not_to_be_ranked_has_no_score_anywhere_and_stands_beside(session, people, now, search):
    requisition, slate = search
    whole = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    assert whole["not_ranked"] == []
    opt_out_services.record_wish(
        session, application=slate[1], ranked=False, reason="Asked by mail", act=act_by(people.ruth, now=now)
    )
    suggestion = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    assert suggestion["not_ranked"] == [slate[1].id]
    assert {row["application_id"] for row in suggestion["ranking"]} == {slate[0].id, slate[2].id}
    assert not any(slate[1].id in (pair["a"], pair["b"]) for pair in suggestion["pairs"])
    assert queries.not_ranked_ids(session, requisition.id) == {slate[1].id}
    assert queries.not_ranked_ids(session, requisition.id + 1) == set()
    last = queries.wish_of(session, slate[1].id)
    assert (last.by_id, last.at, last.reason, last.ranked) == (people.ruth.id, now, "Asked by mail", False)
    opt_out_services.record_wish(
        session, application=slate[1], ranked=True, reason="Changed her mind", act=act_by(people.ruth, now=now)
    )
    assert suggested_ranking.for_requisition(session, requisition, viewer=people.ruth) == whole
    assert [action for action in actions(session) if "ranked" in action] == [
        "application.not_ranked",
        "application.ranked",
    ]


def test_a_wish_is_said_once_and_with_its_reason(session, people, now, search):
    about = {"application": search[1][0], "act": act_by(people.ruth, now=now)}
    with pytest.raises(Conflict, match="is ranked already"):
        opt_out_services.record_wish(session, ranked=True, reason="Why not", **about)
    with pytest.raises(RuleBroken, match="Say why"):
        opt_out_services.record_wish(session, ranked=False, reason="", **about)
    assert queries.not_ranked_ids(session) == set()


def test_if_nobody_may_be_ranked_nothing_breaks(session, people, now, search):
    requisition, slate = search
    for application in slate:
        opt_out_services.record_wish(
            session, application=application, ranked=False, reason="Asked", act=act_by(people.ruth, now=now)
        )
    suggestion = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    assert (suggestion["state"], suggestion["not_ranked"]) == ("too_early", [application.id for application in slate])


# Which fit carries suggestions


@pytest.fixture
def run(session, people, now):
    return arranging.fitted(session, people, now)[0]


def test_a_fit_that_no_gate_stops_carries_suggestions_and_says_who_noted_what(session, people, run):
    assert run.active
    gate_by_name = {gate.name: gate for gate in gates.gates_of(run)}
    assert set(gate_by_name) == {"enough_data", "prior_only", "plain_mean", "allow_list", "card", "fairness"}
    assert all(gate.passed for name, gate in gate_by_name.items() if name != "fairness")
    assert not gate_by_name["fairness"].passed
    assert not gate_by_name["fairness"].blocks
    assert "not looked at" in gate_by_name["fairness"].sentence
    assert "Noted by Ruth" in gate_by_name["fairness"].sentence
    assert run.activations[0].fairness == gates.NOTED


def test_a_fit_is_taken_off_and_put_on_by_hand(session, people, now, run):
    about = {"run": run, "act": act_by(people.anja, now=now + 3 * HOUR)}
    with pytest.raises(Conflict, match="already"):
        activation.activate(session, fairness_noted=True, **about)
    with pytest.raises(RuleBroken, match="Say why"):
        activation.deactivate(session, reason="", **about)
    activation.deactivate(session, reason="Looks odd", **about)
    assert queries.active_run(session) is None
    with pytest.raises(Conflict, match="carries no"):
        activation.deactivate(session, reason="Looks odd", **about)
    with pytest.raises(RuleBroken, match="Take note"):
        activation.activate(session, **about)
    assert not run.active
    activation.activate(session, fairness_noted=True, **about)
    assert queries.active_run(session).id == run.id
    assert [activation.on for activation in run.activations] == [True, False, True]
    assert actions(session)[-2:] == ["model.deactivated", "model.activated"]


def test_one_fit_at_most_carries_suggestions(session, people, now, run):
    from recruiter.ranking import services

    newer = services.fit(session, act=moment(now + 9 * HOUR))
    assert (run.active, newer.active) == (False, True)
    activation.activate(session, run=run, act=act_by(people.ruth, now=now), fairness_noted=True)
    session.expire_all()
    assert [model_run.active for model_run in session.query(ModelRun).order_by(ModelRun.id)] == [True, False]


def test_a_gate_that_stops_a_fit_stops_a_person_too(session, people, now, run):
    activation.deactivate(session, run=run, act=act_by(people.ruth, now=now), reason="To see")
    stopped = {
        "name": "plain_mean",
        "passed": False,
        "blocks": True,
        "sentence": "Skill 0.10 against 0.30: behind the plain mean.",
    }
    run.figures = {**run.figures, "gates": [stopped]}
    session.flush()
    with pytest.raises(Conflict, match="behind the plain mean"):
        activation.activate(session, run=run, act=act_by(people.ruth, now=now), fairness_noted=True)
    run.figures = {name: value for name, value in run.figures.items() if name != "gates"}
    session.flush()
    with pytest.raises(Conflict, match="Fit the model again"):
        activation.activate(session, run=run, act=act_by(people.ruth, now=now), fairness_noted=True)
