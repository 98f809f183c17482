"""Opening and setting up requisitions; the board's filters and table; undo."""

import html

import pytest

from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Requisition
from tests import factories

NEW = {
    "title": "Night <Baker> & Co",
    "hiring_manager": "hana@example.com",
    "department": "Kitchen",
    "openings": "2",
    "stages": "Applied: applied\nTasting: interview\nLast round: final\nOffer: offer\nHired: hired",
    "attributes": "Dough: 2 | Knows when it is ready\nCalm: 1",
    "bar": "3.2",
    "currency": "EUR",
    "band_min": "30,000",
    "band_mid": "34,000.50",
    "band_max": "40,000",
}


def test_a_requisition_is_opened_by_page(browse, session):
    answer = browse("ruth").post("/requisitions/new", data=NEW)
    assert answer.status_code == 303
    made = session.query(Requisition).one()
    assert [stage.name for stage in made.stages] == ["Applied", "Tasting", "Last round", "Offer", "Hired"]
    assert [(attribute.name, attribute.weight) for attribute in made.attributes] == [("Dough", 2), ("Calm", 1)]
    assert (made.band.min, made.band.mid, made.band.max, made.bar, len(made.openings)) == (
        3_000_000, 3_400_050, 4_000_000, 3.2, 2
    )  # fmt: skip
    page = browse("ruth").get(answer.location).get_data(as_text=True)
    assert "Night &lt;Baker&gt; &amp; Co" in page
    assert "No candidates yet" in page


