"""The run log: what was relied on is kept once with all that went into it, and comes out the same again."""

import copy
import json

import pytest

from recruiter.interviews import services as interviews
from recruiter.ranking import queries, services
from recruiter.ranking.models import Prediction, PredictionUse, RankingUse
from recruiter.ranking.suggestion import opt_out_services, run_log, suggested_ranking
from recruiter.ranking.suggestion.suggestion_inputs import against_lead, digest_of, inputs_from
from tests import factories
from tests.acts import act_by, moment
from tests.ranking import arranging
from tests.ranking.arranging import HOUR


@pytest.fixture
def ranked(session, people, now):
    """A fit, and a search that goes on with three finalists."""
    run, _, _ = arranging.fitted(session, people, now)
    later = now + 5 * HOUR
    requisition, slate = arranging.searched(session, people, later, cards_at=later)
    return run, requisition, slate


def relied(session, people, now, requisition, slate, act=RankingUse.RANK, **more):
    ids = [application.id for application in slate]
    return run_log.log_use(
        session, requisition=requisition, application_ids=ids, ranking_use=act, act=act_by(people.ruth, now=now), **more
    )


def test_it_keeps_model_inputs_and_output(session, people, now, ranked):
    run, requisition, slate = ranked
    made = relied(session, people, now, requisition, slate)
    suggestion = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    assert (made.run_id, made.model_hash) == (run.id, run.artefact_hash)
    assert made.input_digest == digest_of(made.inputs)
    assert made.output["ranking"] == suggestion["ranking"]
    assert made.output["pairs"] == suggestion["pairs"]


def test_what_is_kept_holds_numbers_and_no_names(session, people, now, ranked):
    _, requisition, slate = ranked
    made = relied(session, people, now, requisition, slate)
    output = json.dumps([made.inputs, made.output])
    assert not any(name in output for name in ("Ines", "Igor", "Ada", "Bela", "Chidi", "Split the", "As seen"))


def test_the_same_ranking_is_kept_once_and_each_reliance_by_itself(session, people, now, ranked):
    _, requisition, slate = ranked
    first = relied(session, people, now, requisition, slate)
    other = relied(session, people, now + HOUR, requisition, slate[::-1], act=RankingUse.CASE)
    assert first.id == other.id
    assert [use.use for use in session.query(PredictionUse).order_by(PredictionUse.id)] == [
        RankingUse.RANK,
        RankingUse.CASE,
    ]
    arranging.card(session, people, slate[0], people.xenia, (5, 5), 4, at=now + 6 * HOUR)
    assert relied(session, people, now, requisition, slate).id != first.id


def test_a_replay_is_the_same_to_the_bit_after_new_cards_and_a_new_model(session, people, now, ranked):
    run, requisition, slate = ranked
    made = relied(session, people, now, requisition, slate)
    session.commit()
    assert run_log.replay(made)[0]
    arranging.card(session, people, slate[2], people.xenia, (5, 5), 4, at=now + 6 * HOUR)
    another, others = arranging.searched(session, people, now, title="Data engineer")
    arranging.filled(session, people, others, now)
    newer = services.fit(session, act=moment(now + 9 * HOUR))
    session.commit()
    session.expire_all()
    assert another.key != requisition.key
    assert newer.active
    assert newer.artefact_hash != run.artefact_hash
    assert queries.active_run(session).id == newer.id
    prediction = session.get(Prediction, made.id)
    assert run_log.replay(prediction) == (True, "The same to the last bit.")
    assert digest_of(relied(session, people, now, requisition, slate).output) != prediction.output_digest


