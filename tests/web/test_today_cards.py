"""An interviewer's Today: late cards first, each with the day it was due and the decision it holds up."""

import datetime as dt

from recruiter.interviews import decision_dates
from tests.acts import act_by
from tests.scorecards import arranging


def _cards(browse):
    page = browse("ines").get("/").get_data(as_text=True)
    return page.split("Scorecards that wait for you")[1].split("</section>")[0]


def test_late_cards_stand_first_with_their_day_and_what_they_hold_up(browse, session, people, now):
    application = arranging.seat(session, people, now, "Fresh")
    other = arranging.seat(session, people, now, "Long ago", application.requisition)
    arranging.talk(session, people, now, application, "ines", hours=3)  # ended 18 Nov
    arranging.talk(session, people, now, other, "ines", hours=48)  # due 17 Nov
    decide_on = now.date() + dt.timedelta(days=13)
    decision_dates.set_date(
        session, requisition=application.requisition, decide_on=decide_on, act=act_by(people.ruth, now=now)
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


def test_nothing_to_do_names_what_comes_next(browse, session, people, now):
    assert "<h1>Nothing needs you.</h1>" in browse("ines").get("/").get_data(as_text=True)
    application = arranging.seat(session, people, now, "Yusuf Demir")
    arranging.talk(session, people, now, application, "ines", hours=-30, name="Panel")
    page = browse("ines").get("/").get_data(as_text=True)
    assert 'Next: <bdi dir="auto">Yusuf Demir\u2019s Panel, Thu 19 Nov, 14:30.</bdi>' in page
    arranging.talk(session, people, now, application, "ines", hours=-3, name="Screen")
    page = browse("ines").get("/").get_data(as_text=True)
    assert 'Next: <bdi dir="auto">Yusuf Demir\u2019s Screen, at 11:30.</bdi>' in page


def test_the_first_thing_has_the_one_primary_action_and_a_late_card_is_reminded_of_at_once(
    browse, session, people, now
):
    application = arranging.seat(session, people, now, "Ada Ferreira")
    for name in ("ines", "igor"):
        arranging.talk(session, people, now, application, name, hours=48)
    page = browse("ruth").get("/").get_data(as_text=True)
    assert page.partition("</main>")[0].count("btn-primary") == 1
    assert page.count('/reminder" data-swap') == 2
    assert "Senior Backend Engineer: scorecard on Ada Ferreira" in page
