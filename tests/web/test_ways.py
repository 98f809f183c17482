"""The way to a page: the same for every page of a requisition, and for everything that is set in the settings."""

import re

import pytest

from tests import factories

WAY = re.compile(r'<nav aria-label="Breadcrumb">(.*?)</nav>', re.DOTALL)
STEP = re.compile(r'<li>(?:<a href="([^"]+)">)?([^<]+)')


def way_of(answer):
    assert answer.status_code == 200
    return [(name, href) for href, name in STEP.findall(WAY.search(answer.get_data(as_text=True))[1])]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("finalists", "Finalists"),
        ("interviews", "Interviews"),
        ("bench", "Bench"),
        ("debrief", "Debrief"),
        ("earlier-finalists", "Known to us"),
        ("offers", "Offers"),
        ("case", "Budget case"),
        ("report", "Report"),
        ("setup", "Setup"),
        ("promote", "Promote"),
        ("scorecard", "Scorecard"),
    ],
)
def test_every_page_of_a_requisition_tells_its_key(browse, session, people, now, page, name):
    requisition = factories.requisition(session, people, now)
    factories.finalists(session, people, now, requisition)
    session.commit()
    board = f"/requisitions/{requisition.key}"
    assert way_of(browse("ruth").get(f"{board}/{page}")) == [
        ("Requisitions", "/requisitions"), (requisition.key, board), (name, "")
    ]  # fmt: skip


def test_the_board_is_where_the_way_of_a_requisition_ends(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    way = way_of(browse("ruth").get(f"/requisitions/{requisition.key}"))
    assert way == [("Requisitions", "/requisitions"), (requisition.key, "")]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/settings/people", ["People"]),
        ("/settings/approvals", ["Approval chains"]),
        ("/settings/approvals/new", ["Approval chains", "New approval chain"]),
        ("/settings/stand-ins", ["Who stands in"]),
        ("/settings/stages", ["Stage templates"]),
    ],
)
def test_what_is_set_is_found_in_the_settings(browse, people, path, names):
    way = way_of(browse("anja").get(path))
    assert way[0] == ("Settings", "/settings")
    assert [name for name, _ in way[1:]] == names
    assert [name for name, href in way if not href] == names[-1:]
