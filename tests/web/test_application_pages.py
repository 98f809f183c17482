"""An application as a page: what happened, what may be done, and what stays hidden."""

import datetime as dt
import html
import re

import pytest
from sqlalchemy.orm import Session

from recruiter.interviews import queries as interview_queries
from recruiter.interviews import services as interviews
from recruiter.interviews.models import ChangeKind, InterviewChange
from recruiter.interviews.services import Seat
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import StageKind
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.sound_page import sound

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"


@pytest.fixture
def application(session, people, now):
    requisition = factories.requisition(session, people, now)
    made = factories.application(session, people, now, requisition, NAME, stage="interview")
    session.commit()
    return made


def _plan(session, people, now, application, *panel, name="Panel"):
    end = now - dt.timedelta(hours=3)
    talk = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name=name, starts_at=end - dt.timedelta(hours=1),
        ends_at=end, panel=[Seat(getattr(people, who)) for who in panel], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return talk


def _send(session, talk, author, now, text="CANARY"):
    marks = [Mark("System design", 5, text)]
    cards.submit(
        session, interview=talk, content=CardContent(marks, overall=4, summary=text), act=act_by(author, now=now)
    )
    session.commit()


def _fresh(session, application):
    with Session(session.get_bind()) as own:
        application_now = own.get(Application, application.id)
        return application_now.status, application_now.stage.name, application_now.reason_code


def _id(application, kind):
    return str(next(stage.id for stage in application.requisition.stages if stage.kind == kind))


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 200), ("igor", 404), ("arne", 404)]
)  # fmt: skip
def test_who_sees_an_application(browse, session, people, now, application, name, status):
    _plan(session, people, now, application, "ines")
    assert browse(name).get(f"/applications/{application.id}").status_code == status


@pytest.mark.parametrize("path", ["move", "rejection", "withdrawal", "reopening", "interviews"])
def test_an_interviewer_reads_and_does_not_act(browse, session, people, now, application, path):
    _plan(session, people, now, application, "ines")
    assert browse("ines").get(f"/applications/{application.id}/{path}").status_code == 403
    assert browse("henk").get(f"/applications/{application.id}/{path}").status_code == 404
    assert browse("ruth").get(f"/applications/{application.id}/{path}").status_code == 200
    page = browse("ines").get(f"/applications/{application.id}").get_data(as_text=True)
    assert "Close application" not in page
    assert "@example.com" not in page


def test_an_interview_of_others_is_named_and_is_no_link_that_leads_nowhere(browse, session, people, now, application):
    mine = _plan(session, people, now, application, "ines", name="Mine")
    theirs = _plan(session, people, now, application, "igor", name="Theirs")
    page = browse("ines").get(f"/applications/{application.id}").get_data(as_text=True)
    assert f'href="/interviews/{mine.id}"' in page
    assert "Theirs" in page
    assert f'href="/interviews/{theirs.id}"' not in page
    assert f'href="/interviews/{theirs.id}"' in browse("ruth").get(f"/applications/{application.id}").get_data(
        as_text=True
    )


def test_the_timeline_tells_what_happened_and_shows_names_as_text(browse, session, people, now, application):
    talk = _plan(session, people, now, application, "ines", name="Talk & <i>walk</i>")
    _send(session, talk, people.ines, now)
    page = browse("ruth").get(f"/applications/{application.id}").get_data(as_text=True)
    assert page.count("<h1>") == 1
    assert "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה" in page
    assert "<b>&'" not in page
    assert "style=" not in page
    for phrase in (
        "added them to Applied",
        "moved them from Applied to Interview",
        "Arranged for a test",
        "took place",
    ):
        assert phrase in page
    assert "sent a scorecard on Talk &amp; &lt;i&gt;walk&lt;/i&gt;" in page
    assert "CANARY" not in page


def test_what_is_planned_while_an_interview_begins_stands_above_it(browse, session, people, now, application):
    began = _plan(session, people, now, application, "ines").starts_at
    interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Closing", starts_at=now,
        ends_at=now + dt.timedelta(hours=1), panel=[Seat(people.ines)], act=act_by(people.ruth, now=began) )  # fmt: skip
    session.commit()
    for path in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}"):
        page = browse("ruth").get(path).get_data(as_text=True)
        assert page.index("planned Closing") < page.rindex("took place"), path


