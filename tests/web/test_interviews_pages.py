"""Interviews as pages: planned with warnings, moved, cancelled, in calendars, in an itinerary; gaps and the plan."""

import datetime as dt
import re

import pytest

from recruiter.interviews import interview_plans, queries
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.scorecards import arranging

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"


@pytest.fixture
def seat(session, people, now):
    made = arranging.seat(session, people, now, NAME)
    session.commit()
    return made


def _asked(seat, people, **more):
    return {
        "name": "System design panel", "stage": str(seat.requisition.stages[2].id), "date": "2026-11-19",
        "time": "10:00", "minutes": "60", "person_1": str(people.ines.id), "person_2": str(people.igor.id),
        "other_2": "y", "place": "Room 4", **more,
    }  # fmt: skip


def test_a_clash_is_told_and_a_person_may_go_on(browse, session, people, now, seat):
    arranging.talk(session, people, now, seat, "ines", hours=-25)  # 19 Nov, 09:30 to 10:30
    path = f"/applications/{seat.id}/interviews"
    answer = browse("ruth").post(path, data=_asked(seat, people))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Ines is in another interview from 09:30 to 10:30." in page
    assert 'name="anyway"' in page
    assert 'value="Room 4"' in page
    assert session.query(Interview).count() == 1
    done = browse("ruth").post(path, data=_asked(seat, people, anyway="y"))
    assert done.status_code == 303
    talk = session.query(Interview).filter_by(name="System design panel", place="Room 4").one()
    assert [(seat.user_id, seat.cross_functional) for seat in talk.panel] == [
        (people.ines.id, False),
        (people.igor.id, True),
    ]


def test_a_time_in_the_past_asks_first_and_the_api_warns(browse, api, session, people, seat):
    path = f"/applications/{seat.id}/interviews"
    first, again = (_asked(seat, people, date=f"2020-01-0{day}") for day in (1, 2))
    answer = browse("ruth").post(path, data=first)
    assert answer.status_code == 409
    assert "This is in the past: Wed 1 Jan 2020, from 10:00 to 11:00." in answer.get_data(as_text=True)
    assert session.query(Interview).count() == 0
    session.commit()
    body = {
        "name": "Panel", "stage": "Interview", "starts_at": "2020-01-01T10:00:00Z", "ends_at": "2020-01-01T11:00:00Z",
        "panel": [{"email": "ines@example.com"}],
    }  # fmt: skip
    made = api.ruth.post(path, body)
    assert (made.status_code, [warning["kind"] for warning in made.get_json()["warnings"]]) == (201, ["past"])
    assert browse("ruth").post(path, data={**again, "anyway": "y"}).status_code == 303
    assert session.query(Interview).count() == 2


