"""The owner of an application: on its page, on the board and in the table, several at a time, and over the API."""

import html
import re

import pytest
from sqlalchemy.orm import Session

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm import bulk_actions
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by
from tests.web.test_several_pages import picks, text_of, undo_from


@pytest.fixture
def search(session, people, now):
    """Ada is Hana's, Bela is nobody's, Chidi is Ruth's."""
    requisition = factories.requisition(session, people, now)
    applications = [
        factories.application(session, people, now, requisition, name)
        for name in ("Ada Ferreira", "Bela Novak", "Chidi Okoro")
    ]
    for application, to in zip(applications, (people.hana, None), strict=False):
        _hand(session, [application], to, people.ruth, now)
    session.commit()
    return requisition, applications


def _hand(session, those, to, actor, now):
    def among(requisition):
        return [user.id for user in session.scalars(scopes.movers(requisition))]

    return bulk_actions.hand(session, chosen=those, to=to, among=among, act=act_by(actor, now=now))


def _owners(session, applications):
    with Session(session.get_bind()) as own:
        return [own.get(Application, application.id).owner_id for application in applications]


def _names(page):
    return [name for name in ("Ada Ferreira", "Bela Novak", "Chidi Okoro") if f">{name}</bdi></a>" in page]


@pytest.mark.parametrize(
    ("owner", "seen"),
    [
        ("me", ["Chidi Okoro"]), ("{ruth}", ["Chidi Okoro"]), ("nobody", ["Bela Novak"]), ("{hana}", ["Ada Ferreira"]),
        ("hana", ["Ada Ferreira"]), ("99999", []), ("z\u00e4", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("view", ["board", "table"])
def test_the_board_is_narrowed_to_whose_candidates_they_are(browse, search, people, owner, seen, view):
    requisition, _ = search
    owner_query = owner.format(ruth=people.ruth.id, hana=people.hana.id)
    page = text_of(browse("ruth").get(f"/requisitions/{requisition.key}?view={view}&owner={owner_query}"))
    assert _names(page) == seen
    assert len(re.findall('<option value="[^"]+" selected>', page)) == 1
    if not seen:
        assert "Nobody matches" in page


def test_the_owner_stands_on_the_card_with_initials_and_name(browse, search):
    requisition, (ada, bela, _) = search
    page = text_of(browse("ruth").get(f"/requisitions/{requisition.key}"))
    card = page.split(f'id="application-{ada.id}"')[1].split("</li>")[0]
    assert '<span class="vh">Owner: Hana</span>' in card
    assert re.search(r'class="av [^"]+" aria-hidden="true">H</span>', card)
    assert (
        "Owner: "
        not in page.split(f'id="application-{bela.id}"')[1].split("</li>")[0].split("cand-foot")[1].split("<details")[0]
    )
    table = text_of(browse("ruth").get(f"/requisitions/{requisition.key}?view=table&sort=owner"))
    assert re.findall(r'<tr role="row" id="application-(\d+)"', table)[0] == str(ada.id)
    assert "change the owner of Ada Ferreira" in table


def test_the_page_of_an_application_says_whose_it_is_and_leads_to_the_change(browse, session, people, search):
    _, (ada, *_) = search
    ruth, path = browse("ruth"), f"/applications/{ada.id}/owner"
    page = text_of(ruth.get(f"/applications/{ada.id}"))
    assert re.search(r"<dt>Owner</dt><dd><bdi[^>]*>Hana</bdi>", page)
    assert f'href="{path}"' in page
    assert "gave them to Hana" in page
    form = text_of(ruth.get(path))
    assert f'<option value="{people.hana.id}" selected>Hana</option>' in form
    assert f'<option value="{people.henk.id}"' not in form
    done = ruth.post(path, data={"owner": str(people.rolf.id), "was": str(people.hana.id)})
    assert done.status_code == 303
    assert _owners(session, [ada]) == [people.rolf.id]
    assert "Ada Ferreira is with Rolf now." in text_of(ruth.get(done.location))
    ruth.post(path, data={"owner": "nobody", "was": str(people.rolf.id)})
    assert _owners(session, [ada]) == [None]


def test_the_change_is_taken_back(browse, session, people, search):
    _, (ada, *_) = search
    ruth = browse("ruth")
    done = ruth.post(f"/applications/{ada.id}/owner", data={"owner": str(people.rolf.id), "was": str(people.hana.id)})
    back = ruth.post(undo_from(ruth, done))
    assert "Taken back: Ada Ferreira is with Hana again." in text_of(ruth.get(back.location))
    assert _owners(session, [ada]) == [people.hana.id]


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        ({"owner": "{rolf}", "was": ""}, 409, "Ruth gave Ada Ferreira to Hana at 09:30. What you chose is kept below."),
        ({"owner": "{hana}", "was": "{hana}"}, 409, "with Hana already"),
        ({"owner": "{henk}", "was": "{hana}"}, 422, "Choose somebody who runs this search"),
        ({"owner": "x", "was": "{hana}"}, 422, "Choose somebody who runs this search"),
    ],
)
def test_what_cannot_be_changes_nothing_and_keeps_the_choice(browse, session, people, search, data, status, message):
    _, applications = search
    before = _owners(session, applications)
    sent = {
        key: value.format(**{n: getattr(people, n).id for n in ("rolf", "hana", "henk")}) for key, value in data.items()
    }
    answer = browse("ruth").post(f"/applications/{applications[0].id}/owner", data=sent)
    assert answer.status_code == status
    page = text_of(answer)
    assert message in page
    if sent["owner"] == str(people.rolf.id):
        assert f'<option value="{people.rolf.id}" selected>' in page
    assert _owners(session, applications) == before


def test_several_are_given_at_a_time_and_taken_back(browse, session, people, search):
    requisition, applications = search
    ruth, before = browse("ruth"), _owners(session, applications)
    form_page = ruth.post("/applications/bulk", data={"do": "hand", "pick": picks(*applications)})
    page = text_of(form_page)
    assert "Set owner of 3 applications" in page
    assert "now with Hana" in page
    assert "now without owner" in page
    assert '<option value="">Choose one</option>' in page
    hasty = ruth.post(
        "/applications/bulk", data={"do": "hand", "asked": "yes", "pick": picks(*applications), "owner": ""}
    )
    assert hasty.status_code == 422
    assert _owners(session, applications) == before
    was = re.findall(r'name="was" value="([^"]+)"', page)
    data = {"do": "hand", "asked": "yes", "pick": picks(*applications), "was": was, "owner": str(people.rolf.id)}
    done = ruth.post("/applications/bulk", data={**data, "back": f"/requisitions/{requisition.key}?owner=nobody"})
    assert done.status_code == 303
    assert done.location.endswith("owner=nobody")
    assert _owners(session, applications) == [people.rolf.id] * 3
    back = undo_from(ruth, done)
    stale = ruth.post("/applications/bulk", data=data)
    assert stale.status_code == 409
    assert "Nothing was changed. Ruth gave Ada Ferreira to Rolf" in text_of(stale)
    back = ruth.post(back)
    assert "Taken back for 3 applications." in text_of(ruth.get(back.location))
    assert _owners(session, applications) == before


def test_the_api_reads_filters_and_gives(api, people, session, search):
    requisition, (ada, bela, chidi) = search
    application = api.ruth.get(f"/applications/{ada.id}").get_json()
    assert application["owner"] == {"id": people.hana.id, "name": "Hana", "email": "hana@example.com"}
    for owner_query, number in [("me", chidi.id), ("nobody", bela.id), ("hana@example.com", ada.id)]:
        items = api.ruth.get(f"/applications?requisition_id={requisition.id}&owner={owner_query}").get_json()["items"]
        assert [item["id"] for item in items] == [number]
    assert api.ruth.get("/applications?owner=nowhere@example.com").status_code == 422
    given = api.ruth.patch(f"/applications/{bela.id}", {"owner": "rolf@example.com"})
    assert given.get_json()["owner"]["name"] == "Rolf"
    api.ruth.post(f"/undo/{given.get_json()['undo']}")
    assert _owners(session, [bela]) == [None]
    many = api.ruth.post(
        "/applications/bulk", {"ids": [ada.id, bela.id], "action": "assign", "owner": "rolf@example.com"}
    )
    assert [item["owner"]["name"] for item in many.get_json()["items"]] == ["Rolf", "Rolf"]
    assert api.ruth.patch(f"/applications/{ada.id}", {"owner": None}).get_json()["owner"] is None


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("ruth", {"owner": "ines@example.com"}, 422), ("ruth", {"owner": "nowhere@example.com"}, 422), ("ruth", {}, 422),
        ("ruth", {"owner": 7}, 422), ("ruth", {"stage": "Offer"}, 422), ("ruth", {"owner": "hana@example.com"}, 409),
        ("henk", {"owner": None}, 404), ("ines", {"owner": None}, 404),
    ],
)  # fmt: skip
def test_the_api_refuses_and_changes_nothing(api, session, search, who, body, status):
    _, applications = search
    before = _owners(session, applications)
    answer = getattr(api, who).patch(f"/applications/{applications[0].id}", body)
    assert answer.status_code == status
    assert _owners(session, applications) == before


def test_an_old_version_is_refused(api, session, search):
    _, (ada, *_) = search
    answer = api.ruth.call("PATCH", f"/applications/{ada.id}", {"owner": None}, headers={"If-Match": '"1"'})
    assert answer.status_code == 409
    assert _owners(session, [ada]) != [None]


@pytest.mark.parametrize(
    ("name", "status"), [("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_may_change_it(browse, search, name, status):
    assert browse(name).get(f"/applications/{search[1][0].id}/owner").status_code == status


def test_an_interviewer_is_not_told_whose_it_is(api, browse, session, people, now, search):
    requisition, (ada, *_) = search
    interviews.plan(
        session, application=ada, stage=requisition.stages[2], name="Panel", starts_at=now + factories.days(1),
        ends_at=now + factories.days(1.1), panel=[Seat(people.ines)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    assert "owner" not in api.ines.get(f"/applications/{ada.id}").get_json()
    page = html.unescape(browse("ines").get(f"/applications/{ada.id}").get_data(as_text=True))
    assert "<dt>Owner</dt>" not in page
    assert "gave them to" not in page
