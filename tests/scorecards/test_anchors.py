"""What each rating looks like, and how much evidence a card needs."""

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.scorecards import anchors, queries, rules
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging

WORDS = {1: "Picks by habit", 2: "Names costs late", 3: "Weighs cost", 4: "Adds who runs it", 5: "Builds nothing, well"}


@pytest.fixture
def requisition(session, people, now):
    made = factories.requisition(session, people, now)
    session.commit()
    return made


def _write(session, people, now, requisition, texts, *, evidence_for_all=False):
    anchors.save_anchors(
        session,
        requisition=requisition,
        anchors=texts,
        evidence_for_all=evidence_for_all,
        act=act_by(people.ruth, now=now),
    )
    session.commit()


def test_the_usual_words_stand_until_others_are_written(session, people, now, requisition):
    first, second = requisition.attributes
    assert anchors.anchors_of(session, requisition.attributes) == {
        first.id: anchors.DEFAULT_ANCHORS,
        second.id: anchors.DEFAULT_ANCHORS,
    }
    _write(session, people, now, requisition, {first.id: WORDS})
    assert anchors.anchors_of(session, requisition.attributes) == {
        first.id: tuple(WORDS.values()), second.id: anchors.DEFAULT_ANCHORS,
    }  # fmt: skip
    _write(session, people, now, requisition, {})
    assert anchors.anchors_written_for(session, requisition.attributes) == {first.id: {}, second.id: {}}


def test_all_five_are_written_or_none(session, people, now, requisition):
    first = requisition.attributes[0]
    with pytest.raises(RuleBroken) as refused:
        _write(session, people, now, requisition, {first.id: {**WORDS, 2: " \x00", 4: ""}})
    assert refused.value.errors == {
        f"anchors.{first.id}": ["System design: Say what a 2, 4 looks like too, or leave all five empty."]
    }
    session.rollback()
    assert anchors.anchors_written_for(session, [first]) == {first.id: {}}


def test_a_requisition_may_ask_for_evidence_on_every_rating(api, session, people, now):
    application = arranging.seat(session, people, now)
    talk = arranging.talk(session, people, now, application, "ines")
    body = {"ratings": [{"attribute": "System design", "rating": 3}], "overall": 3, "submit": True}
    _write(session, people, now, application.requisition, {}, evidence_for_all=True)
    assert queries.evidence_for_all(session, application.requisition_id) is True
    refused = api.ines.put(f"/interviews/{talk.id}/scorecard", body)
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["evidence.System design"])
    _write(session, people, now, application.requisition, {}, evidence_for_all=False)
    assert api.ines.put(f"/interviews/{talk.id}/scorecard", body).status_code == 200


def test_what_was_not_covered_never_needs_evidence():
    rules.check_complete(CardContent([Mark("A", None), Mark("B", 3, "Said so")], overall=3), evidence_for_all=True)
    with pytest.raises(RuleBroken):
        rules.check_complete(CardContent([Mark("B", 2)], overall=3), evidence_for_all=True)


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("henk", 404), ("ines", 404), ("arne", 404)]
)
def test_who_writes_them(browse, requisition, name, status):
    assert browse(name).get(f"/requisitions/{requisition.key}/scorecard").status_code == status


def test_the_page_saves_them_and_the_card_shows_them(browse, session, people, now):
    application = arranging.seat(session, people, now)
    talk = arranging.talk(session, people, now, application, "ines")
    first = application.requisition.attributes[0]
    path = f"/requisitions/{application.requisition.key}/scorecard"
    data = {f"anchor_{first.id}_{rating}": text for rating, text in WORDS.items()}
    refused = browse("ruth").post(path, data={**data, f"anchor_{first.id}_3": ""})
    assert refused.status_code == 422
    assert "Names costs late" in refused.get_data(as_text=True)
    assert f'href="#anchor_{first.id}_1"' in refused.get_data(as_text=True)
    long = browse("ruth").post(path, data={**data, f"anchor_{first.id}_3": "x" * 401})
    assert long.status_code == 422
    assert browse("ruth").post(path, data={**data, "evidence_for_all": "y"}).status_code == 303
    page = browse("ines").get(f"/scorecards/{talk.id}").get_data(as_text=True)
    assert page.count("Adds who runs it") == 2
    assert "Every rating needs it." in page
    assert anchors.DEFAULT_ANCHORS[3] in page
