"""Views of a board under a name: one's own, by requisition, each an address that others of the search can open."""

import html

import pytest

from recruiter.pipeline.models import SavedView
from tests import factories


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    for _ in range(3):
        factories.application(session, people, now, requisition)
    session.commit()
    return requisition


def text_of(answer):
    return html.unescape(answer.get_data(as_text=True))


def save(client, requisition, name, query="view=table&sort=-days"):
    return client.post(f"/requisitions/{requisition.key}/views", data={"name": name, "query": query})


def test_a_view_is_saved_opened_by_others_and_removed(browse, session, search):
    ruth, board = browse("ruth"), f"/requisitions/{search.key}"
    answer = save(ruth, search, "Longest first")
    assert (answer.status_code, answer.location) == (303, f"{board}?view=table&sort=-days")
    page = text_of(ruth.get(board))
    assert f'href="{board}?view=table&sort=-days"' in page
    assert "Longest first" in page
    assert "Longest first" not in text_of(browse("hana").get(board))  # a view is its maker's, the address is for all
    assert browse("hana").get(f"{board}?view=table&sort=-days").status_code == 200
    number = session.query(SavedView.id).scalar()
    session.rollback()
    assert browse("hana").post(f"{board}/views/{number}/removal").status_code == 404
    assert ruth.post(f"{board}/views/{number}/removal").status_code == 303
    ruth.get(board)  # says that it was removed
    assert "Longest first" not in text_of(ruth.get(board))


def test_the_same_name_takes_the_place_of_the_one_before(browse, session, search):
    ruth = browse("ruth")
    save(ruth, search, "Mine", "view=table")
    save(ruth, search, "MINE", "flag=late")
    views = [(view.name, view.query) for view in session.query(SavedView)]
    session.rollback()
    assert views == [("MINE", "flag=late")]


@pytest.mark.parametrize(("name", "query"), [("", "view=table"), ("x" * 61, "view=table"), ("x", "q=" + "a" * 600)])
def test_what_cannot_be_kept_is_refused_in_words(browse, session, search, name, query):
    answer = save(browse("ruth"), search, name, query)
    assert answer.status_code == 422
    assert session.query(SavedView).count() == 0


def test_a_view_never_leads_off_the_site(browse, session, search):
    save(browse("ruth"), search, "Odd", "\\evil.example/\nx")
    assert [view.query for view in session.query(SavedView)] == [""]


def test_columns_sort_both_ways_and_say_how(browse, search):
    ruth, board = browse("ruth"), f"/requisitions/{search.key}?view=table"
    page = text_of(ruth.get(board))
    assert "sort=name" in page
    assert 'aria-sort="ascending"' in text_of(ruth.get(f"{board}&sort=name"))
    down = text_of(ruth.get(f"{board}&sort=-name"))
    assert 'aria-sort="descending"' in down
    first, last = (text_of(ruth.get(f"{board}&sort={sort}")) for sort in ("name", "-name"))
    assert names(first) == sorted(names(first), key=str.casefold)
    assert names(last) == names(first)[::-1]


def names(page):
    return [
        part.split("<")[0]
        for part in page.split('<th scope="row"><a href="')[1:]
        for part in [part.split('<bdi dir="auto">')[1]]
    ]
