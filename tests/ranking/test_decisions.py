"""Past decisions, what the model learns from, and the suggestion as somebody may see it."""

import datetime as dt
import json
import subprocess
import sys

import pytest

from recruiter.foundation.errors import Conflict
from recruiter.interviews import services as interviews
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.learning.fitted_model import ModelRefused, load_model
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking import queries, rules, services
from recruiter.ranking.models import PastDecision
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.ranking.training import training_set
from recruiter.requisitions.models import RequisitionStatus, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, moment
from tests.offers import arranging

MOMENT = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def _came(number, hours=None, *, offer=None, finalist=True, status=ApplicationStatus.ACTIVE):
    at = MOMENT + hours * HOUR if hours is not None else None
    return rules.ApplicationOutcome(number, status, at, offer, finalist)


def test_grades_follow_the_order_in_which_offers_went_out():
    slate = [_came(1, 5), _came(2, 1), _came(3), _came(4, finalist=False)]
    assert rules.grades(slate) == {1: 2, 2: 3, 3: 1, 4: 0}


@pytest.mark.parametrize(
    ("came", "word"),
    [
        (_came(1, status=ApplicationStatus.HIRED, offer=OfferStatus.ACCEPTED), "hired"),
        (_came(1, status=ApplicationStatus.WITHDRAWN, offer=OfferStatus.RENEGED), "reneged"),
        (_came(1, status=ApplicationStatus.WITHDRAWN, offer=OfferStatus.DECLINED), "declined"),
        (_came(1, status=ApplicationStatus.WITHDRAWN), "withdrawn"),
        (_came(1, status=ApplicationStatus.REJECTED), "rejected"),
        (_came(1), ""),
    ],
)
def test_outcomes_are_the_words_of_the_history_folder(came, word):
    assert rules.outcome(came) == word


@pytest.mark.parametrize(
    ("decisions", "ours", "plain", "active"),
    [
        (0, 0.9, 0.1, False),
        (3, None, None, True),
        (30, 0.4, 0.39, True),
        (30, 0.375, 0.39, True),
        (30, 0.3, 0.39, False),
    ],
)
@pytest.mark.parametrize("against", ["plain", "prior"])
def test_a_fit_behind_the_plain_mean_or_its_prior_does_not_carry_suggestions(decisions, ours, plain, active, against):
    all_gates = rules.gates_for(decisions, skill=ours, **{against: plain})
    assert (rules.blocking_gates(all_gates) == []) is active
    assert all(gate.sentence.endswith(".") for gate in all_gates)


def _card(session, people, application, author, marks, overall, *, at):
    stage = next(stage for stage in application.requisition.stages if stage.kind == StageKind.INTERVIEW)
    talk = interviews.plan(
        session, application=application, stage=stage, name="Panel", starts_at=at - 2 * HOUR, ends_at=at - HOUR,
        panel=[interviews.Seat(author, cross_functional=False)], act=act_by(people.ruth, now=at - 3 * HOUR) )  # fmt: skip
    names = [attribute.name for attribute in application.requisition.attributes]
    seen = [Mark(name, mark, "Split the exercise into parts") for name, mark in zip(names, marks, strict=True)]
    return scorecards.submit(
        session,
        interview=talk,
        content=CardContent(seen, overall=overall, summary="As seen"),
        act=act_by(author, now=at),
    )


