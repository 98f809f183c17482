"""Names are found by every apostrophe, dash, space and letter that a keyboard may lack: on every page with a search, and over JSON."""

import pytest

from recruiter.keepwarm.lifecycle import services as lifecycle
from recruiter.requisitions import services as requisitions
from tests import factories
from tests.acts import act_by

BRIEN = [f"O{mark}Brien" for mark in "'\u2019\u2018\u02bc\u02bb\u2032\u00b4`\uff07\u201b"]
FOUND_BY = {
    "O'Brien": [*BRIEN, "obrien", "OBRIEN"],
    "O\u2019Brien": [*BRIEN, "obrien"],
    "O\u02bcBrien": [BRIEN[0], BRIEN[1], "obrien"],
    "\u00de\u00f3rir \u00d0ar": ["thorir dar", "\u00fe\u00f3rir"],
    "\u5c71\u7530\u3000\u592a\u90ce": ["\u5c71\u7530 \u592a\u90ce", "\u592a\u90ce\u3000\u5c71\u7530"],
    "Jean\u2011Luc Pic": ["jean-luc\u00a0pic"],
    "Ada\u200b Lovelace": ["ada\u2060 lovelace"],
}
NOT_FOUND_BY = ["%", "_", "o%n", "100%", "\\"]


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    return requisition


@pytest.mark.parametrize("name", FOUND_BY)
def test_a_person_is_found_by_every_door(api, browse, session, people, now, search, name):
    application = factories.application(session, people, now, search, name)
    session.commit()
    ruth, display = browse("ruth"), application.candidate.name.replace("'", "&#39;")
    board = f"/requisitions/{search.key}"
    doors = [("/candidates", {}), ("/search", {}), (board, {}), (board, {"view": "table"})]
    for query in FOUND_BY[name]:
        items = api.ruth.get("/candidates", query_string={"q": query}).get_json()["items"]
        assert [person["id"] for person in items] == [application.candidate_id], query
    for path, more in doors:
        page = ruth.get(path, query_string={"q": query, **more}).get_data(as_text=True)
        assert f"{display}<" in page, (path, more)
    lifecycle.reject(session, application=application, reason="skills", act=act_by(people.ruth, now=now))
    session.commit()
    page = ruth.get(board, query_string={"view": "closed", "q": query}).get_data(as_text=True)
    assert f"{display}<" in page


@pytest.mark.parametrize("name", list(FOUND_BY)[3:])
def test_a_requisition_is_found_by_its_title(api, browse, session, people, now, search, name):
    changes = {"title": f"Lead {name}"}
    requisitions.change(session, requisition=search, changes=changes, act=act_by(people.ruth, now=now))
    session.commit()
    for query in FOUND_BY[name]:
        items = api.ruth.get("/requisitions", query_string={"q": query}).get_json()["items"]
        assert [requisition["id"] for requisition in items] == [search.id], query
    for path in ("/requisitions", "/search"):
        assert search.key in browse("ruth").get(path, query_string={"q": query}).get_data(as_text=True), path


@pytest.mark.parametrize("query", NOT_FOUND_BY)
def test_a_sign_of_the_database_is_a_sign_like_any_other(api, session, people, now, search, query):
    factories.application(session, people, now, search, "Ada Oben")
    session.commit()
    assert api.ruth.get("/requisitions", query_string={"q": query}).get_json()["items"] == []
    assert api.ruth.get("/candidates", query_string={"q": query}).get_json()["items"] == []
