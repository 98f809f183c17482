"""Signing in, the board, a move; who may not; and how many statements a board takes."""

import re

import pytest

from recruiter.requisitions.models import StageKind
from tests import factories
from tests.conftest import PASSWORD


@pytest.fixture
def board(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, "Ada <script>alert(1)</script> Núñez")
    session.commit()
    return requisition, application


def _token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True)).group(1)


def test_signing_in_and_out_ends_the_session_on_the_server(app, people):
    client = app.test_client()
    token = _token(client.get("/sign-in"))
    answer = client.post(
        "/sign-in?next=//evil.test", data={"csrf_token": token, "email": "ruth@example.com", "password": PASSWORD}
    )
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200
    cookie = client.get_cookie("recruiter").value
    client.post("/sign-out", data={"csrf_token": _token(client.get("/account"))})
    client.set_cookie("recruiter", cookie)
    assert client.get("/").status_code == 303


def test_a_wrong_password_says_the_same_for_known_and_unknown(app, people):
    seen = []
    for email in ("ruth@example.com", "nobody@example.com"):
        client = app.test_client()
        token = _token(client.get("/sign-in"))
        answer = client.post("/sign-in", data={"csrf_token": token, "email": email, "password": "wrong"})
        seen.append((answer.status_code, re.sub(r"value=\"[^\"]*\"", "", answer.get_data(as_text=True))))
    assert seen[0] == seen[1]
    assert seen[0][0] == 422


def test_no_form_goes_through_without_its_token(app, people):
    assert (
        app.test_client().post("/sign-in", data={"email": "ruth@example.com", "password": PASSWORD}).status_code == 400
    )


def test_the_board_shows_names_as_text(browse, board):
    requisition, _ = board
    page = browse("ruth").get(f"/requisitions/{requisition.key}").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("rolf", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_sees_the_board(browse, board, name, status):
    assert browse(name).get(f"/requisitions/{board[0].key}").status_code == status


def test_a_card_moves_and_going_back_asks_why(browse, board, session):
    requisition, application = board
    ruth = browse("ruth")
    stages = {stage.kind: stage.id for stage in requisition.stages}
    answer = ruth.post(
        f"/applications/{application.id}/move", data={"to_stage": stages[StageKind.SCREEN]}, follow_redirects=True
    )
    assert "moved from Applied to Screen" in answer.get_data(as_text=True)
    refusal = ruth.post(f"/applications/{application.id}/move", data={"to_stage": stages[StageKind.APPLIED]})
    assert refusal.status_code == 422
    assert "asks for a reason" in refusal.get_data(as_text=True)
    ruth.post(
        f"/applications/{application.id}/move", data={"to_stage": stages[StageKind.APPLIED], "reason": "Wrong card"}
    )
    session.expire_all()
    assert application.stage_id == stages[StageKind.APPLIED]


def test_others_do_not_move_it(browse, board):
    requisition, application = board
    for name in ("henk", "ines", "arne"):
        assert (
            browse(name)
            .post(f"/applications/{application.id}/move", data={"to_stage": requisition.stages[1].id})
            .status_code
            == 404
        )


def test_a_board_takes_as_many_statements_for_many_as_for_few(browse, board, session, people, now, count_statements):
    requisition, _ = board
    ruth = browse("ruth")
    with count_statements() as few:
        ruth.get(f"/requisitions/{requisition.key}")
    for _ in range(30):
        factories.application(session, people, now, requisition)
    session.commit()
    with count_statements() as many:
        ruth.get(f"/requisitions/{requisition.key}")
    assert len(many) == len(few) <= 20


@pytest.mark.parametrize("path", ["/", "/requisitions", "/search?q=ada", "/account"])
@pytest.mark.parametrize("name", ["ruth", "hana", "ines", "arne", "anja"])
def test_every_role_gets_its_pages(browse, board, name, path):
    assert browse(name).get(path).status_code == 200


def test_a_page_that_is_not_there_says_so(browse):
    answer = browse("ruth").get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.get_data(as_text=True)


def test_an_address_that_is_not_there_shows_whoever_is_signed_in_the_way_to_today(browse, app):
    page = browse("ruth").get("/nowhere")
    assert page.status_code == 404
    assert "Go to Today" in page.text
    outside = app.test_client().get("/nowhere")
    assert outside.status_code == 404
    assert "Go to Today" not in outside.text
    assert 'href="/sign-in"' in outside.text


def test_today_of_a_new_company_says_where_to_begin(browse):
    assert 'href="/requisitions/new"' in browse("ruth").get("/").text
    assert 'href="/requisitions/new"' not in browse("ines").get("/").text
