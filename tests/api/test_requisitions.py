"""Requisitions, candidates and applications over JSON."""

import datetime as dt

import pytest

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from tests import factories
from tests.acts import act_by

BODY = {
    "title": "Senior Backend Engineer",
    "hiring_manager": "hana@example.com",
    "band": {"min": 6_500_000, "mid": 7_500_000, "max": 8_500_000, "currency": "EUR"},
}


@pytest.fixture
def opened(api):
    return api.ruth.post("/requisitions", BODY).get_json()


def test_it_opens_one_with_the_usual_stages_and_attributes(api):
    answer = api.ruth.post("/requisitions", BODY)
    assert answer.status_code == 201
    body = answer.get_json()
    assert body["key"] == "SEN-101"
    assert [stage["kind"] for stage in body["stages"]] == ["applied", "screen", "interview", "final", "offer", "hired"]
    assert len(body["attributes"]) == 4
    assert body["band"]["mid"] == 7_500_000
    assert len(body["openings"]) == 1


def test_it_is_found_by_number_and_by_key(api, opened):
    for name in (opened["id"], opened["key"], opened["key"].lower()):
        assert api.ruth.get(f"/requisitions/{name}").get_json()["id"] == opened["id"]


@pytest.mark.parametrize("name", ["0", "999999", "99999999999999999999", "NO-1", "٣"])
def test_what_is_not_there_is_404(api, name):
    answer = api.ruth.get(f"/requisitions/{name}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_pay_is_absent_without_the_permission(api, opened):
    assert "band" not in api.rolf.get(f"/requisitions/{opened['id']}").get_json()


def test_a_band_needs_the_permission(api):
    assert api.rolf.post("/requisitions", BODY).status_code == 403
    assert api.rolf.post("/requisitions", {"title": "X", "hiring_manager": "hana@example.com"}).status_code == 201


def test_another_manager_does_not_see_it(api, opened):
    assert api.henk.get(f"/requisitions/{opened['id']}").status_code == 404
    assert api.hana.get(f"/requisitions/{opened['id']}").status_code == 200
    assert api.ines.get(f"/requisitions/{opened['id']}").status_code == 404


def test_a_confidential_one_is_for_its_people_alone(api):
    made = api.ruth.post("/requisitions", {**BODY, "confidential": True}).get_json()
    assert api.rolf.get(f"/requisitions/{made['id']}").status_code == 404
    assert made["key"] not in api.rolf.get("/requisitions").get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"hiring_manager": "nobody@example.com"}, "hiring_manager"),
        ({"hiring_manager": "ines@example.com"}, "hiring_manager"),
        ({"openings": 0}, "openings"),
        ({"openings": "1"}, "openings"),
        ({"bar": 9}, "bar"),
        ({"band": {"min": 2, "max": 1, "currency": "EUR"}}, "band"),
        ({"band": {"min": 1, "max": 2, "currency": "XXQ"}}, "band"),
        ({"stages": [{"name": "A", "kind": "applied"}]}, "stages"),
        ({"attributes": [{"name": "A"}, {"name": "a"}]}, "attributes"),
        ({"shoe_size": 42}, "shoe_size"),
    ],
)
def test_what_is_not_right_is_named(api, change, field):
    answer = api.ruth.post("/requisitions", {**BODY, **change})
    assert answer.status_code == 422
    assert any(name.split(".")[0] == field for name in answer.get_json()["errors"])
    assert api.ruth.get("/requisitions").get_json()["items"] == []


@pytest.mark.parametrize("raw", ["{", '{"title": NaN}', '{"title": "a", "title": "b"}', "[" * 100_000])
def test_what_is_not_json_is_400(api, raw):
    assert api.ruth.post("/requisitions", data=raw, content_type="application/json").status_code == 400


def test_a_list_where_an_object_belongs_is_422(api):
    assert api.ruth.post("/requisitions", data="[1]", content_type="application/json").status_code == 422


def test_unknown_query_parameters_are_400(api):
    assert api.ruth.get("/requisitions?sort_by=pay").status_code == 400
    assert api.ruth.get("/requisitions?limit=1000").status_code == 400
    assert api.ruth.get("/requisitions?cursor=@@").status_code == 400
    for beyond in ("/applications?requisition_id=", "/applications?candidate_id=", "/keep-warm?requisition_id="):
        assert api.ruth.get(f"{beyond}99999999999999999999").status_code == 400