def test_only_stages_in_which_people_are_met_are_offered(browse, people, seat):
    path = f"/applications/{seat.id}/interviews"
    listed = browse("ruth").get(path).get_data(as_text=True).split('id="stage"')[1].split("</select>")[0]
    assert ">Interview<" in listed
    assert ">Hired<" not in listed
    assert ">Offer<" not in listed
    hired = next(str(stage.id) for stage in seat.requisition.stages if stage.kind == StageKind.HIRED)
    assert browse("ruth").post(path, data=_asked(seat, people, stage=hired)).status_code == 422


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Give the interview a name"), ({"date": ""}, "Enter the date."), ({"minutes": "4"}, "Enter between 5"),
        ({"person_1": "", "person_2": ""}, "Name at least one person"), ({"place": "x" * 301}, "300"),
        ({"time": "25:00"}, "valid"), ({"date": "1026-11-19"}, "date from 2000 to 2099"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_said_and_kept(browse, session, people, seat, change, says):
    answer = browse("ruth").post(
        f"/applications/{seat.id}/interviews", data=_asked(seat, people, **{"name": "Typed & kept", **change})
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in page
    assert session.query(Interview).count() == 0
    assert "name" in change or "Typed &amp; kept" in page


def test_it_is_moved_staffed_anew_and_cancelled_with_a_history(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", "igor", hours=-25)
    ruth, path = browse("ruth"), f"/interviews/{talk.id}"
    page = ruth.get(path).get_data(as_text=True)
    assert "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה" in page
    assert "Thu 19 Nov 2026, 09:30 to 10:30 (UTC)" in page
    data = {
        "date": "2026-11-20", "time": "11:00", "minutes": "45", "place": "Call", "person_1": str(people.ines.id),
        "person_2": str(people.xenia.id), "reason": "Igor is <ill>",
    }  # fmt: skip
    assert ruth.post(f"{path}/changes", data=data).status_code == 303
    page = ruth.get(path).get_data(as_text=True)
    for text in ("Fri 20 Nov 2026, 11:00 to 11:45", "Xenia", "changed the panel", "Igor is &lt;ill&gt;", "Call"):
        assert text in page
    for wrong, status in (
        ({"minutes": "0"}, 422),
        ({"person_1": "", "person_2": ""}, 422),
        ({"date": "2026-11-21"}, 409),
    ):
        answer = ruth.post(f"{path}/changes", data={**data, "reason": "Kept & shown", **wrong})
        assert answer.status_code == status
        assert "Kept &amp; shown" in answer.get_data(as_text=True)
    ended = ruth.post(f"{path}/status", data={"status": "cancelled", "reason": "Withdrew"}, follow_redirects=True)
    assert "Interview cancelled." in ended.get_data(as_text=True)
    page = ruth.get(path).get_data(as_text=True)
    assert "Withdrew" in page
    assert '<form class="card card-pad stack" method="post"' not in page


def _version(answer):
    return re.search(r'name="version" value="(\d+)"', answer.get_data(as_text=True))[1]


def test_a_stale_tab_does_not_move_an_interview_back(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25)
    ruth, hana, path = browse("ruth"), browse("hana"), f"/interviews/{talk.id}"
    read = {"date": "2026-11-19", "time": "09:30", "minutes": "60", "person_1": str(people.ines.id)}
    session.rollback()
    read["version"] = _version(ruth.get(path))
    assert hana.post(f"{path}/changes", data={**read, "date": "2026-11-20"}).status_code == 303
    stale = ruth.post(f"{path}/changes", data={**read, "place": "Room <9>"})
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Not saved. Hana moved it at 09:30. What you typed is kept" in page
    assert 'value="Room &lt;9&gt;"' in page
    cancelled = ruth.post(
        f"{path}/status", data={"status": "cancelled", "reason": "Ill & gone", "version": read["version"]}
    )
    assert cancelled.status_code == 409
    assert "Ill &amp; gone" in cancelled.get_data(as_text=True)
    session.expire_all()
    assert (talk.starts_at.day, talk.place, talk.status) == (20, "", InterviewStatus.PLANNED)
    session.rollback()
    again = ruth.post(
        f"{path}/changes", data={**read, "date": "2026-11-20", "place": "Room 9", "version": _version(stale)}
    )
    assert again.status_code == 303
    session.expire_all()
    assert (talk.starts_at.day, talk.place) == (20, "Room 9")


def test_its_name_and_what_they_look_at_change_and_an_old_form_leaves_both(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25, focus=["System design"])
    ruth, path = browse("ruth"), f"/interviews/{talk.id}/changes"
    same = {"date": "2026-11-19", "time": "09:30", "minutes": "60", "person_1": str(people.ines.id)}
    ruth.post(path, data={**same, "shows_focus": "yes", "focus": ["Communication"], "name": "Talk with the team"})
    page = ruth.get(f"/interviews/{talk.id}").get_data(as_text=True)
    assert "Talk with the team" in page
    assert "changed what it looks at" in page
    assert 'value="Communication" checked' in page
    ruth.post(path, data=same)
    assert ruth.post(path, data={**same, "shows_focus": "yes", "focus": ["Nothing of ours"]}).status_code == 422
    session.refresh(talk)
    assert (talk.name, talk.focus) == ("Talk with the team", ["Communication"])
    coverage = ruth.get(f"/requisitions/{seat.requisition.key}/interviews").get_data(as_text=True)
    assert "1 of 1 will have gaps" in coverage
    session.commit()


def test_a_form_sent_back_as_it_was_moves_nothing(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25)
    talk.starts_at += dt.timedelta(seconds=17)
    session.commit()
    data = {"date": "2026-11-19", "time": "09:30", "minutes": "59", "person_1": str(people.ines.id), "anyway": "y"}
    browse("ruth").post(f"/interviews/{talk.id}/changes", data=data)
    session.refresh(talk)
    assert [change.kind.value for change in queries.history_of(session, talk)] == ["planned"]


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("ines", 200), ("xenia", 404), ("henk", 404), ("arne", 404)]
)
def test_who_sees_an_interview_and_its_file(browse, session, people, now, seat, name, status):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25)
    for path in (f"/interviews/{talk.id}", f"/interviews/{talk.id}/calendar.ics"):
        assert browse(name).get(path).status_code == status


