"""The finalists in JSON: who sees the order, and orders that depart from the suggestion."""

import pytest

from tests import factories
from tests.ranking.rating import rated


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now, requisition, names=("Zoe Ünal", "Bela Novak", "Chidi Okoro"))
    session.commit()
    for finalist, marks in zip(finalists, [(5, 5), (2, 2), (2, 2)], strict=True):
        rated(session, people, now, finalist, marks)
    return requisition, finalists


def test_whoever_owes_a_card_is_told_names_alone(api, slate, session, people, now):
    requisition, (zoe, *_) = slate
    path = f"/requisitions/{requisition.id}/finalists"
    open_to = api.hana.get(path).json
    assert open_to["suggestion"]["state"] == "ready"
    assert [item["position"] for item in open_to["items"]] == [1, 2, 3]
    assert open_to["departure"] is None
    rated(session, people, now, zoe, (), panel=("hana",))
    answer = api.hana.get(path)
    assert answer.json["suggestion"] == {"state": "hidden"}
    assert [item["candidate"]["name"] for item in answer.json["items"]] == ["Bela Novak", "Chidi Okoro", "Zoe Ünal"]
    for secret in ("position", "reason", "Evidence on system design", "plain_mean", "departure", "named_at"):
        assert secret not in answer.get_data(as_text=True)
    again = [{"application_id": application.id, "reason": "Mine"} for application in reversed(slate[1])]
    put = api.hana.put(path, {"order": again})
    assert put.status_code == 409
    assert "Send them first" in put.json["detail"]
    assert [item["position"] for item in api.ruth.get(path).json["items"]] == [1, 2, 3]
    assert api.ruth.get(path).json["items"][0]["application_id"] == zoe.id


def test_place_and_reasons_are_absent_for_whoever_owes_a_card(api, slate, session, people, now):
    """On the search where the card is owed, wherever an application is answered; elsewhere nothing changes."""
    requisition, (zoe, bela, _) = slate
    other = factories.finalists(session, people, now, factories.requisition(session, people, now), names=("Kim",))[0]
    session.commit()
    answer = (
        f"/applications/{zoe.id}",
        f"/applications/{bela.id}",
        f"/applications?requisition_id={requisition.id}",
        f"/requisitions/{requisition.id}/board",
        "/keep-warm?due=all",
    )
    assert all("position" in api.hana.get(path).get_data(as_text=True) for path in answer)
    rated(session, people, now, zoe, (), panel=("hana",))
    for path in answer[:-1]:
        suggestion = api.hana.get(path).get_data(as_text=True)
        assert "finalist_position" not in suggestion, path
        assert '"reason"' not in suggestion, path
    listed = api.hana.get("/keep-warm?due=all").json["items"]
    assert {item["application_id"] for item in listed if "position" in item} == {other.id}
    assert all("reason" not in item for item in api.hana.get(f"/applications/{zoe.id}/moves").json["items"])
    assert api.hana.get(f"/applications/{bela.id}/moves").json["items"][-1]["reason"] == "Arranged for a test"
    assert api.hana.get(f"/applications/{other.id}").json["finalist_position"] == 1
    assert api.ruth.get(f"/applications/{zoe.id}").json["finalist_position"] == 1


def test_a_departure_is_answered_with_its_reason(api, slate):
    requisition, (zoe, bela, chidi) = slate
    path = f"/requisitions/{requisition.id}/finalists"
    order = [
        {"application_id": application.id, "reason": f"For {application.candidate.name}"}
        for application in (bela, zoe, chidi)
    ]
    suggestion = api.ruth.put(path, {"order": order}).json["departure"]
    assert suggestion["reason"] == "For Bela Novak"
    assert [(pair["above"], pair["below"]) for pair in suggestion["pairs"]] == [(bela.id, zoe.id)]
    assert (suggestion["label"], suggestion["model_version"], suggestion["by"]["email"]) == (
        "scorecard weights",
        None,
        "ruth@example.com",
    )
    suggestion = api.ruth.put(path, {"order": order, "departure_reason": "Knows the ledger"}).json["departure"]
    assert suggestion["reason"] == "Knows the ledger"
    assert api.ruth.get(path).json["departure"] == suggestion
    back = [order[1], order[0], order[2]]
    assert api.ruth.put(path, {"order": back}).json["departure"] is None


def test_an_order_needs_its_reasons_and_nothing_else(api, slate):
    requisition, (zoe, *_) = slate
    path = f"/requisitions/{requisition.id}/finalists"
    for body in (
        {"order": [{"application_id": zoe.id, "reason": " "}]},
        {"order": [{"application_id": zoe.id}]},
        {"order": [{"application_id": zoe.id, "reason": "x" * 2001}]},
        {"order": [{"application_id": zoe.id, "reason": "Why"}], "departure_reason": "x" * 2001},
        {"order": [{"application_id": zoe.id, "reason": "Why"}], "rank": 1},
    ):
        assert api.ruth.put(path, body).status_code == 422
    assert [item["position"] for item in api.ruth.get(path).json["items"]] == [1, 2, 3]