def test_a_stale_change_is_refused(api, opened):
    path = f"/requisitions/{opened['id']}"
    assert (
        api.ruth.patch(path, {"title": "Staff Engineer"}, headers={"If-Match": f'"{opened["version"]}"'}).status_code
        == 200
    )
    stale = api.ruth.patch(path, {"title": "Other"}, headers={"If-Match": f'"{opened["version"]}"'})
    assert stale.status_code == 409
    assert api.ruth.get(path).get_json()["title"] == "Staff Engineer"


def test_the_same_click_twice_acts_once(api):
    sent = {"name": "Ada", "emails": ["ada@example.com"]}
    first = api.ruth.post("/candidates", sent, headers={"Idempotency-Key": "k1"})
    again = api.ruth.post("/candidates", sent, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
    assert api.ruth.post("/candidates", {**sent, "name": "B"}, headers={"Idempotency-Key": "k1"}).status_code == 422
    assert len(api.ruth.get("/candidates").get_json()["items"]) == 1


def test_a_key_is_one_persons_and_has_an_end(api):
    def post(who, key, path="/candidates"):
        return who.post(path, {"name": "Ada", "emails": ["ada@example.com"]}, headers={"Idempotency-Key": key})

    mine, theirs = post(api.ruth, "k1"), post(api.rolf, "k1")
    assert mine.get_json()["id"] != theirs.get_json()["id"]
    assert post(api.ruth, "k2").get_json()["id"] not in {mine.get_json()["id"], theirs.get_json()["id"]}
    assert post(api.ruth, "x" * 200).status_code == 201
    long = post(api.ruth, "x" * 201)
    assert long.status_code == 422
    assert long.get_json()["detail"] == "An Idempotency-Key has at most 200 characters."
    other = post(api.ruth, "k1", "/candidates?x=1")
    assert other.status_code == 422
    used = "This Idempotency-Key was used for another request. Use a new key for a new request."
    assert other.get_json()["detail"] == used


def test_search_forgives_accents_and_typos(api):
    api.ruth.post("/candidates", {"name": "José Núñez", "emails": ["jose@example.com"]})
    api.ruth.post("/candidates", {"name": "Wanda Kowalska", "emails": ["wanda@example.com"]})
    for q in ("jose", "NUNEZ", "núñez josé", "jose nunes", "jose@example.com"):
        assert [item["name"] for item in api.ruth.get("/candidates", query_string={"q": q}).get_json()["items"]] == [
            "José Núñez"
        ], q


def test_a_likely_duplicate_is_named(api):
    first = api.ruth.post("/candidates", {"name": "Ada Ferreira", "emails": ["ada@example.com"]}).get_json()
    again = api.ruth.post("/candidates", {"name": "A. Ferreira", "emails": ["ADA@example.com"]}).get_json()
    assert again["likely_same"] == [{"id": first["id"], "name": "Ada Ferreira"}]


def test_people_come_page_by_page(api):
    for number in range(5):
        api.ruth.post("/candidates", {"name": f"Person {number}", "emails": [f"p{number}@example.com"]})
    seen, path = [], "/candidates?limit=2"
    while path:
        body = api.ruth.get(path).get_json()
        seen += [item["name"] for item in body["items"]]
        path = body["next"]
    assert seen == [f"Person {number}" for number in range(5)]


def test_nobody_is_401(api):
    assert api.nobody.get("/requisitions").status_code == 401
    assert api.nobody.post("/requisitions", BODY).status_code == 401


def test_the_description_can_be_read(api):
    described = api.nobody.get("/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/requisitions/{requisition_ref}" in described["paths"]


def test_the_description_tells_of_owners(api):
    described = api.nobody.get("/openapi.json").get_json()
    schemas, paths = described["components"]["schemas"], described["paths"]
    assert schemas["OwnerBody"]["required"] == ["owner"]
    assert "assign" in schemas["BulkBody"]["properties"]["action"]["enum"]
    assert "undo" in paths["/api/v1/applications/{application_id}"]["patch"]["summary"]
    parameters = {given["name"]: given for given in paths["/api/v1/applications"]["get"]["parameters"]}
    assert parameters["owner"]["in"] == "query"


def test_the_board_names_what_presses_on_each(api, session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition)
    start = now - dt.timedelta(days=2)
    interviews.plan(
        session, application=application, stage=application.stage, name="Call", starts_at=start, ends_at=start + dt.timedelta(hours=1),
        panel=[Seat(people.ines)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    board = api.ruth.get(f"/requisitions/{requisition.id}/board").json
    assert [card["flags"] for stage in board["stages"] for card in stage["applications"]] == [["card_late"]]