@pytest.fixture
def searched(session, people, now):
    """Three finalists, two cards each, all long sent."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition)
    for application, marks, overall in zip(slate, ((5, 4), (4, 4), (3, 2)), (4, 3, 2), strict=True):
        for author in (people.ines, people.igor):
            _card(session, people, application, author, marks, overall, at=now - 5 * HOUR)
    session.commit()
    return requisition, slate


def _filled(session, people, slate, now):
    arranging.offer(session, people, slate[0], now, to="accepted")
    to = next(stage for stage in slate[0].requisition.stages if stage.kind == StageKind.HIRED)
    acts.move(session, application=slate[0], to=to, act=act_by(people.ruth, now=now + HOUR))
    session.commit()


def test_a_filled_search_becomes_one_decision_once(session, people, now, searched):
    requisition, slate = searched
    assert services.record_due(session, moment=moment(now)) == 0
    _filled(session, people, slate, now)
    assert services.record_due(session, moment=moment(now + 2 * HOUR)) == 1
    assert services.record_due(session, moment=moment(now + 2 * HOUR)) == 0
    decision = session.query(PastDecision).one()
    assert {grade.application_id: grade.grade for grade in decision.grades} == {
        slate[0].id: 3,
        slate[1].id: 1,
        slate[2].id: 1,
    }
    requisition.status = RequisitionStatus.OPEN
    assert services.record_due(session, moment=moment(now + 3 * HOUR)) == 1
    assert session.query(PastDecision).count() == 0


def test_a_card_after_the_decision_teaches_nothing(session, people, now, searched):
    _, slate = searched
    _filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    before = training_set.digest_of(training_set.past_slates(session, queries.decisions(session)))
    _card(session, people, slate[1], people.xenia, (5, 5), 4, at=now + 9 * HOUR)
    after = training_set.past_slates(session, queries.decisions(session))
    assert training_set.digest_of(after) == before
    assert f"person-{people.xenia.id}" not in {card.rater for slate in after for card in slate.cards}


def test_raters_are_numbers_and_never_names(session, people, now, searched):
    _, slate = searched
    _filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    all_gates = repr(training_set.past_slates(session, queries.decisions(session)))
    assert not any(name in all_gates for name in ("Ines", "Igor", "Ada", "Bela", "Chidi"))


def test_a_fit_is_kept_as_json_that_notices_tampering(session, people, now, searched):
    _, slate = searched
    _filled(session, people, slate, now)
    run = services.fit(session, act=act_by(people.ruth, now=now + 2 * HOUR))
    assert load_model(run.artefact).version == json.loads(run.artefact)["version"]
    assert run.artefact_hash == json.loads(run.artefact)["sha256"]
    altered = json.loads(run.artefact)
    altered["spread"] += 0.1
    with pytest.raises(ModelRefused):
        load_model(altered)
    again = services.fit(session, act=moment(now + 3 * HOUR))
    assert (again.artefact_hash, again.input_digest) == (run.artefact_hash, run.input_digest)


def test_without_decisions_a_fit_says_what_to_do(session, now):
    with pytest.raises(Conflict, match="no past decisions"):
        services.fit(session, act=moment(now))


def test_without_history_the_score_is_the_declared_score(session, people, searched):
    requisition, slate = searched
    suggestion = suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)
    rows = {row["application_id"]: row for row in suggestion["ranking"]}
    # overall 4 of 1-4 is 5 on 1-5; attributes 5 and 4 with weights 2 and 1
    assert rows[slate[0].id]["score"] == pytest.approx(0.5 * 5 + 0.5 * (2 * 5 + 4) / 3)
    assert (suggestion["label"], suggestion["n_decisions"]) == ("scorecard weights", 0)
    for pair in suggestion["pairs"]:
        gap = rows[pair["a"]]["score"] - rows[pair["b"]]["score"]
        assert sum(part["points"] for part in pair["contributions"]) == pytest.approx(gap, abs=1e-9)


def test_the_order_of_applications_changes_nothing(session, searched):
    requisition, slate = searched
    ids = [application.id for application in slate]
    there = suggested_ranking.compute(session, requisition, ids, run=None)
    assert suggested_ranking.compute(session, requisition, ids[::-1], run=None) == there


def test_who_owes_a_card_is_told_nothing(session, people, now, searched):
    requisition, slate = searched
    interviews.plan(
        session, application=slate[2], stage=requisition.stages[2], name="Late", starts_at=now - HOUR, ends_at=now,
        panel=[interviews.Seat(people.hana, cross_functional=False)], act=act_by(people.ruth, now=now - HOUR) )  # fmt: skip
    session.flush()
    assert suggested_ranking.for_requisition(session, requisition, viewer=people.hana) == {"state": "hidden"}
    assert suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)["state"] == "ready"


def test_it_can_be_switched_off(session, people, searched):
    requisition, _ = searched
    requisition.suggestion_on = False
    assert suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)["state"] == "off"


def test_few_cards_are_too_early(session, people, now):
    requisition = factories.requisition(session, people, now)
    factories.finalists(session, people, now, requisition)
    assert suggested_ranking.for_requisition(session, requisition, viewer=people.ruth)["state"] == "too_early"


def test_a_suggestion_never_loads_scikit_learn():
    code = "import sys; import recruiter.ranking.suggestion.suggested_ranking; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
