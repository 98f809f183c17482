"""The people of a requisition as a spreadsheet: what the page shows, all of it, and on record."""

import csv
import io
import json

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.pipeline import services as pipeline
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import StageKind
from tests import factories
from tests.acts import act_by


@pytest.fixture
def search(session, people, now):
    """A search with sixty people, one of them named like a formula and one who has moved on."""
    requisition = factories.requisition(session, people, now)
    for number in range(58):
        factories.application(session, people, now, requisition, name=f"Person {number:02d}")
    factories.application(session, people, now, requisition, name="=HYPERLINK(1)")
    ahead = factories.application(session, people, now, requisition, name="Zoë Ångström")
    to = requisitions.stage_of_kind(requisition, StageKind.SCREEN)
    pipeline.move(session, application=ahead, to=to, act=act_by(people.hana, now=now))
    session.commit()
    return requisition.key


def rows_of(answer):
    assert answer.status_code == 200
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_view_is_taken_out_whole_as_it_is_filtered_and_sorted(browse, session, search):
    ruth = browse("ruth")
    answer = ruth.post(f"/requisitions/{search}/people.csv?view=table&sort=-name")
    rows = rows_of(answer)
    assert [row["candidate"] for row in rows][:2] == ["Zoë Ångström", "Person 57"]
    assert len(rows) == 60  # more than a page of the table
    assert "'=HYPERLINK(1)" in {row["candidate"] for row in rows}
    assert rows[0]["stage"] == "Screen"
    assert f'filename="{search}-people-' in answer.headers["Content-Disposition"]
    assert [row["candidate"] for row in rows_of(ruth.post(f"/requisitions/{search}/people.csv?q=zoe"))] == [
        "Zoë Ångström"
    ]
    entries = session.query(AuditEntry).filter_by(action="requisition.people_taken_out").order_by(AuditEntry.id).all()
    assert [
        entry.detail["rows"] if isinstance(entry.detail, dict) else json.loads(entry.detail)["rows"]
        for entry in entries
    ] == [60, 1]
    session.rollback()


def test_the_table_leads_to_it_and_others_get_nothing(browse, session, search):
    assert "Download all 60 as CSV" in browse("ruth").get(f"/requisitions/{search}?view=table").get_data(as_text=True)
    assert browse("ines").post(f"/requisitions/{search}/people.csv").status_code == 404
    assert session.query(AuditEntry).filter_by(action="requisition.people_taken_out").count() == 0
    session.rollback()


def test_the_statements_do_not_grow_with_the_people(browse, session, people, now, search, count_statements):
    ruth = browse("ruth")
    with count_statements() as few:
        ruth.post(f"/requisitions/{search}/people.csv?q=zoe")
    with count_statements() as many:
        ruth.post(f"/requisitions/{search}/people.csv")
    assert len(many) == len(few)
