"""Why this candidate: attributes against the role, chosen words with date and author, dissent with its answer; other teams with refusals and silence."""

import datetime as dt

import pytest
from sqlalchemy import update

from recruiter.budget import services
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import Choice
from recruiter.demo import budget_cases
from recruiter.foundation.errors import RuleBroken
from recruiter.privacy import personal_texts
from recruiter.ranking.suggestion import opt_out_services
from recruiter.scorecards import services as cards
from recruiter.scorecards.models import Rating
from recruiter.scorecards.rules import CardContent, Mark
from tests.acts import act_by, day_of, moment
from tests.budget import arranging


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    return arranging.opened(session, people, now, offer)


def write_facts(session, case, people, now, **facts):
    services.write(
        session,
        case=case,
        change=services.CaseChange(facts=facts),
        act=act_by(people.ruth, now=now),
    )


def part(session, case, now, name="candidate", **options):
    sections = assembly.content_of(session, case, moment=moment(now), options=Options(**options))["sections"]
    return next(section for section in sections if section["name"] == name)


def statements(section):
    return [claim["statement"] for claim in section["evidence"]]


def test_attributes_stand_against_what_the_role_asks_for(session, now, case):
    claims = statements(part(session, case, now))
    assert claims[0] == "System design (67 % of the weight; the role asks: Splits a system): 3.5 of 5, from 3 to 4."
    assert claims[1].startswith("Communication (33 % of the weight; the role asks: Makes it plain)")


