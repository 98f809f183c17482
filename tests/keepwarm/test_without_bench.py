"""Nobody on the bench: what the pipeline offers instead, and to whom."""

import datetime as dt

import pytest

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.overview import fallback_candidates
from recruiter.policy import scopes
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by


@pytest.fixture
def bare(session, people, now):
    """A search for the same role with nobody on its slate."""
    made = factories.requisition(session, people, now)
    session.flush()
    return made


def _rated(session, people, application, now, overall):
    end = now - dt.timedelta(hours=30)
    talk = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=end - dt.timedelta(hours=1),
        ends_at=end, panel=[Seat(people.ines, cross_functional=False)], act=act_by(people.ruth, now=now) )  # fmt: skip
    marks = [Mark("System design", 4, "Split it cleanly")]
    cards.submit(
        session,
        interview=talk,
        content=CardContent(marks, overall=overall, summary="So"),
        act=act_by(people.ines, now=now),
    )


def _names(fallbacks):
    return [
        (fallback.application.candidate.name, fallback.position, fallback.mean, fallback.cards)
        for fallback in fallbacks
    ]


def _seconds(session, people, bare, now, who="ruth"):
    viewer = getattr(people, who)
    return _names(
        fallback_candidates.past_runners_up(session, bare, within=scopes.searches(viewer), viewer=viewer, now=now)
    )


def test_runners_up_of_the_same_role_come_with_their_scores(session, people, now, bare):
    other = factories.requisition(session, people, now, title="senior backend ENGINEER", department="", level="")
    slate = factories.finalists(session, people, now, other)
    _rated(session, people, slate[2], now, 3)
    assert _seconds(session, people, bare, now) == [("Bela Novak", 2, None, 0), ("Chidi Okoro", 3, 3.0, 1)]
    assert _seconds(session, people, bare, now + dt.timedelta(days=366)) == []
    services.withdraw(session, application=slate[1], reason="compensation", act=act_by(people.ruth, now=now))
    session.flush()
    assert [name for name, *_ in _seconds(session, people, bare, now)] == ["Chidi Okoro"]  # who left stays left


def test_who_is_not_free_yet_is_said_to_be_so(session, people, now, bare):
    slate = factories.finalists(session, people, now, factories.requisition(session, people, now))
    services.move(
        session, application=slate[1], to=slate[1].requisition.stages[4], reason="", act=act_by(people.ruth, now=now)
    )
    services.reject(
        session, application=slate[2], reason="another finalist", act=act_by(people.ruth, now=now), release_bench=True
    )
    session.flush()
    runners_up = fallback_candidates.past_runners_up(
        session, bare, within=scopes.searches(people.ruth), viewer=people.ruth, now=now
    )
    assert [(fallback.position, fallback.busy) for fallback in runners_up] == [(3, ""), (2, "At the offer there")]


def test_another_role_and_another_team_offer_nobody(session, people, now, bare):
    elsewhere = factories.requisition(session, people, now, title="Cook", level="L1")
    factories.finalists(session, people, now, elsewhere)
    assert _seconds(session, people, bare, now) == []
    hidden = factories.requisition(session, people, now, confidential=True)
    factories.finalists(session, people, now, hidden)
    session.flush()
    assert len(_seconds(session, people, bare, now)) == 2
    assert _seconds(session, people, bare, now, who="henk") == []
    assert _seconds(session, people, bare, now, who="rolf") == []


def test_those_of_this_search_stand_the_furthest_first(session, people, now, bare):
    for name, stage in (("Near", "screen"), ("Far", "interview"), ("New", None)):
        factories.application(session, people, now, bare, name, stage=stage)
    fallbacks = fallback_candidates.in_pipeline(session, bare, viewer=people.ruth)
    assert [fallback.application.candidate.name for fallback in fallbacks] == ["Far", "Near", "New"]


def test_the_page_shows_them(session, people, now, bare, browse):
    factories.application(session, people, now, bare, "Far <b>", stage="interview")
    factories.finalists(session, people, now, factories.requisition(session, people, now))
    session.commit()
    text = browse("ruth").get(f"/requisitions/{bare.key}/promote").get_data(as_text=True)
    assert "Far &lt;b&gt;" in text
    assert "Bela Novak" in text
    assert "Was number 2" in text
    assert "Ada Ferreira" not in text
