"""An interviewer's Today: late cards first, each with the day it was due and the decision it holds up."""

import datetime as dt

from recruiter.interviews import deciding
from tests.scorecards import arranging


def _cards(browse):
    page = browse("ines").get("/").get_data(as_text=True)
    return page.split("Scorecards that wait for you")[1].split("</section>")[0]


def test_late_cards_stand_first_with_their_day_and_what_they_hold_up(browse, session, people, now):
    one = arranging.seat(session, people, now, "Fresh")
    other = arranging.seat(session, people, now, "Long ago", one.requisition)
    arranging.talk(session, people, now, one, "ines", hours=3)  # ended 18 Nov
    arranging.talk(session, people, now, other, "ines", hours=48)  # due 17 Nov
    decide_on = now.date() + dt.timedelta(days=13)
    deciding.set_date(
        session, requisition=one.requisition, decide_on=decide_on, today=now.date(), actor=people.ruth, now=now
    )
    session.commit()
    text = _cards(browse)
    assert text.index("Long ago") < text.index("Fresh")
    assert "Late, due Tue 17 Nov" in text
    assert "Due tomorrow" in text
    assert text.count("holds up the decision of Tue 1 Dec") == 1


def test_a_card_of_another_year_says_the_year(browse, session, people, now):
    arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", hours=24 * 400)
    text = _cards(browse)
    assert "Late, due 15 Oct 2025" in text
    assert " 2025" in text.split("holds up the decision of")[1][:20]
