"""After the round table: recommendations kept apart from those before, dissent in its own words, and whom the table chose."""

import datetime as dt

import pytest

from recruiter.debriefs import queries, rules, score_leaders, services, verdicts
from recruiter.debriefs.models import DebriefRecord, Outcome
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.policy import scopes
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging


@pytest.fixture
def requisition(session, people, now):
    made = factories.requisition(session, people, now)
    session.commit()
    return made


def _met(session, people, now, requisition, name, *, ines, igor, rating=3):
    """Somebody whom Ines and Igor have met, and what they recommend."""
    application = arranging.seat(session, people, now, name, requisition)
    talk = arranging.talk(session, people, now, application, "ines", "igor")
    arranging.send(session, people, now, talk, "ines", rating, overall=ines)
    arranging.send(session, people, now, talk, "igor", rating, overall=igor)
    return application, talk


def _give(session, people, now, application, who="ines", after=2, *, reason="Heard Igor", dissent="", actor="ruth"):
    row = verdicts.record(
        session, application=application, user=getattr(people, who), after=after, reason=reason, dissent=dissent,
        act=act_by(getattr(people, actor), now=now) )  # fmt: skip
    session.commit()
    return row


def _stands(session, people, now, requisition, application):
    table = next(
        table
        for table in queries.tables_of(session, requisition=requisition, viewer=people.ruth, now=now)
        if table.application.id == application.id
    )
    return {
        stand.user.name: (stand.before, stand.verdict and stand.verdict.after, stand.moved)
        for stand in verdicts.panelist_verdicts(
            table, verdicts.latest_verdicts(session, [application.id])[application.id]
        )
    }


def test_before_and_after_are_kept_apart(session, people, now, requisition):
    application, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=2)
    assert _stands(session, people, now, requisition, application) == {
        "Ines": (4.0, None, False),
        "Igor": (2.0, None, False),
    }
    _give(session, people, now, application, after=3)
    _give(session, people, now, application, after=2, dissent="I still doubt the depth")
    _give(session, people, now, application, "igor", after=2, reason="", actor="igor")
    assert _stands(session, people, now, requisition, application) == {"Ines": (4.0, 2, True), "Igor": (2.0, 2, False)}
    last = verdicts.latest_verdicts(session, [application.id])[application.id][people.ines.id]
    assert (last.dissent, last.by_id) == ("I still doubt the depth", people.ruth.id)


def test_a_change_of_mind_needs_its_reason_and_a_recommendation_its_scale(session, people, now, requisition):
    application, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=2)
    with pytest.raises(RuleBroken, match="what changed the mind of Ines"):
        _give(session, people, now, application, reason=" \x00 ")
    with pytest.raises(RuleBroken, match="Recommend 1"):
        _give(session, people, now, application, after=5)
    _give(session, people, now, application, after=4, reason="")


def test_only_who_sent_a_card_and_only_once_the_table_is_open(session, people, now, requisition):
    application = arranging.seat(session, people, now, "Ada", requisition)
    talk = arranging.talk(session, people, now, application, "ines", "igor")
    arranging.send(session, people, now, talk, "ines", 4)
    with pytest.raises(Conflict, match="not open"):
        _give(session, people, now, application)
    services.open_early(session, requisition=requisition, reason="Offer expires", act=act_by(people.ruth, now=now))
    with pytest.raises(NotFound):
        _give(session, people, now, application, "igor")
    with pytest.raises(Conflict, match="You owe a scorecard"):
        _give(session, people, now, application, "ines", actor="igor")
    _give(session, people, now, application)


def test_the_table_says_why_it_chooses_another_than_the_cards(session, people, now, requisition):
    ada, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    bela, _ = _met(session, people, now, requisition, "Bela", ines=3, igor=3)
    about = {"requisition": requisition, "act": act_by(people.hana, now=now)}
    with pytest.raises(RuleBroken, match="Ada had the higher plain mean") as refused:
        services.record(session, decision="Bela", first_choice=bela, **about)
    assert list(refused.value.errors) == ["reason"]
    session.rollback()
    row = services.record(
        session, decision="Bela", first_choice=bela, reason="Knows the domain", outcome=Outcome.GO_ON, **about
    )
    session.commit()
    assert (row.leader_id, row.chosen_id, row.reason, row.outcome) == (ada.id, bela.id, "Knows the domain", "go_on")
    changed = score_leaders.changed_decisions(session, viewer=people.hana, within=scopes.searches(people.hana))
    assert changed == score_leaders.ChangedDecisions(1, 1)
    services.record(session, decision="Ada after all", first_choice=ada, **about)
    session.commit()
    assert score_leaders.changed_decisions(
        session, viewer=people.hana, within=scopes.searches(people.hana)
    ) == score_leaders.ChangedDecisions(1, 0)


