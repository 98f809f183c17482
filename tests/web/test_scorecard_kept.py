"""A card that is sent in after its session ran out is kept for its author, and given to nobody else."""

import datetime as dt

import pytest

from recruiter.accounts.models import UserSession
from recruiter.scorecards import queries, saved_submissions
from recruiter.scorecards.models import CardState, SavedSubmission
from tests.acts import act_by
from tests.scorecards import arranging


@pytest.fixture
def talk(session, people, now):
    return arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", "igor")


def _typed(talk, **more):
    first, second = talk.application.requisition.attributes
    return {
        "version": "0", f"rating_{first.id}": "4", f"evidence_{first.id}": "CANARY typed & kept",
        f"rating_{second.id}": "none", "overall": "3", "summary": "CANARY short", **more,
    }  # fmt: skip


def _later(session, now, hours=3):
    """Every session was last used some hours ago."""
    for session_row in session.query(UserSession):
        session_row.seen_at = session_row.created_at = now - dt.timedelta(hours=hours)
    session.commit()


def test_it_waits_for_its_author_and_is_saved_or_sent_by_him(browse, session, people, now, talk):
    ines = browse("ines")
    _later(session, now)
    answer = ines.post(f"/scorecards/{talk.id}", data=_typed(talk, send="yes"))
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next=/scorecards/{talk.id}")
    assert queries.card_of(session, interview=talk, author=people.ines) is None
    back = browse("ines")
    page = back.get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert "Your session had ended when you sent this" in page
    assert "CANARY typed &amp; kept" in page
    assert 'value="4" checked' in page
    assert "data-unsaved" in page
    for other in ("igor", "ruth"):
        assert "CANARY" not in browse(other).get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert back.post(f"/scorecards/{talk.id}", data=_typed(talk, send="yes")).status_code == 303
    session.expire_all()
    assert queries.card_of(session, interview=talk, author=people.ines).state == CardState.SUBMITTED
    assert session.query(SavedSubmission).count() == 0
    assert "Your session had ended" not in back.get(f"/scorecards/{talk.id}").get_data(as_text=True)


def test_an_amendment_is_kept_with_its_reason(browse, session, people, now, talk):
    ines = browse("ines")
    ines.post(f"/scorecards/{talk.id}", data=_typed(talk, send="yes"))
    _later(session, now)
    ines.post(f"/scorecards/{talk.id}/amend", data=_typed(talk, reason="CANARY mixed up"))
    page = browse("ines").get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert "was not sent" in page
    assert "CANARY mixed up" in page


@pytest.mark.parametrize("name", ["xenia", "ruth"])
def test_it_is_kept_for_nobody_off_the_panel(browse, session, now, talk, name):
    client = browse(name)
    _later(session, now)
    assert client.post(f"/scorecards/{talk.id}", data=_typed(talk)).status_code == 303
    assert session.query(SavedSubmission).count() == 0


def test_a_stranger_and_a_session_of_long_ago_keep_nothing(app, browse, session, now, talk):
    browse("ines")  # turns the form token off
    assert app.test_client().post(f"/scorecards/{talk.id}", data=_typed(talk)).status_code == 303
    old = browse("ines")
    _later(session, now, hours=24 * 8)
    assert old.post(f"/scorecards/{talk.id}", data=_typed(talk)).status_code == 303
    assert session.query(SavedSubmission).count() == 0


def test_no_more_than_a_card_is_kept(session, people, now, talk):
    huge = {"summary": "x" * (saved_submissions.LONGEST + 1)}
    assert saved_submissions.save(session, interview=talk, user=people.ines, fields=huge, now=now) is False
    assert saved_submissions.save(session, interview=talk, user=people.ines, fields={"summary": "a"}, now=now) is True
    assert saved_submissions.save(session, interview=talk, user=people.ines, fields={"summary": "b"}, now=now) is True
    session.flush()
    assert saved_submissions.saved_submission(session, interview=talk, user=people.ines, now=now).fields == {
        "summary": "b"
    }
    assert (
        saved_submissions.saved_submission(session, interview=talk, user=people.ines, now=now + dt.timedelta(days=31))
        is None
    )


def test_the_script_gets_a_fresh_token_and_the_version(browse, session, people, talk):
    ines, ask = browse("ines"), {"Accept": "application/json"}
    first = ines.get(f"/scorecards/{talk.id}", headers=ask).get_json()
    assert (first["version"], bool(first["token"])) == (0, True)
    ines.post(f"/scorecards/{talk.id}", data=_typed(talk), headers=ask)
    assert ines.get(f"/scorecards/{talk.id}", headers=ask).get_json()["version"] == 1


def test_a_tab_left_open_saves_what_another_one_has_saved_and_is_told_of_anything_else(browse, session, people, talk):
    ines, ask, path = browse("ines"), {"Accept": "application/json"}, f"/scorecards/{talk.id}"
    assert ines.post(path, data=_typed(talk), headers=ask).get_json()["version"] == 1
    again = ines.post(path, data=_typed(talk), headers=ask)
    assert (again.status_code, again.get_json()["version"]) == (200, 1)
    other = ines.post(path, data=_typed(talk, summary="CANARY of the old tab"), headers=ask)
    assert other.status_code == 409
    page = ines.post(path, data=_typed(talk, summary="CANARY of the old tab"))
    assert page.status_code == 409
    text = page.get_data(as_text=True)
    saved, form = text.split("What was saved")[1].split('<form id="card"')
    assert "CANARY short" in saved
    assert "CANARY of the old tab" not in saved
    assert "CANARY of the old tab" in form
    assert 'name="version" value="1"' in form
    session.expire_all()
    assert queries.card_of(session, interview=talk, author=people.ines).summary == "CANARY short"
    session.commit()


def test_a_late_card_names_the_decision_that_it_holds_up(browse, session, people, now, talk):
    from recruiter.interviews import decision_dates

    late = arranging.talk(session, people, now, talk.application, "ines", hours=30, name="Old talk")
    page = browse("ines").get("/scorecards").get_data(as_text=True)
    assert "Holds up the decision of Thu 19 Nov." in page  # two working days after Tuesday
    today = browse("ruth").get("/").get_data(as_text=True)
    assert "late and holds up the decision of Thu 19 Nov" in today
    decision_dates.set_date(
        session, requisition=late.application.requisition, decide_on=dt.date(2026, 11, 24), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    assert "Holds up the decision of Tue 24 Nov." in browse("ines").get("/scorecards").get_data(as_text=True)


def test_a_stale_tab_of_a_sent_card_is_told_only_that_it_was_sent(browse, talk):
    ines, path, whole = browse("ines"), f"/scorecards/{talk.id}", _typed(talk, send="yes")
    first, second = [key for key in whole if key.startswith("rating_")]
    ines.post(path, data=whole)
    lacking = {**whole, first: "", second: "", "summary": "Typed <late>"}
    for send in ({}, {"send": ""}):
        stale = ines.post(path, data={**lacking, **send})
        page = stale.get_data(as_text=True)
        assert stale.status_code == 409
        assert "This scorecard was sent already and is fixed." in page
        assert '<a href="#amend">' in page
        assert "repeat your change" not in page
        assert "Rate Communication" not in page
        assert "Typed &lt;late&gt;" in page
    answer = ines.post(path, data=lacking, headers={"Accept": "application/json"})
    assert "was sent and is fixed" in answer.get_json()["said"]