def test_the_panel_sees_no_form_and_no_reasons(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", hours=-25)
    browse("ruth").post(
        f"/interviews/{talk.id}/changes",
        data={
            "date": "2026-11-20",
            "time": "11:00",
            "minutes": "45",
            "person_1": str(people.ines.id),
            "reason": "CANARY",
        },
    )
    page = browse("ines").get(f"/interviews/{talk.id}").get_data(as_text=True)
    assert "CANARY" not in page
    assert "Reschedule or change the panel" not in page


def test_the_calendar_file_is_served_as_a_file(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines", "igor", hours=-25)
    answer = browse("ines").get(f"/interviews/{talk.id}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="interview-{talk.id}.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert "METHOD:PUBLISH" in text
    browse("ruth").post(f"/interviews/{talk.id}/status", data={"status": "cancelled"})
    assert "METHOD:CANCEL" in browse("ruth").get(f"/interviews/{talk.id}/calendar.ics").get_data(as_text=True)


def test_the_itinerary_names_people_and_their_roles_and_nothing_internal(browse, session, people, now, seat):
    talk = arranging.talk(
        session, people, now, seat, "ines", "hana", hours=-25, name="A talk about your work", focus=["System design"]
    )
    cancelled = arranging.talk(session, people, now, seat, "igor", hours=-49, name="Gone talk")
    cancelled.status = InterviewStatus.CANCELLED
    session.commit()
    saved = browse("ines").post(
        "/interviewing",
        data={"title": "Staff Engineer & mentor", "zone": "Europe/Berlin", "day_starts": "08:00", "day_ends": "16:30", "weekly_limit": "3"},
    )  # fmt: skip
    assert saved.status_code == 303
    page = browse("ruth").get(f"/applications/{seat.id}/itinerary").get_data(as_text=True)
    for text in (
        "A talk about your work",
        "Ines",
        "Staff Engineer &amp; mentor",
        "Hana",
        "Hiring manager",
        "Thu 19 Nov 2026",
    ):
        assert text in page
    main = page[page.index("<main") :]
    for text in ("Gone talk", "System design", "corecard to", "EUR", "finalist"):
        assert text not in main
    assert browse("ines").get(f"/applications/{seat.id}/itinerary").status_code == 403
    other = factories.application(session, people, now, seat.requisition)
    session.commit()
    assert "Nothing to tell yet" in browse("ruth").get(f"/applications/{other.id}/itinerary").get_data(as_text=True)
    assert talk.place == ""


@pytest.mark.parametrize(
    "change",
    [{"zone": "Mars/Olympus"}, {"day_ends": "07:00"}, {"weekly_limit": "x"}, {"title": "x" * 121}, {"day_starts": ""}],
)
def test_how_somebody_interviews_is_checked(browse, change):
    data = {
        "title": "Kept & typed",
        "zone": "",
        "day_starts": "08:00",
        "day_ends": "16:30",
        "weekly_limit": "3",
        **change,
    }
    answer = browse("igor").post("/interviewing", data=data)
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)
    assert "title" in change or "Kept &amp; typed" in answer.get_data(as_text=True)


def test_gaps_are_shown_before_anybody_meets_and_the_plan_fills_the_form(browse, session, people, now, seat):
    arranging.talk(session, people, now, seat, "ines", "igor", hours=-25, focus=["System design"])
    path = f"/requisitions/{seat.requisition.key}/interviews"
    page = browse("ruth").get(path).get_data(as_text=True)
    assert "1 of 1 will have gaps" in page
    assert interview_plans.coverage_of(session, seat).missing == ["Communication"]
    plan = {
        "name_1": "Design <talk>", "stage_1": str(seat.requisition.stages[2].id), "minutes_1": "45", "focus_1": "System design",
        "name_2": "", "stage_2": str(seat.requisition.stages[2].id), "minutes_2": "60",
    }  # fmt: skip
    write = f"/requisitions/{seat.requisition.key}/interview-plan"
    bad = browse("ruth").post(write, data={**plan, "minutes_1": "3"})
    assert bad.status_code == 422
    assert "Design &lt;talk&gt; lasts between" in bad.get_data(as_text=True)
    assert browse("ruth").post(write, data=plan).status_code == 303
    page = browse("ruth").get(path).get_data(as_text=True)
    assert "The plan leaves out:" in page
    talk = interview_plans.plan_of(session, seat.requisition)[0]
    form = browse("ruth").get(f"/applications/{seat.id}/interviews?talk={talk.id}").get_data(as_text=True)
    assert 'value="Design &lt;talk&gt;"' in form
    assert 'value="45"' in form
    assert 'value="System design" checked' in form
    assert 'value="Communication" checked' not in form


def _seen(answer, name):
    return re.search(rf'name="{name}" value="([^"]+)"', answer.get_data(as_text=True))[1]


def test_a_stale_tab_does_not_overwrite_the_plan_or_the_date(browse, session, seat):
    key, stage = seat.requisition.key, str(seat.requisition.stages[2].id)
    session.rollback()
    ruth, hana, path = browse("ruth"), browse("hana"), f"/requisitions/{key}"
    read = ruth.get(f"{path}/interviews")
    plan = {"stage_1": stage, "minutes_1": "45", "plan_seen": _seen(read, "plan_seen")}
    three = {
        f"{name}_{n}": value for n in (2, 3) for name, value in (("name", f"T{n}"), ("stage", stage), ("minutes", "30"))
    }
    assert hana.post(f"{path}/interview-plan", data={**plan, "name_1": "Hana's talk", **three}).status_code == 303
    stale = ruth.post(f"{path}/interview-plan", data={**plan, "name_1": "Ruth <talk>"})
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Not saved. Hana saved this plan at 09:30; it has Hana&#39;s talk (45 min), T2 (30 min) now." in page
    assert 'value="Ruth &lt;talk&gt;"' in page
    assert [entry.name for entry in interview_plans.plan_of(session, seat.requisition)] == ["Hana's talk", "T2"]
    session.rollback()
    plan["plan_seen"] = _seen(stale, "plan_seen")
    assert ruth.post(f"{path}/interview-plan", data={**plan, "name_1": "Ruth <talk>"}).status_code == 303
    date = {"decide_on": "2026-11-24", "date_seen": _seen(read, "date_seen")}
    assert hana.post(f"{path}/decision-date", data=date).status_code == 303
    stale = ruth.post(f"{path}/decision-date", data={**date, "decide_on": "2026-11-30"})
    assert stale.status_code == 409
    assert "Not saved. Hana set Tue 24 Nov at 09:30." in stale.get_data(as_text=True)
    assert 'value="2026-11-30"' in stale.get_data(as_text=True)
    date = {"decide_on": "2026-11-30", "date_seen": _seen(stale, "date_seen")}
    assert ruth.post(f"{path}/decision-date", data=date).status_code == 303


def test_coverage_has_whoever_is_met_before_his_stage(session, people, now, seat):
    early = factories.application(session, people, now, seat.requisition, name="Early Bird")
    factories.application(session, people, now, seat.requisition, name="Not Met")
    arranging.talk(session, people, now, early, "ines", hours=-25)
    names = [coverage.application.candidate.name for coverage in interview_plans.coverage(session, seat.requisition)]
    assert names == [seat.candidate.name, "Early Bird"]


def test_the_decision_date_is_today_or_later(browse, session, people, now, seat):
    write = f"/requisitions/{seat.requisition.key}/decision-date"
    for wrong in ("2026-11-17", "", "soon"):
        assert browse("ruth").post(write, data={"decide_on": wrong}).status_code == 422
    assert browse("ruth").post(write, data={"decide_on": "2026-11-24"}).status_code == 303
    page = browse("ruth").get(f"/requisitions/{seat.requisition.key}/interviews").get_data(as_text=True)
    assert "Decision by Tue 24 Nov" in page


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_arranges_interviews(browse, seat, name, status):
    path = f"/requisitions/{seat.requisition.key}"
    assert browse(name).get(f"{path}/interviews").status_code == status
    for write in ("interview-plan", "decision-date"):
        assert browse(name).post(f"{path}/{write}", data={}).status_code in ({422, 303} if status == 200 else {status})


def test_the_page_takes_as_many_statements_for_many_as_for_few(browse, session, people, now, seat, count_statements):
    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            assert client.get(f"/requisitions/{seat.requisition.key}/interviews").status_code == 200
        return len(seen)

    arranging.talk(session, people, now, seat, "ines", hours=-25)
    few = ask()
    for place in range(8):
        more = arranging.seat(session, people, now, f"Person {place}", seat.requisition)
        arranging.talk(session, people, now, more, "ines", "igor", "xenia", hours=-25 - place)
    assert ask() == few <= 25


def test_the_api_plans_with_warnings_changes_and_tells_the_history(api, session, people, now, seat):
    starts = now + dt.timedelta(days=1)
    body = {
        "name": "Panel", "stage": "Interview", "starts_at": starts.isoformat(), "place": "Room 4",
        "ends_at": (starts + dt.timedelta(hours=1)).isoformat(), "panel": [{"email": "ines@example.com"}],
    }  # fmt: skip
    first = api.ruth.post(f"/applications/{seat.id}/interviews", body).get_json()
    assert (first["warnings"], first["place"], first["sequence"]) == ([], "Room 4", 0)
    second = api.ruth.post(f"/applications/{seat.id}/interviews", body)
    assert second.status_code == 201
    assert [warning["kind"] for warning in second.get_json()["warnings"]] == ["clash", "candidate_clash"]
    path = f"/interviews/{first['id']}"
    change = {
        "panel": [{"email": "igor@example.com", "cross_functional": True}],
        "place": "Call",
        "reason": "Ines is ill",
    }
    changed = api.ruth.patch(path, change).get_json()
    assert [(panelist["name"], panelist["cross_functional"]) for panelist in changed["panel"]] == [("Igor", True)]
    assert (changed["place"], changed["sequence"]) == ("Call", 1)
    changes = api.ruth.get(f"{path}/changes").get_json()["items"]
    assert [(change["kind"], change["reason"]) for change in changes] == [
        ("planned", ""),
        ("moved", "Ines is ill"),
        ("panel", "Ines is ill"),
    ]
    assert api.igor.get(f"{path}/changes").status_code == 403
    for wrong in (
        {"panel": []},
        {"panel": [{"email": "nobody@example.com"}]},
        {"focus": ["No such"]},
        {"status": "gone"},
        {"x": 1},
    ):
        assert api.ruth.patch(path, wrong).status_code == 422
    assert api.ruth.patch(path, {"status": "no_show"}).status_code == 409
    assert api.ruth.patch(path, {"status": "cancelled"}).get_json()["status"] == "cancelled"
    assert api.ruth.patch(path, {"place": "Elsewhere"}).status_code == 409


def test_the_api_keeps_the_plan_and_tells_the_gaps(api, session, people, now, seat):
    path = f"/requisitions/{seat.requisition.key}"
    assert api.ruth.get(f"{path}/interview-plan").get_json()["talks"] == []
    talks = [{"name": "Design", "stage": "Interview", "minutes": 45, "focus": ["system DESIGN"]}]
    plan = api.ruth.put(f"{path}/interview-plan", {"talks": talks, "decide_on": "2026-11-24"}).get_json()
    talk = {"name": "Design", "stage": "Interview", "minutes": 45, "focus": ["System design"], "scored": True}
    assert plan["talks"] == [talk]
    assert (plan["not_covered"], plan["decide_on"]) == (["Communication"], "2026-11-24")
    for wrong in (
        [{"name": "Design", "stage": "Nowhere"}], [{"name": "Design", "stage": "Interview", "minutes": 1}],
        [{"name": "D", "stage": "Interview", "focus": ["No"]}], talks * 13,
    ):  # fmt: skip
        assert api.ruth.put(f"{path}/interview-plan", {"talks": wrong}).status_code == 422
    assert api.ruth.put(f"{path}/interview-plan", {"talks": talks, "decide_on": "2026-11-17"}).status_code == 422
    session.refresh(seat.requisition)
    arranging.talk(session, people, now, seat, "ines", "igor", hours=-25, focus=["System design"])
    items = api.hana.get(f"{path}/coverage").get_json()["items"]
    assert [(item["seen_by"], item["missing"]) for item in items] == [
        ({"System design": 2, "Communication": 0}, ["Communication"])
    ]


def test_every_page_is_whole_for_those_who_hear_it(browse, session, people, now, seat):
    from tests.sound_page import sound

    talk = arranging.talk(session, people, now, seat, "ines", "igor", hours=3)
    arranging.send(session, people, now, talk, "ines", 4)
    arranging.send(session, people, now, talk, "igor", 2)
    later = arranging.talk(session, people, now, seat, "ines", hours=-25)
    key = seat.requisition.key
    for name, paths in {
        "ruth": [
            f"/requisitions/{key}/interviews", f"/requisitions/{key}/scorecard", f"/requisitions/{key}/debrief",
            f"/interviews/{later.id}", f"/applications/{seat.id}/itinerary", f"/applications/{seat.id}/interviews",
            f"/interviews/{later.id}/scorecards/{people.ines.id}",
        ],
        "ines": [f"/interviews/{later.id}", "/interviewing", f"/scorecards/{talk.id}", "/scorecards"],
        "igor": [f"/applications/{seat.id}/scorecards"],
    }.items():  # fmt: skip
        for path in paths:
            sound(browse(name).get(path))
    refused = [  # a debrief that is not open yet is a conflict
        ("ruth", f"/applications/{seat.id}/verdicts", {"who": str(people.ines.id), "after": "1"}, 409),
    ]
    wrong = [
        ("ruth", f"/interviews/{later.id}/changes", {"date": ""}), ("ruth", f"/requisitions/{key}/decision-date", {}),
        ("ruth", f"/interviews/{talk.id}/scorecards/{people.ines.id}", {}), ("ines", "/interviewing", {}),
        ("ruth", f"/requisitions/{key}/debrief", {"decision": ""}),
    ]  # fmt: skip
    for name, path, data, status in [*refused, *((*row, 422) for row in wrong)]:
        answer = browse(name).post(path, data=data)
        assert answer.status_code == status, (path, answer.status_code)
        sound(answer)
        assert "<title>Error: " in answer.get_data(as_text=True)


def test_what_was_scored_is_not_called_off_and_a_late_try_is_told_on_the_page(browse, session, people, now, seat):
    talk = arranging.talk(session, people, now, seat, "ines")
    ruth, path, home = browse("ruth"), f"/interviews/{talk.id}", f"/applications/{seat.id}"
    for page in (path, home):
        assert "Nobody came" in ruth.get(page).get_data(as_text=True)
    arranging.send(session, people, now, talk, "ines", 3)
    for page in (path, home):
        text = ruth.get(page).get_data(as_text=True)
        assert "Nobody came" not in text
        assert f"{path}/status" not in text
    for status in ("no_show", "cancelled"):
        answer = ruth.post(f"{path}/status", data={"status": status}, follow_redirects=True)
        assert answer.request.path == home
        assert "A scorecard has been sent on this interview, so it took place." in answer.get_data(as_text=True)
    session.expire_all()
    assert session.get(Interview, talk.id).status == InterviewStatus.PLANNED


def test_who_writes_anchors_on_an_older_page_overwrites_nobody(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    place, first = f"/requisitions/{requisition.key}/scorecard", requisition.attributes[0].id
    version = str(requisition.version)

    def form(author):
        anchors = {f"anchor_{first}_{rating}": f"{author} {rating}" for rating in range(1, 6)}
        return {"version": version, **anchors}

    assert browse("ruth").post(place, data=form("Hers")).status_code == 303
    answer = browse("hana").post(place, data=form("His"))
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Not saved. Ruth changed this requisition" in page
    assert "His 3" in page
    assert "Hers 3" in browse("hana").get(place).get_data(as_text=True)
