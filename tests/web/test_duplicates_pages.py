"""People entered twice, as pages: the list, the comparison, the merge and its undo."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.pipeline import services as pipeline
from tests import factories
from tests.acts import act_by
from tests.candidates.test_merging import person

NASTY = "Ada <b>&'</b> שרה"


@pytest.fixture
def two(session, people, now):
    made = [
        person(session, people, now, NASTY, emails=["ada@example.com"]),
        person(session, people, now, "Ada F.", emails=["ada@example.com"], location="Lisbon"),
    ]
    for place, candidate in enumerate(made):
        requisition = factories.requisition(session, people, now, title=f"Seat {place}")
        pipeline.apply(session, candidate=candidate, requisition=requisition, act=act_by(people.ruth, now=now))
    session.commit()
    return made


def _fresh(session, candidate):
    with Session(session.get_bind()) as own:
        return own.scalars(select(Candidate).where(Candidate.id == candidate.id)).one()


def _data(survivor, duplicate):
    return {"other": str(duplicate.id), "version": str(survivor.version), "other_version": str(duplicate.version)}


def test_the_list_the_comparison_the_merge_and_its_undo(browse, session, two):
    survivor, duplicate = two
    ruth = browse("ruth")
    page = ruth.get("/candidates/duplicates").get_data(as_text=True)
    assert "The same address" in page
    assert "Ada &lt;b&gt;&amp;&#39;&lt;/b&gt; שרה" in page
    compared = ruth.get(f"/candidates/{survivor.id}/merge?other={duplicate.id}").get_data(as_text=True)
    assert "the same address" in compared
    assert "Lisbon" in compared
    assert "Seat 1" in compared
    merged_page = ruth.post(
        f"/candidates/{survivor.id}/merge", data=_data(survivor, duplicate), follow_redirects=True
    ).get_data(as_text=True)
    for phrase in ("Ada F. merged into this record.", "Seat 0", "Seat 1", "merged the two"):
        assert phrase in merged_page
    assert (
        ruth.get(f"/candidates/{duplicate.id}").get_data(as_text=True).split("<main")[1].count("Seat 1") > 0
    )  # the old address leads there
    assert "Nobody stands twice" in ruth.get("/candidates/duplicates").get_data(as_text=True)
    undo = merged_page.split('action="/undo/')[1].split('"')[0]
    back = ruth.post(f"/undo/{undo}", follow_redirects=True).get_data(as_text=True)
    assert "stands twice again" in back
    assert "Seat 1" not in back.split("<main")[1].split("Add to a requisition")[0]
    assert _fresh(session, duplicate).merged_into_id is None


def test_two_people_are_set_apart_with_undo(browse, two):
    ruth = browse("ruth")
    answer = ruth.post(f"/candidates/{two[0].id}/apart", data={"other": str(two[1].id)}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "are two people." in page
    assert "Nobody stands twice" in page
    undo = page.split('action="/undo/')[1].split('"')[0]
    ruth.post(f"/undo/{undo}")
    assert "Compare and merge" in ruth.get("/candidates/duplicates").get_data(as_text=True)


def test_whom_to_merge_with_is_found_by_search(browse, session, people, now, two):
    other = person(session, people, now, "Someone Else")
    session.commit()
    ruth, path = browse("ruth"), f"/candidates/{two[0].id}/merge"
    assert f"other={two[1].id}" in ruth.get(path).get_data(as_text=True)
    page = ruth.get(f"{path}?q=someone").get_data(as_text=True)
    assert f"other={other.id}" in page
    assert f"other={two[0].id}" not in page
    assert "Nobody found" in ruth.get(f"{path}?q=zzzz").get_data(as_text=True)


def test_a_stale_comparison_and_a_clash_change_nothing(browse, session, people, now, two):
    survivor, duplicate = two
    ruth, path = browse("ruth"), f"/candidates/{survivor.id}/merge"
    stale = ruth.post(path, data={**_data(survivor, duplicate), "version": "99"})
    assert stale.status_code == 409
    assert "changed while you looked" in stale.get_data(as_text=True)
    both = factories.requisition(session, people, now, title="Both")
    for candidate in two:
        pipeline.apply(session, candidate=session.merge(candidate), requisition=both, act=act_by(people.ruth, now=now))
    session.commit()
    clash = ruth.post(path, data=_data(_fresh(session, survivor), _fresh(session, duplicate)))
    assert clash.status_code == 409
    assert f"Both are on {both.key} Both" in clash.get_data(as_text=True)
    assert ruth.post(path, data={}).status_code == 422
    assert _fresh(session, duplicate).merged_into_id is None


@pytest.mark.parametrize(
    ("name", "seen", "merges"), [("rolf", 200, 303), ("anja", 200, 303), ("hana", 403, 403), ("henk", 403, 404), ("ines", 403, 404), ("arne", 403, 404)]
)  # fmt: skip
def test_who_may_merge(browse, two, name, seen, merges):
    client = browse(name)
    assert client.get("/candidates/duplicates").status_code == seen
    assert client.post(f"/candidates/{two[0].id}/merge", data=_data(*two)).status_code == merges


@pytest.mark.parametrize("given", ["987654", "x", "-1", "999999999999", "0"])
def test_somebody_who_is_not_there_or_out_of_sight_is_404_and_nothing_is_merged(
    browse, session, people, now, two, given
):
    hidden = person(session, people, now, "Hidden", emails=["ada@example.com"])
    secret = factories.requisition(session, people, now, confidential=True)
    pipeline.apply(session, candidate=hidden, requisition=secret, act=act_by(people.ruth, now=now))
    session.commit()
    rolf, path = browse("rolf"), f"/candidates/{two[0].id}/merge"
    ghost = rolf.get(f"{path}?other={given}")
    assert ghost.status_code == 404
    out_of_sight = rolf.get(f"{path}?other={hidden.id}")
    assert (out_of_sight.status_code, out_of_sight.get_data()) == (404, ghost.get_data())
    assert rolf.post(path, data={**_data(*two), "other": str(hidden.id)}).status_code == 404
    assert rolf.post(f"/candidates/{two[0].id}/apart", data={"other": str(hidden.id)}).status_code == 404
    assert "Hidden" not in rolf.get("/candidates/duplicates").get_data(as_text=True)
    assert _fresh(session, hidden).merged_into_id is None


def test_a_merge_of_a_hidden_record_leaves_no_trace_for_others(browse, session, people, now, two):
    """Two worlds: with and without a record of a confidential search merged in, the person looks the same to who is not on it."""
    survivor = two[0]
    rolf, path = browse("rolf"), f"/candidates/{survivor.id}"

    def pairs_page():
        return re.sub(
            r'(name="(csrf_token|version)" value|data-csrf)="[^"]+"', "", rolf.get(path).get_data(as_text=True)
        )

    before = pairs_page()
    hidden = person(session, people, now, "CANARY")
    secret = factories.requisition(session, people, now, confidential=True)
    pipeline.apply(session, candidate=hidden, requisition=secret, act=act_by(people.ruth, now=now))
    session.commit()
    merged = browse("ruth").post(f"{path}/merge", data=_data(survivor, hidden), follow_redirects=True)
    assert "CANARY" in merged.get_data(as_text=True)
    assert pairs_page() == before


def test_another_spelling_of_a_name_looks_the_same_and_is_found_by_it(browse, session, people, now):
    survivor = person(session, people, now, "Zoe Lukaszewicz-Mueller")
    other = person(session, people, now, "Zoë Łukaszewicz-Müller")
    far = person(session, people, now, "Zoltan Muller")
    session.commit()
    path, wanted, not_wanted = f"/candidates/{survivor.id}/merge", f"other={other.id}", f"other={far.id}"
    session.rollback()
    for query in ("", "?q=Zoe+Lukaszewicz-Mueller", "?q=Lukaszewicz"):
        page = browse("ruth").get(path + query).get_data(as_text=True)
        assert wanted in page, query
        assert not_wanted not in page