def test_what_was_ahead_is_what_the_cards_said_before_the_reveal(session, people, now, requisition):
    from recruiter.scorecards import services as cards

    ada, talk = _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    _met(session, people, now, requisition, "Bela", ines=3, igor=3)
    cards.amend(session, interview=talk, content=CardContent([Mark("System design", 3)], overall=1), reason="Heard Igor", act=act_by(people.ines, now=now))  # fmt: skip
    session.commit()
    everybody = queries.candidates_discussed(session, requisition)
    assert score_leaders.clear_leader(session, everybody).id == ada.id


def test_a_tie_has_no_leader_and_changes_nothing(session, people, now, requisition):
    ada, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=2)
    _met(session, people, now, requisition, "Bela", ines=3, igor=3)
    row = services.record(
        session, requisition=requisition, decision="Ada", first_choice=ada, act=act_by(people.hana, now=now)
    )
    assert row.leader_id is None
    assert score_leaders.changed_decisions(
        session, viewer=people.hana, within=scopes.searches(people.hana)
    ) == score_leaders.ChangedDecisions(0, 0)


@pytest.mark.parametrize(
    ("cards", "first"),
    [
        ({}, None), ({1: [], 2: [3.0, 3.0]}, None), ({1: [3, 3], 2: [4, 4]}, 2), ({1: [4, 4], 2: [3, 4]}, None),
        ({1: [4], 2: [1, 1]}, None), ({1: [4, 4], 2: [1]}, None), ({1: [4, 4], 2: [1, 1], 3: [4, 3]}, None),
        ({1: [4, 4, 4], 2: [2, 3, 2], 3: [1, 1]}, 1),
    ],
)  # fmt: skip
def test_a_lead_counts_where_it_is_larger_than_chance(cards, first):
    assert rules.clear_leader(cards) == first


def test_the_figure_leaves_out_searches_on_which_the_viewer_owes_a_card(session, people, now, requisition):
    ada, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    _met(session, people, now, requisition, "Chidi", ines=2, igor=2)
    services.record(
        session, requisition=requisition, decision="Ada", first_choice=ada, act=act_by(people.ruth, now=now)
    )
    other = arranging.seat(session, people, now, "Bela", requisition)
    arranging.talk(session, people, now, other, "hana")
    assert (
        score_leaders.changed_decisions(session, viewer=people.ruth, within=scopes.searches(people.ruth)).debriefs == 1
    )
    assert (
        score_leaders.changed_decisions(session, viewer=people.hana, within=scopes.searches(people.hana)).debriefs == 0
    )


def test_whoever_owes_a_card_is_told_nothing_by_a_refusal(session, people, now, requisition):
    _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    bela, _ = _met(session, people, now, requisition, "Bela", ines=3, igor=3)
    owed = arranging.seat(session, people, now, "Chidi", requisition)
    arranging.talk(session, people, now, owed, "hana")
    row = services.record(
        session, requisition=requisition, decision="Bela", first_choice=bela, act=act_by(people.hana, now=now), open_early_because="It cannot wait",
    )  # fmt: skip
    assert isinstance(row, DebriefRecord)


def test_whoever_has_seen_the_fewest_speaks_first_and_who_decides_last(session, people, now, requisition):
    assert rules.speaking_order({7: 0, 5: 9, 6: 2, 8: 2}, decides=7) == [6, 8, 5, 7]
    application = arranging.seat(session, people, now, "Ada", requisition)
    before = arranging.seat(session, people, now, "Earlier", requisition)
    arranging.send(session, people, now, arranging.talk(session, people, now, before, "ines"), "ines", 3)
    talk = arranging.talk(session, people, now, application, "hana", "ines", "igor")
    for who in ("hana", "ines", "igor"):
        arranging.send(session, people, now + dt.timedelta(minutes=1), talk, who, 3)
    tables = queries.tables_of(session, requisition=requisition, viewer=people.ruth, now=now)
    table = next(row for row in tables if row.application.id == application.id)
    assert [(who.user.name, who.decides) for who in table.speakers] == [
        ("Igor", False),
        ("Ines", False),
        ("Hana", True),
    ]
    assert [card.author.name for card in table.cards] == ["Igor", "Ines", "Hana"]