def test_a_ranking_by_the_declared_weights_is_kept_and_replayed(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    made = relied(session, people, now, requisition, slate)
    session.commit()
    session.expire_all()
    assert (made.run_id, made.model_hash) == (None, "")
    assert run_log.replay(made)[0]


def altered(made, *, inputs=None, output=None, **more):
    """The same row with something changed in it, never stored."""
    values = {name: getattr(made, name) for name in ("id", "input_digest", "output_digest", "model_hash", "made_with")}
    values |= {"inputs": inputs or made.inputs, "output": output or made.output, "run": made.run, **more}
    return type("Kept", (), values)()


def test_a_replay_that_differs_says_why(session, people, now, ranked):
    _, requisition, slate = ranked
    made = relied(session, people, now, requisition, slate)
    inputs = copy.deepcopy(made.inputs)
    inputs["cards"][0][3] += 1
    assert "inputs were altered" in run_log.replay(altered(made, inputs=inputs))[1]
    output = copy.deepcopy(made.output)
    output["ranking"][0]["score"] += 0.01
    assert "answer was altered" in run_log.replay(altered(made, output=output))[1]
    digest = digest_of(output)
    other = altered(made, output=output, output_digest=digest)
    assert "this machine computes another answer" in run_log.replay(other)[1]
    old = altered(made, output=output, output_digest=digest, made_with="recruiter 0.0.1, numpy 1.0")
    assert "made with recruiter 0.0.1" in run_log.replay(old)[1]
    assert "not the one" in run_log.replay(altered(made, model_hash="0" * 64))[1]


def test_inputs_come_back_as_they_went(session, people, ranked):
    run, requisition, slate = ranked
    inputs, _, _ = suggested_ranking.current_inputs(
        session, requisition, [application.id for application in slate], run=run
    )
    again = inputs_from(json.loads(json.dumps(inputs.as_dict())))
    assert again.as_dict() == inputs.as_dict()


def test_nothing_is_kept_where_nothing_was_shown(session, people, now):
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    assert relied(session, people, now, requisition, slate) is None  # too early: nobody has two cards
    assert relied(session, people, now, requisition, []) is None
    requisition, slate = arranging.searched(session, people, now, title="Another")
    opt_out_services.switch(
        session, requisition=requisition, on=False, reason="Few finalists", act=act_by(people.ruth, now=now)
    )
    assert relied(session, people, now, requisition, slate) is None
    assert session.query(Prediction).count() == 0


# The order that people set


def set_order(session, people, now, requisition, slate, actor=None):
    order = [(application, "Evidence on system design") for application in slate]
    return run_log.set_order(session, requisition=requisition, order=order, act=act_by(actor or people.hana, now=now))


def test_an_order_is_logged_with_whether_it_kept_to_the_ranking(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    ahead = [
        (pair["a"], pair["b"])
        for pair in suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)["pairs"]
        if pair["verdict"] == "ahead"
    ]
    assert ahead
    set_order(session, people, now, requisition, slate)
    set_order(session, people, now, requisition, slate[::-1])
    uses = session.query(PredictionUse).order_by(PredictionUse.id).all()
    assert [(prediction_use.use, prediction_use.followed, prediction_use.by_id) for prediction_use in uses] == [
        (RankingUse.ORDER, True, people.hana.id),
        (RankingUse.ORDER, False, people.hana.id),
    ]
    assert [application.finalist.position for application in sorted(slate, key=lambda application: application.id)] == [
        3,
        2,
        1,
    ]


def test_ties_may_stand_in_any_order():
    pairs = [{"a": 1, "b": 2, "verdict": "tied"}, {"a": 1, "b": 3, "verdict": "ahead"}]
    assert not against_lead(pairs, [2, 1, 3])
    assert against_lead(pairs, [3, 1, 2])
    assert not against_lead(pairs, [3, 2])


def test_who_owes_a_card_has_seen_nothing_and_relied_on_nothing(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    interviews.plan(
        session, application=slate[2], stage=requisition.stages[2], name="Late", starts_at=now - HOUR, ends_at=now,
        panel=[interviews.Seat(people.hana, cross_functional=False)], act=act_by(people.ruth, now=now - HOUR) )  # fmt: skip
    set_order(session, people, now, requisition, slate)
    assert session.query(PredictionUse).count() == 0


def test_a_past_fit_is_made_again_from_the_decisions_that_it_learnt_from(session, people, now, ranked):
    run, _, _ = ranked
    _, others = arranging.searched(session, people, now, title="Data engineer")
    arranging.filled(session, people, others, now)
    services.fit(session, act=moment(now + 9 * HOUR))
    assert services.fit_again(session, run) == (True, "The same to the last bit.")
    first = queries.decisions(session)[0].grades[0].application_id
    from recruiter.pipeline.models import Application

    opt_out_services.record_wish(
        session,
        application=session.get(Application, first),
        ranked=False,
        reason="Asked",
        act=act_by(people.ruth, now=now),
    )
    same, why = services.fit_again(session, run)
    assert not same
    assert "record it learnt from has changed" in why
