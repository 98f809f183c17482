"""Blind until sent: two worlds that differ only in another's card look the same to who still owes one."""

import datetime as dt

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.scorecards import rules
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories


def _card(rating, summary, *, submit=True):
    marks = [
        {"attribute": "System design", "rating": rating, "evidence": f"CANARY {summary}"},
        {"attribute": "Communication"},
    ]
    return {"ratings": marks, "overall": 4 if rating > 3 else 1, "summary": summary, "submit": submit}


@pytest.fixture
def talk(api, session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, "Ada Ferreira")
    session.commit()
    end = now - dt.timedelta(hours=3)
    body = {
        "name": "Panel",
        "stage": "Interview",
        "starts_at": (end - dt.timedelta(hours=1)).isoformat(),
        "ends_at": end.isoformat(),
        "panel": [{"email": "ines@example.com"}, {"email": "igor@example.com", "cross_functional": True}],
    }
    made = api.ruth.post(f"/applications/{application.id}/interviews", body)
    assert made.status_code == 201, made.get_json()
    return application.id, made.get_json()["id"], requisition.key


@pytest.mark.parametrize("rating", [1, 5])
def test_who_owes_a_card_sees_only_how_many_are_in(api, talk, rating):
    application_id, interview_id, key = talk
    assert api.ines.put(f"/interviews/{interview_id}/scorecard", _card(rating, "said by Ines")).status_code == 200
    blind = api.igor.get(f"/applications/{application_id}/scorecards")
    assert blind.get_json() == {"items": [], "next": None, "submitted": 1, "expected": 2, "hidden": True}
    for path in (
        f"/applications/{application_id}",
        f"/requisitions/{key}",
        "/applications",
        f"/applications/{application_id}/interviews",
    ):
        assert "CANARY" not in api.igor.get(path).get_data(as_text=True)
    api.igor.put(f"/interviews/{interview_id}/scorecard", _card(3, "said by Igor"))
    seen = api.igor.get(f"/applications/{application_id}/scorecards").get_json()
    assert {card["summary"] for card in seen["items"]} == {"said by Ines", "said by Igor"}
    assert seen["hidden"] is False


def test_a_sent_card_is_fixed_and_amended_only_as_a_marked_version(api, talk):
    application_id, interview_id, _ = talk
    path = f"/interviews/{interview_id}/scorecard"
    api.ines.put(path, _card(4, "first"))
    assert api.ines.put(path, _card(2, "second")).status_code == 409
    assert api.ines.put(path, {**_card(2, "second"), "amend": True}).status_code == 422
    api.igor.put(path, _card(3, "other"))
    amended = api.ines.put(path, {**_card(2, "second"), "amend": True, "reason": "I mixed up two people"}).get_json()
    assert amended["state"] == "amended"
    assert [(v["version"], v["after_reveal"], v["summary"]) for v in amended["versions"]] == [
        (1, False, "first"),
        (2, True, "second"),
    ]
    assert api.ruth.get(f"/applications/{application_id}/scorecards").get_json()["submitted"] == 2


def test_who_is_not_on_the_panel_has_no_card(api, talk):
    _, interview_id, _ = talk
    assert api.xenia.put(f"/interviews/{interview_id}/scorecard", _card(3, "x")).status_code == 404
    assert api.ruth.put(f"/interviews/{interview_id}/scorecard", _card(3, "x")).status_code == 403


def test_a_draft_is_its_authors_alone_and_a_stale_one_is_refused(api, talk):
    application_id, interview_id, _ = talk
    path = f"/interviews/{interview_id}/scorecard"
    first = api.ines.put(path, _card(4, "draft", submit=False)).get_json()
    assert first["state"] == "draft"
    assert api.ruth.get(f"/applications/{application_id}/scorecards").get_json()["items"] == []
    api.ines.put(path, _card(3, "draft two", submit=False), headers={"If-Match": f'"{first["version"]}"'})
    assert (
        api.ines.put(path, _card(2, "three", submit=False), headers={"If-Match": f'"{first["version"]}"'}).status_code
        == 409
    )


@pytest.mark.parametrize(
    ("marks", "overall", "field"),
    [
        ([Mark("A", 5)], 4, "evidence.A"),
        ([Mark("A", 1, "")], 1, "evidence.A"),
        ([Mark("A", None)], 3, "ratings"),
        ([Mark("A", 3)], None, "overall"),
        ([], 3, "ratings"),
    ],
)
def test_what_a_card_lacks_is_named(marks, overall, field):
    with pytest.raises(RuleBroken) as refused:
        rules.check_complete(CardContent(marks, overall=overall))
    assert field in refused.value.errors


def test_the_extremes_need_evidence_and_the_middle_does_not():
    rules.check_complete(CardContent([Mark("A", 3), Mark("B", 5, "Found the flaw"), Mark("C", None)], overall=3))
