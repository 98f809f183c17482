"""Find or do: people, requisitions, pages and acts by a line of words, each only for whose it is."""

import html

import pytest

from tests import factories


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, name="Priya Raghunathan")
    session.commit()
    return requisition, application


def results_page(client, q):
    return html.unescape(client.get("/search", query_string={"q": q}).get_data(as_text=True)).split("<main", 1)[1]


def test_a_person_is_found_with_a_way_to_them(browse, search):
    _, application = search
    assert f'href="/candidates/{application.candidate_id}"' in results_page(browse("ruth"), "raghu")


@pytest.mark.parametrize(
    ("q", "label", "to"),
    [
        ("move priya to screen", "Move Priya Raghunathan to Screen", "/applications/{id}/move?to={screen}"),
        ("move priya to", "Move Priya Raghunathan to Screen", "/applications/{id}/move?to={screen}"),
        ("MOVE Priya", "Move Priya Raghunathan to Screen", "/applications/{id}/move?to={screen}"),
        ("close raghunathan", "Close the application of Priya Raghunathan", "/applications/{id}/rejection"),
        ("interview priya", "Plan an interview with Priya Raghunathan", "/applications/{id}/interviews"),
        ("contact priya", "Record a contact with Priya Raghunathan", "/applications/{id}/bench"),
        ("finalists senior", "Finalists of", "/requisitions/{key}/finalists"),
        ("new req", "New requisition", "/requisitions/new"),
        ("keep", "Keep warm", "/keep-warm"),
    ],
)
def test_a_line_of_words_leads_to_what_it_says(browse, search, q, label, to):
    requisition, application = search
    page = results_page(browse("ruth"), q)
    assert label in page
    assert to.format(id=application.id, key=requisition.key, screen=requisition.stages[1].id) in page


def test_nobody_is_moved_to_where_they_stand_or_into_the_hire(browse, search):
    ruth = browse("ruth")
    assert "Move Priya" not in results_page(ruth, "move priya to applied")
    assert "Move Priya" not in results_page(ruth, "move priya to hired")
    assert "Move Priya" not in results_page(ruth, "move priya to moon")


@pytest.mark.parametrize("name", ["ines", "arne", "henk"])
def test_what_is_not_theirs_is_not_offered(browse, search, name):
    page = results_page(browse(name), "move priya to screen")
    assert "Priya Raghunathan" not in page
    assert "New requisition" not in results_page(browse("ines"), "new")


@pytest.mark.parametrize("q", ["", " ", "move", "move  to ", "move x to ", "%", "_", "close ", "a" * 500, "finalists "])
def test_strange_words_are_no_error(browse, search, q):
    assert browse("ruth").get("/search", query_string={"q": q}).status_code == 200


def _on_page(client, path, q=""):
    page = html.unescape(client.get("/search", query_string={"q": q, "here": path}).get_data(as_text=True))
    return page.split("On this page")[1].split("</section>")[0] if "On this page" in page else ""


def test_what_can_be_done_on_the_page_they_came_from_stands_first(browse, search):
    requisition, application = search
    home = f"/applications/{application.id}"
    page = _on_page(browse("ruth"), f"{home}/scorecards")
    for label, href in [
        ("Write down what was said with Priya Raghunathan", f"{home}#note-text"),
        ("Move Priya Raghunathan to another stage", f"{home}/move"),
        ("Book an interview with Priya Raghunathan", f"{home}/interviews"),
        ("Offers to Priya Raghunathan", f"{home}/offers"),
        ("Close the application of Priya Raghunathan", f"{home}/rejection"),
    ]:
        assert f'href="{href}">{label}<' in page
    assert "Reopen" not in page
    assert "Offers to" not in _on_page(browse("rolf"), home)  # Rolf sees no pay
    only = _on_page(browse("ruth"), home, "book")
    assert "Book an interview" in only
    assert "Move" not in only
    page = _on_page(browse("ruth"), f"/requisitions/{requisition.key}")
    assert f'href="/candidates/new?requisition={requisition.key}">Add a candidate to {requisition.key}<' in page
    assert "Promote the next finalist" in page
    assert "Change what is known of" in _on_page(browse("ruth"), f"/candidates/{application.candidate_id}")


def test_the_page_they_came_from_tells_nothing_that_is_not_theirs(browse, search):
    requisition, application = search
    for name in ("ines", "arne", "henk"):
        for path in (
            f"/applications/{application.id}",
            f"/requisitions/{requisition.key}",
            f"/candidates/{application.candidate_id}",
        ):
            assert _on_page(browse(name), path) == "", (name, path)
    for path in ("/applications/99999", "//evil.example", "/nowhere", "x", "/applications/999999999999", "/reports"):
        assert _on_page(browse("ruth"), path) == ""


def test_every_page_hands_its_address_to_the_search(browse, search):
    _, application = search
    page = browse("ruth").get(f"/applications/{application.id}").get_data(as_text=True)
    assert f'name="here" value="/applications/{application.id}"' in page
    results = browse("ruth").get(f"/search?q=&here=/applications/{application.id}").get_data(as_text=True)
    assert (
        results.count(f'name="here" value="/applications/{application.id}"') == 1
    )  # the next search from there knows it too


def test_the_move_page_has_the_stage_chosen(browse, search):
    requisition, application = search
    to = requisition.stages[1].id
    page = browse("ruth").get(f"/applications/{application.id}/move?to={to}").get_data(as_text=True)
    assert f'value="{to}" checked' in page
    strange = browse("ruth").get(f"/applications/{application.id}/move?to=%27x")
    assert strange.status_code == 200


def test_keys_are_turned_off_and_on(browse, search):
    ruth = browse("ruth")
    assert "data-single-keys" in ruth.get("/account").get_data(as_text=True)
    assert ruth.post("/account/keys", data={}).status_code == 303
    page = ruth.get("/account").get_data(as_text=True)
    assert "data-single-keys" not in page
    ruth.post("/account/keys", data={"single": "yes"})
    assert "data-single-keys" in ruth.get("/").get_data(as_text=True)
