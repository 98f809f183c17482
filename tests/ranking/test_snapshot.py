"""What was known at the decision, and who of a past search teaches: late cards, amendments after the reveal, the withdrawn, and searches without a choice."""

import pytest

from recruiter.interviews.models import Interview
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.ranking import queries, rules, services, snapshot
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.ranking.suggestion import opt_out_services
from recruiter.ranking.training import training_set
from recruiter.requisitions.models import RequisitionStatus
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent
from tests import factories
from tests.acts import act_by, moment
from tests.ranking import arranging
from tests.ranking.arranging import HOUR


def learnt_from(session):
    return training_set.past_slates(session, queries.decisions(session))


def scores(slates, application, author, attribute="overall"):
    return [
        card.score
        for slate in slates
        for card in slate.cards
        if (card.item, card.rater, card.attribute) == (str(application.id), f"person-{author.id}", attribute)
    ]


@pytest.fixture
def decided(session, people, now):
    """A search that was decided at `now`: its first choice was made an offer, accepted and started."""
    requisition, slate = arranging.searched(session, people, now)
    arranging.filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    session.commit()
    return requisition, slate


def amended(session, people, application, author, overall, *, at):
    interview = session.query(Interview).filter_by(application_id=application.id).order_by(Interview.id).first()
    marks = arranging.marks_of(application, (1, 1))
    return scorecards.amend(session, interview=interview, content=CardContent(marks, overall=overall, summary="On reflection"), reason="I heard the others", act=act_by(author, now=at))  # fmt: skip


def test_a_card_after_the_decision_was_not_known(session, people, now, decided):
    _, slate = decided
    before = training_set.digest_of(learnt_from(session))
    arranging.card(session, people, slate[1], people.xenia, (5, 5), 4, at=now + 9 * HOUR)
    assert training_set.digest_of(learnt_from(session)) == before
    assert scores(learnt_from(session), slate[1], people.xenia) == []
    assert any(row.author_id == people.xenia.id for row in snapshot.known_ratings(session, [slate[1].id], at=None))


def test_a_card_at_the_very_moment_of_the_decision_was_not_known(session, people, now, decided):
    _, slate = decided
    arranging.card(session, people, slate[1], people.xenia, (5, 5), 4, at=now)
    assert scores(learnt_from(session), slate[1], people.xenia) == []


def test_an_amendment_after_the_reveal_is_not_learnt_from_though_it_came_before_the_decision(session, people, now):
    requisition, slate = arranging.searched(session, people, now)
    amended(session, people, slate[0], people.ines, 1, at=now - HOUR)
    arranging.filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    assert scores(learnt_from(session), slate[0], people.ines) == [4]
    assert {
        row.score for row in snapshot.known_ratings(session, [slate[0].id], at=None) if row.attribute == "overall"
    } == {4}
    assert requisition.key == queries.decisions(session)[0].slate


def test_an_amendment_before_the_reveal_counts_only_where_it_came_before_the_decision(session, people, now):
    _, slate = arranging.searched(session, people, now)
    alone = factories.application(session, people, now, slate[0].requisition, "Dee Alone", stage="final")
    arranging.card(session, people, alone, people.ines, (4, 4), 3, at=now - 4 * HOUR)
    amended(session, people, alone, people.ines, 2, at=now - 2 * HOUR)  # nobody else has written on her: nothing to see
    arranging.filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    assert scores(learnt_from(session), alone, people.ines) == [2]
    amended(session, people, alone, people.ines, 1, at=now + 5 * HOUR)
    assert scores(learnt_from(session), alone, people.ines) == [2]


def test_who_withdrew_without_an_offer_teaches_nothing(session, people, now):
    _, slate = arranging.searched(session, people, now)
    acts.withdraw(session, application=slate[2], reason="accepted_other_offer", act=act_by(people.ruth, now=now - HOUR))
    arranging.filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    training_decision = training_set.training_decisions(session, queries.decisions(session))[0]
    assert set(training_decision.slate.grades) == {str(slate[0].id), str(slate[1].id)}
    assert str(slate[2].id) not in {card.item for card in training_decision.slate.cards}
    assert (training_decision.withdrawn, training_decision.not_ranked) == (1, 0)
    assert session.query(DecisionGrade).filter_by(application_id=slate[2].id).one().outcome == "withdrawn"


def test_who_declined_was_chosen_all_the_same():
    assert rules.counts_for_training(3.0, outcome="declined", imported=False, best=3.0)
    assert rules.counts_for_training(3.0, outcome="withdrawn", imported=False, best=3.0)
    assert not rules.counts_for_training(1.0, outcome="withdrawn", imported=False, best=3.0)
    assert rules.counts_for_training(0.7, outcome="withdrawn", imported=True, best=0.7)
    assert not rules.counts_for_training(0.6, outcome="withdrawn", imported=True, best=0.7)


def test_a_search_that_closed_without_an_offer_teaches_nothing_and_stays_on_record(session, people, now):
    requisition, _ = arranging.searched(session, people, now)
    requisition.status, requisition.closed_at = RequisitionStatus.CLOSED, now
    assert services.record_due(session, moment=moment(now)) == 1
    assert learnt_from(session) == []
    assert session.query(PastDecision).count() == 1
    assert not rules.has_choice([1.0, 0.0], imported=False)
    assert rules.has_choice([1.0, 0.0], imported=True)


def test_who_asked_not_to_be_ranked_teaches_nothing(session, people, now, decided):
    _, slate = decided
    about = {"act": act_by(people.ruth, now=now), "reason": "Asked by mail"}
    opt_out_services.record_wish(session, application=slate[1], ranked=False, **about)
    training_decision = training_set.training_decisions(session, queries.decisions(session))[0]
    assert set(training_decision.slate.grades) == {str(slate[0].id), str(slate[2].id)}
    assert training_decision.not_ranked == 1
    opt_out_services.record_wish(session, application=slate[0], ranked=False, **about)
    assert learnt_from(session) == []  # the offer went to somebody who does not count: no choice is left


# What may be looked at at all


def test_an_imported_feature_and_an_attribute_named_like_a_private_matter_enter_by_no_path(
    session, people, now, monkeypatch
):
    from recruiter.foundation.lexicon import attribute_names
    from recruiter.requisitions.rules import AttributeTerms

    monkeypatch.setattr(attribute_names, "why_not", lambda _: "")  # as attributes were named before they were guarded

    terms = [AttributeTerms("System design", "", 2), AttributeTerms("Zip code", "", 5)]
    _, slate = arranging.searched(session, people, now, attributes=terms)
    arranging.filled(session, people, slate, now)
    services.record_due(session, moment=moment(now + 2 * HOUR))
    before = learnt_from(session)
    assert {card.attribute for slate in before for card in slate.cards} == {"overall", "System design"}
    assert before[0].weights == {"System design": 2}
    grade = session.query(DecisionGrade).first()
    session.add(ImportedFeature(grade_id=grade.id, name="age", value="58"))
    session.flush()
    assert training_set.digest_of(learnt_from(session)) == training_set.digest_of(before)
    run = services.fit(session, act=moment(now + 3 * HOUR))
    assert "Zip" not in run.artefact
    assert "age" not in run.artefact.replace("average", "")


def test_statements_do_not_grow_with_the_people_of_a_slate(session, people, now, count_statements, decided):
    session.expire_all()
    with count_statements() as seen:
        learnt_from(session)
    assert len(seen) <= 7