def test_what_nobody_assessed_and_what_few_assessed_is_said(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    cards.submit(session, interview=talk, content=CardContent([Mark("System design", 5, "Split it")], overall=4), act=act_by(people.xenia, now=now))  # fmt: skip
    claims = statements(part(session, case, now))
    assert claims[1].endswith("2 of 3 interviewers rated it.")
    for rating in session.query(Rating).filter(Rating.attribute == "Communication"):
        rating.attribute = "Another"
    session.flush()
    assert any("System design" in claim for claim in claims)


def test_chosen_words_stand_with_author_and_date_in_the_order_of_the_choice(session, people, now, case):
    context = assembly.context_of(session, case, moment=moment(now), options=Options())
    choices = candidate.quotable_comments(context)
    assert len(choices) == 4
    first, last = choices[0], choices[-1]
    write_facts(session, case, people, now, quotes=f"{last.rating_id},{first.rating_id},999999")
    quotes = [claim for claim in part(session, case, now)["evidence"] if ", rated " in claim["statement"]]
    assert [quote["by"] for quote in quotes] == [last.card.author.name, first.card.author.name]
    assert quotes[0]["statement"].endswith(last.quoted())
    assert all(quote["at"] == day_of(now).isoformat() and quote["source"] == "Scorecard, Panel" for quote in quotes)
    in_brief = part(session, case, now)["text"]
    assert f"{last.card.author.name}: {last.quoted()}." in in_brief  # on the pages that everybody reads too
    write_facts(session, case, people, now, quotes="")
    assert last.quoted() not in part(session, case, now)["text"]
    assert not [statement for statement in statements(part(session, case, now)) if ", rated " in statement]


def test_words_that_have_no_place_cannot_be_chosen(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    cards.submit(session, interview=talk, content=CardContent([Mark("System design", 4, "About the train")], overall=3), act=act_by(people.xenia, now=now))  # fmt: skip
    session.execute(update(Rating).where(Rating.evidence == "About the train").values(evidence="She takes the train for two hours"))  # fmt: skip  # before words were checked where they are typed
    number = session.query(Rating).filter(Rating.evidence.like("%train%")).one().id
    context = assembly.context_of(session, case, moment=moment(now), options=Options())
    assert number not in {comment.rating_id for comment in candidate.quotable_comments(context)}
    write_facts(session, case, people, now, quotes=str(number))
    assert "train" not in str(part(session, case, now))


def test_dissent_is_kept_with_its_answer(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    card = cards.submit(session, interview=talk, content=CardContent([Mark("System design", 2, "Lost the thread")], overall=1), act=act_by(people.xenia, now=now))  # fmt: skip
    assert "To Xenia, who recommends against: not answered yet." in statements(part(session, case, now))
    write_facts(session, case, people, now, **{f"dissent_{card.id}": "The second talk covered it."})
    claims = statements(part(session, case, now))
    assert "To Xenia, who recommends against: The second talk covered it." in claims
    assert any("Xenia recommends “strong no”" in claim for claim in claims)


def test_a_tie_asks_why_not_the_other_until_it_is_answered(session, people, now, case):
    def open_questions():
        return {gap["section"] for gap in assembly.content_of(session, case, moment=moment(now), options=Options())["completeness"]["missing"]}  # fmt: skip

    assert any("Tied with Finalist B" in statement for statement in statements(part(session, case, now, "standing")))
    assert "standing" in open_questions()
    write_facts(session, case, people, now, why_not="The ledger is due in May and only she has run one.")
    assert "standing" not in open_questions()
    assert "Why not them: The ledger is due in May" in str(part(session, case, now, "standing"))


def test_without_the_model_by_setting_or_wish_no_word_of_it_stands_anywhere(session, people, now, offer, case):
    def whole(**options):
        return str(assembly.content_of(session, case, moment=moment(now), options=Options(**options))["sections"])

    assert "Tied with" in whole()
    for told_of in (whole(model=False),):
        for model_word in ("Tied with", "Ahead of", "90 % range", "percentile", "model "):
            assert model_word not in told_of
        assert "by the published weights" in told_of
    opt_out_services.record_wish(
        session, application=offer.application, ranked=False, reason="Asked", act=act_by(people.ruth, now=now)
    )
    for told_of in (whole(), whole(model=False)):
        for model_word in ("Tied with", "Ahead of", "90 % range", "percentile"):
            assert model_word not in told_of
        assert "asked not to be ranked" in told_of


def ask(session, case, people, now, email="kim@example.com"):
    return services.ask_endorsement(session, case=case, email=email, question="Would you use this skill, for what, by when?", base_url="", organisation="Acme", act=act_by(people.ruth, now=now))[0]  # fmt: skip


def test_other_teams_answers_refusals_and_silence_are_all_shown(session, people, now, case):
    yes, no, silent = (ask(session, case, people, now, f"{name}@example.com") for name in ("kim", "lee", "mo"))
    services.answer_endorsement(session, endorsement=yes, answer=services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.YES, comment="For ingestion, by May. " + "word " * 300 + "x", for_what="Ingestion", by_when="May"), moment=moment(now))  # fmt: skip
    services.answer_endorsement(
        session,
        endorsement=no,
        answer=services.EndorsementAnswer(name="Lee", team="Ops", choice=Choice.NO, comment=""),
        moment=moment(now),
    )
    section = part(session, case, now, "other_teams")
    text = " ".join(statements(section))
    assert "Kim, Data would use this skill; for what: “Ingestion”; by when: “May”: “For ingestion, by May." in text
    assert "x” Asked:" in text  # the answer to its last word, however long
    assert "Lee, Ops would not use this skill." in text
    assert "has not answered, asked on 18 Nov 2026" in text
    assert text.count("“Would you use this skill, for what, by when?”") == 3
    assert "3 colleagues asked by link, 2 answered, 1 of them said no." in section["text"]
    assert "Kim, Data would use this skill, for “Ingestion”, by when: “May”." in section["text"]
    got = {figure["label"]: figure["value"] for figure in section["figures"]}
    assert (got["Colleagues who said no"], got["Colleagues who are silent"]) == (1, 1)
    assert silent.answered_at is None
    later = now + dt.timedelta(days=8)
    assert "the link ran out on 25 Nov 2026" in " ".join(statements(part(session, case, later, "other_teams")))


def test_a_yes_in_own_words_alone_stands_in_brief_and_blocked_words_do_not(session, people, now, case):
    kim, lee = (ask(session, case, people, now, f"{name}@example.com") for name in ("kim", "lee"))
    services.answer_endorsement(session, endorsement=kim, answer=services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.PERHAPS, comment="For the ledger"), moment=moment(now))  # fmt: skip
    personal_texts.attach()
    with pytest.raises(RuleBroken) as refusal:
        services.answer_endorsement(session, endorsement=lee, answer=services.EndorsementAnswer(name="Lee", team="", choice=Choice.YES, comment="", for_what="He has three kids to feed"), moment=moment(now))  # fmt: skip
    assert list(refusal.value.errors) == ["for_what"]
    session.expire(lee)
    text = part(session, case, now, "other_teams")["text"]
    assert "Kim, Data would perhaps use this skill: “For the ledger”." in text
    assert "kids" not in text
    assert "Lee" not in text


def test_who_prefers_not_to_answer_owes_no_name_and_is_told_apart_from_silence(session, people, now, case):
    endorsement = ask(session, case, people, now)
    services.answer_endorsement(
        session,
        endorsement=endorsement,
        answer=services.EndorsementAnswer(name="", team="", choice=Choice.DECLINED, comment=""),
        moment=moment(now),
    )
    section = part(session, case, now, "other_teams")
    assert "1 answered, 0 of them said no. 1 preferred not to answer." in section["text"]
    assert statements(section)[0].startswith("A colleague of another team prefers not to answer. Asked:")
    missing = assembly.content_of(session, case, moment=moment(now), options=Options())["completeness"]["missing"]
    assert "other_teams" in {hole["section"] for hole in missing}


def test_facts_are_read_anew_while_it_is_a_draft_and_stay_once_it_is_sent(session, people, now, offer, case):
    before = str(part(session, case, now))
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=5)
    assert str(part(session, case, now)) != before
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    frozen = case.frozen
    told_later = arranging.panel(session, people, now, offer.application, "hana", hours=50)
    arranging.card(session, told_later, people.hana, now, rating=1, overall=1)
    assert (
        assembly.canonical(assembly.displayed_content(session, case, moment=moment(now), options=Options())) == frozen
    )


def test_the_told_case_writes_facts_that_the_check_lets_through(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=2, overall=1)
    budget_cases.write_facts(session, case=case, act=act_by(people.hana, now=now))
    assert assembly.findings(case) == []
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    for phrase in (
        "Migration of the ledger",
        "The offer stays at the top of the band",
        "The debrief went through it",
        ", rated 4: “",
    ):
        assert phrase in case.frozen