def test_who_owes_a_card_sees_that_cards_came_and_no_reasons(browse, session, people, now, application):
    talk = _plan(session, people, now, application, "ines", "igor")
    _send(session, talk, people.ines, now)
    page = browse("igor").get(f"/applications/{application.id}").get_data(as_text=True)
    assert "You owe a scorecard" in page
    assert "1 of 2 is in" in page
    assert "Scorecard sent" in page
    for hidden in ("CANARY", "Arranged for a test", "sent a scorecard on"):
        assert hidden not in page


def test_a_place_on_the_slate_is_hidden_from_who_owes_a_card(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    first, second, _ = factories.finalists(session, people, now, requisition)
    session.commit()
    path = f"/applications/{first.id}"
    assert "1st choice" in browse("hana").get(path).get_data(as_text=True)
    _plan(session, people, now, second, "hana")
    assert "1st choice" not in browse("hana").get(path).get_data(as_text=True)


def test_a_move_goes_on_and_going_back_asks_why(browse, session, application):
    ruth, path = browse("ruth"), f"/applications/{application.id}/move"
    refusal = ruth.post(path, data={"to_stage": _id(application, StageKind.SCREEN), "reason": ""})
    assert refusal.status_code == 422
    page = refusal.get_data(as_text=True)
    assert "asks for a reason" in page
    assert re.search(r'<label class="label" for="reason">Reason</label>', page)  # no longer called optional
    assert f'value="{_id(application, StageKind.SCREEN)}" checked' in page
    assert 'href="#reason"' in page
    answer = ruth.post(path, data={"to_stage": _id(application, StageKind.SCREEN), "reason": "One more talk"})
    assert (answer.status_code, answer.location) == (303, f"/applications/{application.id}")
    assert _fresh(session, application)[1] == "Screen"
    again = ruth.post(path, data={"to_stage": _id(application, StageKind.SCREEN)})
    assert again.status_code == 409
    assert "already" in again.get_data(as_text=True)
    late = ruth.post(
        path, data={"to_stage": _id(application, StageKind.FINAL), "stood": _id(application, StageKind.INTERVIEW)}
    )
    assert late.status_code == 409
    assert f"Ruth moved {application.candidate.name} to Screen" in html.unescape(late.get_data(as_text=True))
    assert ruth.post(path, data={}).status_code == 422
    assert ruth.post(path, data={"to_stage": "99999"}).status_code == 422


def test_an_application_is_closed_with_a_reason_and_reopened(browse, session, application):
    ruth, home = browse("ruth"), f"/applications/{application.id}"
    for data in ({}, {"reason": "other"}):
        answer = ruth.post(f"{home}/rejection", data=data)
        assert answer.status_code == 422
        assert "Give a reason" in answer.get_data(as_text=True)
    page = ruth.post(f"{home}/rejection", data={"reason": "skills"}, follow_redirects=True).get_data(as_text=True)
    assert "closed." in page
    assert "Not enough depth for this role" in page
    assert _fresh(session, application) == (ApplicationStatus.REJECTED, "Interview", "skills")
    again = ruth.post(f"{home}/rejection", data={"reason": "other", "words": "kept <words>"})
    assert again.status_code == 409
    assert "kept &lt;words&gt;" in again.get_data(as_text=True)
    assert ruth.post(f"{home}/reopening", data={"reason": " "}).status_code == 422
    page = ruth.post(f"{home}/reopening", data={"reason": "The seat is free"}, follow_redirects=True)
    assert "The seat is free" in page.get_data(as_text=True)
    assert _fresh(session, application)[0] == ApplicationStatus.ACTIVE


def test_a_withdrawal_keeps_the_candidates_words(browse, session, application):
    data = {"reason": "", "words": "Moves to Lisbon"}
    answer = browse("ruth").post(f"/applications/{application.id}/withdrawal", data=data, follow_redirects=True)
    assert "Moves to Lisbon" in answer.get_data(as_text=True)
    assert _fresh(session, application) == (ApplicationStatus.WITHDRAWN, "Interview", "other")


def test_a_finalist_is_let_go_only_when_somebody_says_so(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    _, second, _ = factories.finalists(session, people, now, requisition)
    session.commit()
    path = f"/applications/{second.id}/rejection"
    assert browse("ruth").post(path, data={"reason": "another_finalist"}).status_code == 409
    sent = browse("ruth").post(path, data={"reason": "another_finalist", "release_bench": "y"})
    assert sent.status_code == 303
    assert _fresh(session, second)[0] == ApplicationStatus.REJECTED


def _wanted(application, people, **more):
    return {
        "name": "System design & more",
        "stage": _id(application, StageKind.INTERVIEW),
        "date": "2026-11-20",
        "time": "14:30",
        "minutes": "45",
        "person_1": str(people.ines.id),
        "person_2": str(people.xenia.id),
        "other_2": "y",
        "focus": ["System design"],
        **more,
    }


def test_an_interview_is_planned_with_its_panel(browse, session, people, application):
    path = f"/applications/{application.id}/interviews"
    planned_page = (
        browse("ruth").post(path, data=_wanted(application, people), follow_redirects=True).get_data(as_text=True)
    )
    assert "Interview planned." in planned_page
    assert "System design &amp; more" in planned_page
    assert "Of another team" in planned_page
    with Session(session.get_bind()) as own:
        talk = interview_queries.of_application(own, own.get(Application, application.id))[0]
        assert (talk.starts_at.isoformat(), talk.ends_at.isoformat()) == (
            "2026-11-20T14:30:00+00:00",
            "2026-11-20T15:15:00+00:00",
        )
        assert [(seat.user.name, seat.cross_functional) for seat in talk.panel] == [("Ines", False), ("Xenia", True)]
        assert talk.focus == ["System design"]
        number = talk.id
    assert browse("ines").post(f"/interviews/{number}/status", data={"status": "cancelled"}).status_code == 403
    ended = browse("ruth").post(f"/interviews/{number}/status", data={"status": "cancelled"}, follow_redirects=True)
    assert "Interview cancelled." in ended.get_data(as_text=True)
    for page in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}"):
        planned_page = browse("ruth").get(page).get_data(as_text=True)
        assert "planned System design &amp; more for Fri 20 Nov, 14:30" in planned_page
        assert "cancelled System design &amp; more" in planned_page


def test_that_an_interview_was_moved_is_for_all_and_why_for_those_who_run_the_search(
    browse, session, people, now, application
):
    talk = _plan(session, people, now, application, "ines", "igor")
    _send(session, talk, people.ines, now)
    session.add(
        InterviewChange(
            interview_id=talk.id, kind=ChangeKind.MOVED, starts_before=talk.starts_at, starts_after=talk.starts_at,
            reason="CANARY she shone", by_id=people.ruth.id, at=now,
        )
    )  # fmt: skip
    session.commit()
    for name, sees_reason in (("igor", False), ("ines", False), ("ruth", True)):
        page = browse(name).get(f"/applications/{application.id}").get_data(as_text=True)
        assert f"moved {talk.name} from" in page
        assert ("CANARY" in page) == sees_reason


@pytest.mark.parametrize(
    ("wrong", "link"),
    [
        ({"name": ""}, "#name"),
        ({"date": "soon"}, "#date"),
        ({"date": "0001-01-01"}, "#date"),
        ({"minutes": "-5"}, "#minutes"),
        ({"person_1": "", "person_2": ""}, "#person_1"),
        ({"person_1": "x"}, "#person_1"),
        ({"stage": "9999"}, "#stage"),
        ({"focus": ["Juggling"]}, "#focus"),
    ],
)
def test_what_a_plan_lacks_is_said_at_its_field(browse, people, application, wrong, link):
    answer = browse("ruth").post(
        f"/applications/{application.id}/interviews", data=_wanted(application, people, **wrong)
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="{link}"' in page
    assert f'id="{link[1:]}"' in page
    assert 'value="14:30"' in page


def test_somebody_twice_on_a_panel_is_refused(browse, people, application):
    data = _wanted(application, people, person_2=str(people.ines.id))
    answer = browse("ruth").post(f"/applications/{application.id}/interviews", data=data)
    assert answer.status_code == 422
    assert "on this panel twice" in answer.get_data(as_text=True)


def test_an_application_takes_as_many_statements_for_a_long_story_as_for_a_short_one(
    browse, session, people, now, application, count_statements
):
    def ask(name):
        client = browse(name)
        client.get(f"/applications/{application.id}")  # what is read for the first time is put on record
        with count_statements() as seen:
            client.get(f"/applications/{application.id}")
        return len(seen)

    _send(session, _plan(session, people, now, application, "ines", "igor"), people.ines, now)
    few = [ask("ruth"), ask("igor")]
    for place in range(6):
        _send(
            session,
            _plan(session, people, now, application, "ines", "igor", "xenia", name=f"Talk {place}"),
            people.ines,
            now,
        )
    assert [ask("ruth"), ask("igor")] == few
    assert max(few) <= 36


def test_every_page_is_whole_for_those_who_hear_it(browse, session, people, now, application):
    talk = _plan(session, people, now, application, "ines", "igor")
    _send(session, talk, people.ines, now)
    debrief, person, home = (
        f"/requisitions/{application.requisition.key}/debrief",
        f"/candidates/{application.candidate_id}",
        f"/applications/{application.id}",
    )
    pages = {
        "ruth": [
            home, debrief, person, "/candidates", "/candidates/new", f"{person}/edit", f"{home}/move",
            f"{home}/rejection", f"{home}/withdrawal", f"{home}/reopening", f"{home}/interviews", f"{home}/scorecards",
        ],
        "ines": [home, "/scorecards", f"/scorecards/{talk.id}", f"{home}/scorecards"],
        "igor": [home, "/scorecards", f"/scorecards/{talk.id}", f"{home}/scorecards"],
    }  # fmt: skip
    for name, paths in pages.items():
        for path in paths:
            sound(browse(name).get(path))
    wrong = [
        ("ruth", f"{home}/rejection", {}), ("ruth", f"{home}/move", {}), ("ruth", f"{home}/reopening", {}),
        ("ruth", f"{home}/interviews", {"name": ""}), ("ruth", debrief, {"decision": ""}),
        ("ruth", f"{debrief}/opening", {"reason": ""}), ("ruth", "/candidates/new", {"name": ""}), ("ruth", "/candidates/new", {"name": NAME}),
        ("ruth", f"{person}/applications", {}), ("igor", f"/scorecards/{talk.id}", {"send": "yes"}),
        ("ines", f"/scorecards/{talk.id}/amend", {}),
    ]  # fmt: skip
    conflicts = [  # the debrief opens when the cards are in; a card that was sent is fixed
        ("ruth", debrief, {"decision": "x"}), ("ines", f"/scorecards/{talk.id}", {}),
    ]  # fmt: skip
    for status, name, path, data in [*((422, *row) for row in wrong), *((409, *row) for row in conflicts)]:
        answer = browse(name).post(path, data=data)
        assert answer.status_code == status, (path, answer.status_code)
        sound(answer)
        assert "<title>Error: " in answer.get_data(as_text=True)


def test_forms_carry_their_token(app, browse, session, people, now, application):
    talk = _plan(session, people, now, application, "ines")
    app.config["WTF_CSRF_ENABLED"] = True
    ruth, ines = browse("ruth"), browse("ines")
    app.config["WTF_CSRF_ENABLED"] = True
    assert ruth.post(f"/applications/{application.id}/rejection", data={"reason": "skills"}).status_code == 400
    form = ines.get(f"/scorecards/{talk.id}").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', form).group(1)
    saved = ines.post(f"/scorecards/{talk.id}", data={"csrf_token": token, "version": "0", "summary": "Kept"})
    assert saved.status_code == 303
