"""A draft that another window has saved already, and one that it has changed."""

from dataclasses import replace

import pytest

from recruiter.foundation.errors import Conflict
from recruiter.scorecards import services
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.ranking.arranging import HOUR, talk


def test_the_same_content_again_is_no_conflict_and_other_content_is(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.finalists(session, people, now, requisition)[0]
    interview, act = talk(session, people, application, people.ines, at=now), act_by(people.ines, now=now + HOUR)
    name = requisition.attributes[0].name
    content = CardContent([Mark(name, 4, "Split it")], overall=3, summary="Clear")
    services.save(session, interview=interview, content=content, act=act)
    session.commit()
    card = services.save(session, interview=interview, content=content, act=act, seen=0)
    assert card.summary == "Clear"
    for other in ({"summary": "Vague"}, {"overall": 2}, {"marks": [Mark(name, 3, "Split it")]}, {"marks": []}):
        with pytest.raises(Conflict):
            services.save(session, interview=interview, content=replace(content, **other), act=act, seen=0)
        session.rollback()
