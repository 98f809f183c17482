"""How somebody marks beside the others: to them alone, from cards that they may read, and never of a few."""

import datetime as dt

import pytest

from recruiter.scorecards import rules
from recruiter.scorecards.figures import rater_severity
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging


@pytest.fixture
def requisition(session, people, now):
    return factories.requisition(session, people, now)


def _met(session, people, now, requisition, count, *, ines=2, igor=4):
    for place in range(count):
        application = arranging.seat(session, people, now, f"Person {place}", requisition)
        talk = arranging.talk(session, people, now, application, "ines", "igor")
        arranging.send(session, people, now, talk, "igor", igor)
        arranging.send(session, people, now, talk, "ines", ines)


def test_it_needs_five_candidates(session, people, now, requisition):
    _met(session, people, now, requisition, 4)
    assert rater_severity.severity_of(session, viewer=people.ines) is None
    _met(session, people, now, requisition, 1)
    assert rater_severity.severity_of(session, viewer=people.ines) == rater_severity.SeverityReport(-2.0, 5)
    assert rater_severity.severity_of(session, viewer=people.igor) == rater_severity.SeverityReport(2.0, 5)
    assert rater_severity.severity_of(session, viewer=people.xenia) is None


def test_candidates_for_whom_he_owes_a_card_do_not_count(session, people, now, requisition):
    _met(session, people, now, requisition, 6)
    before = rater_severity.severity_of(session, viewer=people.ines)
    application = arranging.seat(session, people, now, "Owed", requisition)
    first = arranging.talk(session, people, now, application, "ines", "igor")
    arranging.send(session, people, now, first, "ines", 2)
    arranging.talk(session, people, now, application, "ines", name="Second talk")
    arranging.send(session, people, now, first, "igor", 5)  # hidden from Ines, who owes the second talk
    assert rater_severity.severity_of(session, viewer=people.ines) == before


def test_an_amendment_after_the_reveal_changes_nothing(session, people, now, requisition):
    from recruiter.scorecards import services
    from recruiter.scorecards.models import Scorecard

    _met(session, people, now, requisition, 5)
    card = session.query(Scorecard).filter_by(author_id=people.igor.id).first()
    services.amend(session, interview=card.interview, content=rules.CardContent([rules.Mark("System design", 1, "Low")], overall=1), reason="Heard Ines", act=act_by(people.igor, now=now + dt.timedelta(hours=1)))  # fmt: skip
    session.commit()
    assert rater_severity.severity_of(session, viewer=people.ines) == rater_severity.SeverityReport(-2.0, 5)


def test_only_he_reads_it(browse, session, people, now, requisition):
    _met(session, people, now, requisition, 5, ines=3, igor=4)
    page = browse("ines").get("/scorecards").get_data(as_text=True)
    assert "<strong>1.0 lower</strong> than the others on average" in page
    assert "1.0 higher" in browse("igor").get("/scorecards").get_data(as_text=True)
    assert "How you mark" not in browse("ruth").get("/scorecards").get_data(as_text=True)


def test_the_figure_is_the_mean_of_the_differences():
    assert rules.deviation([(3.0, 4.0)] * 4) is None
    assert rules.deviation([(3.0, 4.0), (4.0, 4.0), (5.0, 4.0), (2.0, 4.0), (3.0, 3.5)]) == pytest.approx(-0.5)
