"""Reports as pages: all at a glance, one with its table, CSV, filters as links."""

import io
import re
import zipfile

import pytest

from recruiter.keepwarm.contacts import promise_services
from recruiter.reports import catalogue
from tests import factories
from tests.acts import act_by


@pytest.fixture
def promised(session, people, now):
    """One promise in each of two teams."""
    for team in ("Engineering", "Data & <b>AI</b>"):
        requisition = factories.requisition(session, people, now, department=team)
        application = factories.finalists(session, people, now, requisition, names=(f"Ada of {team[:4]}",))[0]
        promise_services.make_promise(
            session, application=application, what="You will hear", due_on=now.date(), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()


def test_all_reports_stand_on_one_page_with_their_n(browse, promised):
    page = browse("ruth").get("/reports").get_data(as_text=True)
    for name in catalogue.REPORTS:
        assert f'href="/reports/{name}"' in page
        assert f'href="/reports/{name}/table.csv"' in page
    assert "Only 2 slates of searches that go on: read each case" in page
    assert "<b>AI</b>" not in page


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_each_report_has_a_page_and_a_csv(browse, promised, name):
    client = browse("hana")
    assert client.get(f"/reports/{name}").status_code == 200
    answer = client.get(f"/reports/{name}/table.csv?period=all")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-2026-11-18.csv"'


def test_period_and_team_are_links_that_keep_each_other(browse, promised):
    page = browse("ruth").get("/reports/promises-kept?period=30-days&team=Engineering").get_data(as_text=True)
    assert 'href="/reports/promises-kept?period=all&amp;team=Engineering"' in page
    assert 'href="/reports/promises-kept/table.csv?period=30-days&amp;team=Engineering"' in page
    assert page.count('<tr role="row">') == 2


def test_what_no_report_is_called_is_not_there(browse, people, api):
    assert browse("ruth").get("/reports/hair-colour").status_code == 404
    assert api.ruth.get("/reports/hair-colour").status_code == 404


def test_an_unknown_period_or_team_shows_the_usual_view(browse, promised):
    client = browse("ruth")
    assert client.get("/reports?period=ages&team=Nobody").status_code == 200


def test_a_client_gets_the_same_rows(api, promised):
    report = api.ruth.get("/reports/promises-kept").get_json()
    assert [row["team"] for row in report["items"]] == ["Data & <b>AI</b>", "Engineering"]
    assert report["left_out"] == 0
    assert api.ruth.get("/reports/promises-kept?period=ages").status_code == 400
    assert api.ines.get("/reports/promises-kept").status_code == 404


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_each_report_says_its_finding_and_has_a_workbook(browse, promised, now, name):
    client = browse("ruth")
    page = client.get(f"/reports/{name}").get_data(as_text=True)
    assert 'class="answer rp-finding">' in page
    assert ("Nothing to count yet" in page) != (f"/reports/{name}/table.xlsx" in page)
    answer = client.get(f"/reports/{name}/table.xlsx")
    assert answer.headers["Content-Disposition"].endswith(f'{name}-2026-11-18.xlsx"')
    book = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} <= set(book.namelist())
    assert answer.get_data() == client.get(f"/reports/{name}/table.xlsx").get_data()


def test_figures_of_a_workbook_are_numbers_and_text_is_no_formula(browse, session, people, now):
    requisition = factories.requisition(session, people, now, department="=1+1")
    application = factories.finalists(session, people, now, requisition, names=("Ada",))[0]
    promise_services.make_promise(
        session,
        application=application,
        what="x",
        due_on=now.date(),
        act=act_by(people.ruth, now=now),
    )
    session.commit()
    book = zipfile.ZipFile(io.BytesIO(browse("ruth").get("/reports/promises-kept/table.xlsx").get_data()))
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert re.search(r'<c r="H2"[^>]*><v>1</v>', sheet)
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