def test_the_api_tells_and_takes_verdicts(api, session, people, now, requisition):
    ada, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    bela, _ = _met(session, people, now, requisition, "Bela", ines=2, igor=2)
    path = f"/applications/{ada.id}/verdicts"
    assert api.ines.post(path, {"after": 2}).status_code == 422
    own = api.ines.post(path, {"after": 2, "reason": "Heard Igor", "dissent": "CANARY not for me"})
    assert (own.status_code, own.get_json()["by"]["name"]) == (201, "Ines")
    assert api.ines.post(path, {"after": 2, "interviewer": "igor@example.com"}).status_code == 403
    assert api.ruth.post(path, {"after": 4, "interviewer": "igor@example.com"}).status_code == 201
    assert api.ruth.post(path, {"after": 4}).status_code == 404
    assert api.xenia.post(path, {"after": 4}).status_code == 404
    debrief = f"/requisitions/{requisition.key}/debrief"
    refused = api.ruth.post(debrief, {"decision": "Bela", "first_choice": bela.id})
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["reason"])
    assert api.ruth.post(debrief, {"decision": "x", "first_choice": 999}).status_code == 422
    assert api.ruth.post(debrief, {"decision": "x", "outcome": "maybe"}).status_code == 422
    body = {"decision": "Bela", "first_choice": bela.id, "reason": "Domain", "outcome": "go_on"}
    made = api.ruth.post(debrief, body).get_json()
    assert (made["outcome"], made["first_choice"], made["ahead_on_cards"]) == ("go_on", bela.id, ada.id)
    answer = api.hana.get(debrief).get_json()
    assert answer["changed_winner"] == {"debriefs": 1, "changed": 1}
    table = next(row for row in answer["applications"] if row["application_id"] == ada.id)
    assert [(row["interviewer"]["name"], row["before"], row["after"], row["dissent"]) for row in table["verdicts"]] == [
        ("Ines", 4.0, 2, "CANARY not for me"), ("Igor", 4.0, 4, ""),
    ]  # fmt: skip
    assert [speaker["name"] for speaker in table["speaking_order"]] == ["Ines", "Igor", "Hana"]
    assert [speaker["decides"] for speaker in table["speaking_order"]] == [False, False, True]


def test_the_pages_show_both_and_keep_what_was_typed(browse, session, people, now, requisition):
    ada, _ = _met(session, people, now, requisition, "Ada", ines=4, igor=4)
    bela, _ = _met(session, people, now, requisition, "Bela", ines=2, igor=2)
    ruth, path = browse("ruth"), f"/applications/{ada.id}/verdicts"
    data = {"who": str(people.ines.id), "after": "1", "why": "", "dissent": "Kept <dissent>"}
    refused = ruth.post(path, data=data)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Say what changed the mind of Ines." in page
    assert 'href="#why"' in page
    assert 'id="why"' in page
    assert "Kept &lt;dissent&gt;" in page
    done = ruth.post(path, data={**data, "why": "Heard Igor"}, follow_redirects=True).get_data(as_text=True)
    for text in (
        "Changed",
        "Dissents",
        "Heard Igor",
        "Kept &lt;dissent&gt;",
        "Written down by",
        "Strong yes",
        "Strong no",
    ):
        assert text in done
    assert ruth.post(path, data={**data, "who": "x"}).status_code == 422
    assert browse("igor").post(path, data=data).status_code == 403
    own = browse("igor").get(f"/applications/{ada.id}/scorecards").get_data(as_text=True)
    assert "After the round table" in own
    answer = browse("igor").post(
        path, data={"who": str(people.igor.id), "after": "3", "why": "Cost"}, follow_redirects=True
    )
    assert "Now you recommend <strong>yes</strong>" in answer.get_data(as_text=True)
    debrief = f"/requisitions/{requisition.key}/debrief"
    form = {
        "decision": "Bela <first>",
        "application": "",
        "first_choice": str(bela.id),
        "outcome": "go_on",
        "decision_reason": "",
    }
    refused = ruth.post(debrief, data=form)
    assert refused.status_code == 422
    assert 'href="#decision_reason"' in refused.get_data(as_text=True)
    assert "Bela &lt;first&gt;" in refused.get_data(as_text=True)
    done = ruth.post(debrief, data={**form, "decision_reason": "Domain & drive"}, follow_redirects=True).get_data(
        as_text=True
    )
    for text in ("Domain &amp; drive", "the scorecards had", "<strong>1 of 1</strong> searches", "Go on"):
        assert text in done