def test_everything_that_does_not_fit_is_named_at_once(browse, session):
    wrong = {
        "title": "", "openings": "two", "stages": "Applied: applied", "attributes": "Dough: much", "bar": "7",
        "band_min": "much",
    }  # fmt: skip
    answer = browse("ruth").post("/requisitions/new", data={**NEW, **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for phrase in (
        "Give a title", "number of openings", "exactly one stage of kind offer", "is not a number",
        "The bar lies between 1 and 5", "as a number",
    ):  # fmt: skip
        assert phrase in page.split('id="errors"')[1].split("</ul>")[0], phrase
    assert session.query(Requisition).count() == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "Give a title"),
        ({"stages": "Applied: applied"}, "exactly one stage of kind offer"),
        ({"stages": "Applied"}, "a name, a colon and a kind"),
        ({"attributes": "Dough: much"}, "is not a number"),
        ({"bar": "seven"}, "number between 1 and 5"),
        ({"bar": "7"}, "between 1 and 5"),
        ({"openings": "0"}, "between 1 and"),
        ({"openings": "9" * 5000}, "Enter the number of openings"),
        ({"openings": "two"}, "number of openings"),
        ({"band_min": "much"}, "as a number"),
        ({"band_max": "10,000"}, "at least where it begins"),
        ({"band_mid": "90,000"}, "between the two ends"),
        ({"currency": "XXY"}, "ISO 4217"),
        ({"hiring_manager": "nobody@example.com"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_is_named_and_kept(browse, session, change, message):
    answer = browse("ruth").post("/requisitions/new", data={**NEW, **change})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert 'value="Kitchen"' in page
    assert session.query(Requisition).count() == 0


def test_without_the_right_to_see_pay_there_is_no_band(browse, session):
    rolf = browse("rolf")
    assert "Approved pay band" not in rolf.get("/requisitions/new").get_data(as_text=True)
    assert rolf.post("/requisitions/new", data=NEW).status_code == 303
    assert session.query(Requisition).one().band is None


@pytest.mark.parametrize(("name", "status"), [("ines", 403), ("arne", 403), ("hana", 200), ("anja", 200)])
def test_who_opens_requisitions(browse, name, status):
    assert browse(name).get("/requisitions/new").status_code == status


@pytest.fixture
def searched(session, people, now):
    requisition = factories.requisition(session, people, now)
    applications = [factories.application(session, people, now, requisition) for _ in range(3)]
    session.commit()
    return requisition, applications


def _version(client, path):
    page = client.get(path).get_data(as_text=True)
    return page.split('name="version" value="')[1].split('"')[0]


def test_setup_changes_weights_and_a_stale_form_is_refused(browse, searched, session):
    requisition, _ = searched
    ruth, path = browse("ruth"), f"/requisitions/{requisition.key}/setup"
    version = _version(ruth, path)
    lines = "\n".join(f"{attribute.name}: 3" for attribute in requisition.attributes)
    sent = {
        **NEW, "version": version, "title": "Renamed", "attributes": lines, "bar": "", "hiring_manager": "hana@example.com",
        "currency": "EUR", "band_min": "", "band_mid": "", "band_max": "",
    }  # fmt: skip
    assert ruth.post(path, data=sent).status_code == 303
    again = ruth.post(path, data={**sent, "title": "Typed and not lost"})
    assert again.status_code == 409
    assert "Typed and not lost" in again.get_data(as_text=True)
    session.expire_all()
    assert session.get(Requisition, requisition.id).title == "Renamed"


@pytest.mark.parametrize(("wanted", "status"), [("on_hold", 303), ("closed", 303), ("filled", 422), ("", 422)])
def test_the_status_is_set_by_hand(browse, searched, wanted, status):
    requisition, _ = searched
    answer = browse("ruth").post(f"/requisitions/{requisition.key}/status", data={"status": wanted})
    assert answer.status_code == status


def test_the_board_finds_and_the_table_sorts(browse, searched):
    requisition, applications = searched
    ruth, name = browse("ruth"), applications[1].candidate.name
    page = ruth.get(f"/requisitions/{requisition.key}?q={name.split()[0]}").get_data(as_text=True)
    assert name in page
    nobody = ruth.get(f"/requisitions/{requisition.key}?q=zzzzzz").get_data(as_text=True)
    assert "Nobody matches" in nobody
    table = ruth.get(f"/requisitions/{requisition.key}?view=table&sort=name").get_data(as_text=True)
    places = [
        table.index(application.candidate.name)
        for application in sorted(applications, key=lambda application: application.candidate.name.casefold())
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "query", ["?page=x", "?page=99999999999999999999", "?sort=evil", "?flag=x", "?stage=-1", "?view=x"]
)
def test_strange_filters_are_no_error(browse, searched, query):
    assert browse("ruth").get(f"/requisitions/{searched[0].key}{query}").status_code == 200


def test_a_move_from_the_board_can_be_taken_back(browse, searched, session):
    requisition, applications = searched
    ruth, application = browse("ruth"), applications[0]
    to = requisition.stages[1]
    answer = ruth.post(
        f"/applications/{application.id}/move", data={"to_stage": to.id, "back": "board", "stood": application.stage_id}
    )
    assert answer.status_code == 303
    assert answer.location.endswith(f"/requisitions/{requisition.key}")
    page = ruth.get(answer.location).get_data(as_text=True)
    undo = page.split('action="/undo/')[1].split('"')[0]
    assert ruth.post(f"/undo/{undo}").status_code == 303
    session.expire_all()
    assert session.get(Application, application.id).stage_id == requisition.stages[0].id
    assert [
        row.reason
        for row in session.query(StageChange).filter_by(application_id=application.id).order_by(StageChange.id)
    ][-1] == "The move was taken back"
    twice = ruth.get(ruth.post(f"/undo/{undo}").location).get_data(as_text=True)
    assert "taken back already" in twice


def test_the_second_of_two_movers_is_told(browse, searched):
    requisition, applications = searched
    ruth, application = browse("ruth"), applications[0]
    stale = application.stage_id
    ruth.post(f"/applications/{application.id}/move", data={"to_stage": requisition.stages[1].id, "stood": stale})
    answer = ruth.post(
        f"/applications/{application.id}/move", data={"to_stage": requisition.stages[2].id, "stood": stale}
    )
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert f"Ruth moved {application.candidate.name} to Screen at 09:30." in html.unescape(page)
    assert f'value="{requisition.stages[2].id}" checked' in page  # what was chosen is kept, and can be sent again
