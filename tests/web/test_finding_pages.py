"""The list of candidates and the search: what is found, what comes close, filters that are links."""

import re

import pytest

from recruiter.candidates import services
from recruiter.candidates.rules import CandidateDetails
from recruiter.pipeline import reasons
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from tests import factories
from tests.acts import act_by
from tests.candidates.test_merging import person


@pytest.fixture
def crowd(session, people, now):
    requisition = factories.requisition(session, people, now)
    made = [
        person(
            session, people, now, "Ada Ferreira", tags=["Go & <rust>"], emails=["ada@example.com"], headline="Engineer"
        ),
        person(session, people, now, "Zoë Ferreira"),
        person(session, people, now, "Kim Kowalczyk"),
    ]
    pipeline.apply(session, candidate=made[0], requisition=requisition, act=act_by(people.ruth, now=now))
    ended = pipeline.apply(session, candidate=made[2], requisition=requisition, act=act_by(people.ruth, now=now))
    pipeline.end(
        session, application=ended, status=ApplicationStatus.REJECTED, reason=reasons.resolve("rejection", "x"),
        act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return made


def _main(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True).split("<main")[1]


def test_the_list_tells_where_somebody_stands(browse, crowd):
    page = _main(browse("ruth"), "/candidates")
    assert "Applied, ENG-101 Senior Backend Engineer" in page
    assert "Closed, ENG-101" in page
    assert "In no search" in page


def test_filters_are_links_that_keep_the_search(browse, crowd):
    ruth = browse("ruth")
    page = _main(ruth, "/candidates?q=ferreira")
    assert 'href="/candidates?q=ferreira&amp;state=active"' in page
    only = _main(ruth, "/candidates?q=ferreira&state=active")
    assert "Ada Ferreira" in only
    assert "Zoë Ferreira" not in only
    free = _main(ruth, "/candidates?state=free")
    assert "Kim Kowalczyk" in free
    assert "Ada Ferreira" not in free
    assert "Ada Ferreira" in _main(ruth, "/candidates?state=nonsense")
    tag = re.search(r'href="(/candidates\?tag=[^"]+)"', page).group(1)
    tagged = _main(ruth, tag.replace("&amp;", "&"))
    assert "Ada Ferreira" in tagged
    assert "Zoë" not in tagged
    assert "Go &amp; &lt;rust&gt;" in tagged
    assert "Nobody found" in _main(ruth, "/candidates?tag=cobol")


@pytest.mark.parametrize("path", ["/candidates", "/search"])
def test_who_comes_close_is_shown_apart(browse, crowd, path):
    ruth = browse("ruth")
    page = _main(ruth, f"{path}?q=kowalchik")
    assert "Kim Kowalczyk" in page
    assert "Close to" in page
    assert f'href="/candidates/{crowd[2].id}"' in page
    assert "Close to" not in _main(ruth, f"{path}?q=zzzzzz")
    assert "Kim Kowalczyk" not in _main(ruth, f"{path}?q=zzzzzz")


def test_the_search_box_shows_what_was_typed_and_no_more(browse, crowd):
    page = _main(browse("ruth"), '/search?q="><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_interviewers_find_neither_mail_nor_tags(browse, session, people, now, crowd):
    from tests.candidates.test_notes import meet, send

    application = session.query(Application).filter_by(candidate_id=crowd[0].id).one()
    send(session, meet(session, people, now, application, "ines"), people.ines, now)
    session.commit()
    ines = browse("ines")
    assert "Ada Ferreira" in _main(ines, "/candidates?q=ada+f")
    for q in ("ada@example.com", "ada@exmaple.com", "rust"):
        for path in ("/candidates", "/search"):
            assert "Ada Ferreira" not in _main(ines, f"{path}?q={q}"), (path, q)
    assert "ada@example.com" not in _main(ines, "/candidates")
    assert "rust" not in _main(ines, "/candidates")


def test_a_long_list_takes_as_many_statements_as_a_short_one(browse, session, people, now, crowd, count_statements):
    ruth = browse("ruth")

    def ask():
        counts = []
        for path in ("/candidates", "/candidates?q=ferreira", "/search?q=ferreira", "/candidates?q=fereira"):
            with count_statements() as seen:
                ruth.get(path)
            counts.append(len(seen))
        return counts

    few = ask()
    for place in range(12):
        made = services.add(
            session, person=CandidateDetails(name=f"Ferreira {place}"), act=act_by(people.ruth, now=now)
        )
        other = factories.requisition(session, people, now, title=f"Seat {place}")
        pipeline.apply(session, candidate=made, requisition=other, act=act_by(people.ruth, now=now))
    session.commit()
    assert all(many <= count <= 25 for many, count in zip(ask(), few, strict=True))


def test_the_api_searches_as_the_pages_do(api, session, people, now, crowd):
    from recruiter.candidates.records import note_services

    note_services.write(session, subject=crowd[1], note_text="Plays the theremin", act=act_by(people.ruth, now=now))
    session.commit()

    def names(who, query):
        answer = getattr(api, who).get(f"/candidates?{query}")
        assert answer.status_code == 200
        return [item["name"] for item in answer.get_json()["items"]]

    assert names("ruth", "q=kowalchik") == ["Kim Kowalczyk"]
    assert names("ruth", "q=ada@example.com") == ["Ada Ferreira"]
    assert names("ruth", "q=theremin") == ["Zoë Ferreira"]
    assert names("ruth", "tag=go %26 <rust>") == ["Ada Ferreira"]
    assert names("ines", "q=ada@example.com") == []
    assert api.ruth.get("/candidates?state=active").status_code == 400


def test_who_is_added_from_a_board_stands_on_it(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    session.commit()
    client = browse("ruth")
    page = client.get(f"/candidates/new?requisition={requisition.key}").get_data(as_text=True)
    assert f'name="requisition" value="{requisition.key}"' in page
    sent = {"name": "Nova Lind", "source": "Job board", "requisition": requisition.key}
    answer = client.post("/candidates/new", data=sent)
    (made,) = session.query(Application).filter_by(requisition_id=requisition.id)
    assert answer.location == f"/applications/{made.id}"
    assert (made.candidate.name, made.source, made.stage.name) == ("Nova Lind", "Job board", "Applied")


def test_nobody_is_added_to_a_board_that_is_not_his(browse, session, people, now):
    requisition = factories.requisition(session, people, now, confidential=True)
    session.commit()
    answer = browse("rolf").post("/candidates/new", data={"name": "Nova Lind", "requisition": requisition.key})
    assert answer.location.startswith("/candidates/")
    assert session.query(Application).filter_by(requisition_id=requisition.id).count() == 0
