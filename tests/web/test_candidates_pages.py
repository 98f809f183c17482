"""Candidates as pages: found, entered once, seen across requisitions."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates import services
from recruiter.candidates.models import Candidate
from recruiter.candidates.rules import CandidateDetails
from recruiter.pipeline.models import Application
from tests import factories
from tests.acts import act_by

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"


@pytest.fixture
def zoe(session, people, now):
    person = CandidateDetails(
        name=NAME,
        emails=["zoe@example.com"],
        phones=["+49 30 1234567"],
        headline="Cellist & <engineer>",
        tags=["strings"],
    )
    made = services.add(session, person=person, act=act_by(people.ruth, now=now))
    session.commit()
    return made


def _count(session):
    with Session(session.get_bind()) as own:
        return len(own.scalars(select(Candidate.id)).all())


def _applications(session, candidate):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(Application.requisition_id).where(Application.candidate_id == candidate.id)))


@pytest.mark.parametrize("name", ["ruth", "hana", "ines", "arne", "anja"])
def test_every_role_gets_the_list_and_sees_only_its_own(browse, zoe, name):
    page = browse(name).get("/candidates")
    assert page.status_code == 200
    seen = "Zoë &lt;b&gt;&amp;&#39;Ünal&lt;/b&gt; 🎻 שרה" in page.get_data(as_text=True)
    assert seen == (name in {"ruth", "anja"})


def test_a_search_forgives_and_says_when_nobody_is_found(browse, zoe):
    ruth = browse("ruth")
    assert "Zoë" in ruth.get("/candidates?q=zoe+unal").get_data(as_text=True)
    assert "Zoë" in ruth.get("/candidates?q=1234567").get_data(as_text=True)
    nobody = ruth.get("/candidates?q=<script>").get_data(as_text=True)
    assert "Nobody found" in nobody
    assert 'value="&lt;script&gt;"' in nobody


def test_an_empty_list_says_what_will_be_here(browse):
    page = browse("ruth").get("/candidates").get_data(as_text=True)
    assert "No candidates yet" in page
    assert "/candidates/new" in page
    assert "/candidates/new" not in browse("hana").get("/candidates").get_data(as_text=True)


def test_pages_follow_each_other_and_take_the_same_statements(browse, session, people, now, count_statements):
    ruth = browse("ruth")
    factories.candidate(session, people, now, "Aaa First")
    session.commit()
    with count_statements() as few:
        ruth.get("/candidates")
    for place in range(60):
        factories.candidate(session, people, now, f"Person {place:02}")
    session.commit()
    with count_statements() as many:
        page = ruth.get("/candidates").get_data(as_text=True)
    assert len(many) == len(few) <= 15
    assert "Aaa First" in page
    assert "Person 59" not in page
    following = page.split("cursor=")[1].split('"')[0].replace("&amp;", "&")
    second = ruth.get(f"/candidates?cursor={following}").get_data(as_text=True)
    assert "Person 59" in second
    assert "Aaa First" not in second
    assert ruth.get("/candidates?cursor=nonsense").status_code == 400


def test_a_person_is_added(browse, session, people):
    data = {
        "name": NAME,
        "emails": "new@example.com\n\n second@example.com ",
        "tags": "a\nb\na",
        "links": "https://example.com/x",
    }
    page = browse("ruth").post("/candidates/new", data=data, follow_redirects=True).get_data(as_text=True)
    assert "added." in page
    assert "second@example.com" in page
    assert "<b>&'" not in page
    assert "style=" not in page


def test_tags_are_parted_and_those_that_are_the_same_are_one(browse, api, session, people):
    data = {"name": NAME, "tags": "Python, Go;  python\nCaf\u00e9 latte ,, cafe  latte\u3001\u65e5\u672c"}
    browse("ruth").post("/candidates/new", data=data)
    made = session.query(Candidate).filter_by(name=NAME).one()
    assert made.tags == ["Python", "Go", "Caf\u00e9 latte", "\u65e5\u672c"]
    number = made.id
    session.rollback()
    form = browse("ruth").get(f"/candidates/{number}/edit").get_data(as_text=True)
    assert "Python\nGo\nCaf\u00e9 latte\n" in form
    changed = api.ruth.patch(f"/candidates/{number}", {"tags": ["rust; RUST", "go,python"]}).get_json()
    assert changed["tags"] == ["rust", "go", "python"]
    many = api.ruth.patch(f"/candidates/{number}", {"tags": [",".join(str(n) for n in range(61))]})
    assert many.status_code == 422
    assert "at most 60" in many.get_json()["errors"]["tags"][0]


@pytest.mark.parametrize(
    ("wrong", "link"),
    [
        ({"name": ""}, "#name"),
        ({"name": "   "}, "#name"),
        ({"emails": "not an address"}, "#emails"),
        ({"phones": "12"}, "#phones"),
        ({"links": "javascript:alert(1)"}, "#links"),
        ({"headline": "x" * 301}, "#headline"),
        ({"tags": f"go, {'x' * 121}"}, "#tags"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(browse, session, people, wrong, link):
    before = _count(session)
    answer = browse("ruth").post("/candidates/new", data={"name": "Somebody", "location": "Kept & here", **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="{link}"' in page
    assert "Kept &amp; here" in page
    assert _count(session) == before


def test_somebody_who_looks_the_same_is_shown_before_anything_is_saved(browse, session, zoe):
    data = {"name": "Zoe Other", "emails": "ZOE@example.com"}
    answer = browse("ruth").post("/candidates/new", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "looks the same" in page
    assert f"/candidates/{zoe.id}" in page
    assert "This is another person" in page
    assert _count(session) == 1
    assert browse("ruth").post("/candidates/new", data={**data, "another": "y"}).status_code == 303
    assert _count(session) == 2


def test_a_person_is_changed_and_a_stale_form_is_told(browse, session, zoe):
    ruth, path = browse("ruth"), f"/candidates/{zoe.id}/edit"
    form = ruth.get(path).get_data(as_text=True)
    assert "zoe@example.com" in form
    data = {"version": str(zoe.version), "name": "Zoë New", "emails": "zoe@example.com", "phones": ""}
    assert ruth.post(path, data=data).status_code == 303
    stale = ruth.post(path, data={**data, "name": "Zoë Stale"})
    assert stale.status_code == 409
    assert "Zoë Stale" in stale.get_data(as_text=True)
    page = ruth.get(f"/candidates/{zoe.id}").get_data(as_text=True)
    assert "Zoë New" in page
    assert "1234567" not in page


def test_a_person_is_entered_for_a_requisition_once(browse, session, people, now, zoe):
    requisition = factories.requisition(session, people, now)
    session.commit()
    ruth, path = browse("ruth"), f"/candidates/{zoe.id}/applications"
    assert ruth.post(path, data={"requisition": ""}).status_code == 422
    answer = ruth.post(path, data={"requisition": str(requisition.id)})
    assert answer.status_code == 303
    assert "/applications/" in answer.location
    again = ruth.post(path, data={"requisition": str(requisition.id)})
    assert again.status_code == 409
    assert "already" in again.get_data(as_text=True)
    assert _applications(session, zoe) == [requisition.id]
    assert "Senior Backend Engineer" in ruth.get(f"/candidates/{zoe.id}").get_data(as_text=True)


def test_nobody_is_entered_for_a_search_out_of_sight(browse, session, people, now, zoe):
    secret = factories.requisition(session, people, now, confidential=True)
    session.commit()
    path = f"/candidates/{zoe.id}/applications"
    assert secret.key not in browse("rolf").get(f"/candidates/{zoe.id}").get_data(as_text=True)
    assert browse("rolf").post(path, data={"requisition": str(secret.id)}).status_code == 422
    assert browse("hana").post(path, data={"requisition": str(secret.id)}).status_code == 404
    assert _applications(session, zoe) == []


def test_a_person_in_a_confidential_search_alone_is_unseen_outside(browse, session, people, now):
    secret = factories.requisition(session, people, now, confidential=True)
    application = factories.application(session, people, now, secret, "Hidden Person")
    session.commit()
    for path in ("", "/edit"):
        assert browse("rolf").get(f"/candidates/{application.candidate_id}{path}").status_code == 404
        assert browse("ruth").get(f"/candidates/{application.candidate_id}{path}").status_code == 200
    assert browse("rolf").post(f"/candidates/{application.candidate_id}/applications", data={}).status_code == 404


@pytest.mark.parametrize(
    ("name", "new", "seen", "edit"),
    [("anja", 200, 200, 200), ("hana", 403, 200, 403), ("henk", 403, 404, 404), ("ines", 403, 404, 404), ("arne", 403, 404, 404)],
)  # fmt: skip
def test_who_may_do_what(browse, session, people, now, name, new, seen, edit):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira"
    )
    session.commit()
    client, path = browse(name), f"/candidates/{application.candidate_id}"
    assert client.get("/candidates/new").status_code == new
    assert client.get(path).status_code == seen
    assert client.get(f"{path}/edit").status_code == edit


def test_a_person_takes_as_many_statements_on_many_requisitions_as_on_one(
    browse, session, people, now, zoe, count_statements
):
    from recruiter.pipeline import services as pipeline

    def ask():
        client = browse("ruth")
        with count_statements() as seen:
            client.get(f"/candidates/{zoe.id}")
        return len(seen)

    for place in range(8):
        requisition = factories.requisition(session, people, now, title=f"Seat {place}")
        pipeline.apply(session, candidate=zoe, requisition=requisition, act=act_by(people.ruth, now=now))
        if place == 0:
            factories.requisition(session, people, now, title="Another")
            session.commit()
            few = ask()
    session.commit()
    assert ask() == few <= 34


def test_who_looks_the_same_is_entered_instead_or_stands_there_already(browse, session, people, now, zoe):
    requisition = factories.requisition(session, people, now)
    session.commit()
    ruth, path = browse("ruth"), f"/candidates/new?requisition={requisition.key}"
    data = {"name": "Zoe U", "emails": zoe.contacts[0].value, "source": "a fair", "requisition": requisition.key}
    answer = ruth.post(path, data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"Enter this person for {requisition.key}" in page
    form = page.split(f'id="same-{zoe.id}"')[1].split("</form>")[0]
    assert f'name="requisition" value="{requisition.id}"' in form
    assert 'name="source" value="a fair"' in form
    entered = ruth.post(
        f"/candidates/{zoe.id}/applications", data={"requisition": str(requisition.id), "source": "a fair"}
    )
    assert entered.status_code == 303
    assert _applications(session, zoe) == [requisition.id]
    again = ruth.post(path, data=data).get_data(as_text=True)
    assert f"On {requisition.key} already: {requisition.stages[0].name}" in again
    assert "Enter this person" not in again
