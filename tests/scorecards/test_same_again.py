"""A draft that another window has saved already, and one that it has changed."""

import pytest

from recruiter.foundation.errors import Conflict
from recruiter.scorecards import services
from recruiter.scorecards.rules import Mark
from tests import factories
from tests.ranking.arranging import HOUR, talk


def test_the_same_content_again_is_no_conflict_and_other_content_is(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.finalists(session, people, now, requisition)[0]
    about = {
        "interview": talk(session, people, application, people.ines, at=now),
        "author": people.ines,
        "now": now + HOUR,
    }
    name = requisition.attributes[0].name
    content = {"marks": [Mark(name, 4, "Split it")], "overall": 3, "summary": "Clear"}
    services.save(session, **about, **content)
    session.commit()
    card = services.save(session, **about, **content, expected_version=0)
    assert card.summary == "Clear"
    for other in ({"summary": "Vague"}, {"overall": 2}, {"marks": [Mark(name, 3, "Split it")]}, {"marks": []}):
        with pytest.raises(Conflict):
            services.save(session, **about, **(content | other), expected_version=0)
        session.rollback()
