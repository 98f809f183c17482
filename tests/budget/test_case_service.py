"""A case from its draft to the offer that it allows."""

import dataclasses
import datetime as dt
import json

import pytest
from sqlalchemy import update

from recruiter.budget import decision_services, queries, services
from recruiter.budget.evidence.types import Market, Options
from recruiter.budget.frozen import assembly, export, verification
from recruiter.budget.models import CaseStatus, CaseVerdict, Choice, Endorsement
from recruiter.budget.sections import NAMES
from recruiter.foundation.database.append_only import HistoryIsFixedError
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.foundation.money import Money
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_services
from recruiter.scorecards import services as cards
from recruiter.scorecards.models import Scorecard
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.budget import arranging


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


@pytest.fixture
def case(session, people, now, offer):
    return arranging.opened(session, people, now, offer)


def content(session, case, now, **options):
    return assembly.content_of(session, case, moment=moment(now), options=Options(**options))


def write(session, case, people, now, **change):
    return services.write(
        session,
        case=case,
        change=services.CaseChange(**change),
        act=act_by(people.ruth, now=now),
    )


def submit(session, case, people, now):
    return services.submit(session, case=case, act=act_by(people.ruth, now=now))


def decide(session, case, now, by, verdict=CaseVerdict.APPROVED, amount=None, comment="Fine"):
    return decision_services.decide(
        session, case=case, verdict=verdict, amount=amount, comment=comment, act=act_by(by, now=now)
    )


@pytest.mark.parametrize(
    ("ask", "message"), [(8_500_000, "within the band"), (7_000_000, "within the band"), (0, "within the band"), (-1, "within the band")]
)  # fmt: skip
def test_within_the_band_no_case_is_opened(session, people, now, offer, ask, message):
    with pytest.raises(RuleBroken, match=message):
        arranging.opened(session, people, now, offer, ask=Money(ask, "EUR"))


def test_a_case_is_in_the_currency_of_the_band(session, people, now, offer):
    with pytest.raises(RuleBroken, match="Ask in EUR"):
        arranging.opened(session, people, now, offer, ask=Money(9_200_000, "USD"))


def test_a_date_that_has_passed_is_refused(session, people, now, offer):
    yesterday = day_of(now) - dt.timedelta(days=1)
    with pytest.raises(RuleBroken, match="today or later"):
        services.open_case(session, offer=offer, ask=arranging.ASK, needed_by=yesterday, act=act_by(people.ruth, now=now) )  # fmt: skip


def test_without_a_band_there_is_nothing_to_be_above_of(session, people, now):
    offer = arranging.ground(session, people, now, band=None, names=("Ada", "Bela"))
    with pytest.raises(Conflict, match="no approved band"):
        arranging.opened(session, people, now, offer)


def test_one_case_goes_on_at_a_time_and_numbers_count_up(session, people, now, offer, case):
    assert case.number == "BC-2026-001"
    with pytest.raises(Conflict, match="is going on"):
        arranging.opened(session, people, now, offer)
    services.withdraw(session, case=case, act=act_by(people.ruth, now=now))
    assert arranging.opened(session, people, now, offer).number == "BC-2026-002"
    with pytest.raises(Conflict, match="cannot be taken back"):
        services.withdraw(session, case=case, act=act_by(people.ruth, now=now))


def test_the_draft_has_the_thirteen_sections_each_claim_with_its_source(session, now, case):
    document = content(session, case, now)
    assert tuple(section["name"] for section in document["sections"]) == NAMES
    claims = [claim for section in document["sections"] for claim in section["evidence"]]
    assert len(claims) > 20
    assert all(claim["statement"] and claim["source"] for claim in claims)
    assert document["excess"] == {"amount": 700_000, "currency": "EUR"}
    required = [gap["section"] for gap in document["completeness"]["missing"] if gap["required"]]
    assert required == []
    assert 0 < document["completeness"]["percent"] <= 100


def test_other_finalists_have_letters_for_names(session, people, now, offer, case):
    document_text = json.dumps(content(session, case, now), ensure_ascii=False)
    assert "Finalist B" in document_text
    for name in ("Bela", "Novak", "Chidi", "Okoro"):
        assert name not in document_text


def test_dissent_is_kept(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=2, overall=1)
    sections = {section["name"]: section for section in content(session, case, now)["sections"]}
    assert "recommends against" in sections["candidate"]["text"]
    assert any("strong no" in claim["statement"] for claim in sections["candidate"]["evidence"])


def test_what_people_said_is_left_out_where_it_has_no_place(session, people, now, offer, case):
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    cards.submit(session, interview=talk, content=CardContent([Mark("System design", 4, "")], overall=3, summary="In short"), act=act_by(people.xenia, now=now))  # fmt: skip
    session.execute(
        update(Scorecard).where(Scorecard.summary == "In short").values(summary="She is pregnant")
    )  # before words were checked where they are typed
    document_text = json.dumps(content(session, case, now))
    assert "pregnant" not in document_text
    assert "words left out" in document_text


def test_the_model_and_the_market_can_be_left_out(session, people, now, offer, case):
    without = {
        section["name"]: section
        for section in content(session, case, now, model=False, market=Market.EXCLUDED)["sections"]
    }
    assert "setting" in without["market"]["text"]
    assert without["market"]["evidence"] == []


def test_text_is_kept_word_for_word_and_taken_back_when_empty(session, people, now, case):
    typed_text = "  “Ledger”\r\n<b>שלום</b>\x00 🎻 "
    write(session, case, people, now, sections={"risks": typed_text})
    assert case.texts == {"risks": "“Ledger”\n<b>שלום</b> 🎻"}
    write(session, case, people, now, sections={"risks": " "})
    assert case.texts == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"sections": {"nonsense": "x"}}, "sections.nonsense"), ({"sections": {"risks": "x" * 20_001}}, "sections.risks"),
     ({"assumptions": {"days": 1}}, "assumptions.days"), ({"assumptions": {"days_low": -1}}, "assumptions.days_low"),
     ({"assumptions": {"search_low": 501}}, "assumptions.search_low"), ({"ask": Money(8_500_000, "EUR")}, "ask")],
)  # fmt: skip
def test_a_bad_change_names_its_field(session, people, now, case, change, field):
    with pytest.raises(RuleBroken) as caught:
        write(session, case, people, now, **change)
    assert list(caught.value.errors) == [field]


def test_blocked_words_are_kept_and_stop_the_submission(session, people, now, case):
    write(session, case, people, now, sections={"risks": "She has two kids"})
    assert case.texts["risks"] == "She has two kids"
    with pytest.raises(RuleBroken) as caught:
        submit(session, case, people, now)
    assert "kids" in caught.value.errors["sections.risks"][0]
    assert case.status == CaseStatus.DRAFT
    write(session, case, people, now, sections={"risks": "A great culture fit"})
    assert submit(session, case, people, now).status == CaseStatus.SUBMITTED


def test_what_is_required_and_missing_stops_the_submission(session, people, now):
    offer = arranging.ground(session, people, now, names=("Ada Ferreira",), carded=False)
    case = arranging.opened(session, people, now, offer)
    with pytest.raises(RuleBroken) as caught:
        submit(session, case, people, now)
    assert set(caught.value.errors) == {"sections.candidate", "sections.alternatives"}
    write(session, case, people, now, sections={"candidate": "Known from a year as a contractor.", "alternatives": "None within 60 days."})  # fmt: skip
    assert submit(session, case, people, now).status == CaseStatus.SUBMITTED


def test_submitted_it_is_frozen(session, people, now, offer, case):
    submit(session, case, people, now)
    session.commit()
    before, seal = case.frozen, case.sha256
    assert len(seal) == 64
    assert assembly.checksum(before) == seal
    for forbidden in (
        lambda: write(session, case, people, now, sections={"risks": "late"}),
        lambda: submit(session, case, people, now),
        lambda: services.ask_endorsement(session, case=case, email="kim@example.com", question="Work?", base_url="", organisation="", act=act_by(people.ruth, now=now)),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="frozen"):
            forbidden()
    offers.change(session, offer=offer, terms=dataclasses.replace(offer_rules.terms_of(offer), base=Money(9_100_000, "EUR")), act=act_by(people.ruth, now=now))  # fmt: skip
    talk = arranging.panel(session, people, now, offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=1, overall=1)
    session.commit()
    document = assembly.displayed_content(session, case, moment=moment(now), options=Options())
    assert assembly.canonical(document) == before
    decide(session, case, now, people.arne, amount=Money(9_000_000, "EUR"))
    session.commit()
    assert (case.frozen, case.sha256) == (before, seal)


def test_a_file_tells_whether_it_is_the_frozen_one(session, people, now, case):
    with pytest.raises(Conflict, match="not frozen"):
        verification.verify(case, b"{}", form="json", zone=dt.UTC)
    submit(session, case, people, now)
    document = assembly.displayed_content(session, case, moment=moment(now), options=Options())
    made = export.render(case, document, form="json", zone=dt.UTC)
    assert case.sha256 in verification.verify(case, made.data, form="json", zone=dt.UTC)
    decide(session, case, now, people.arne)
    assert case.sha256 in verification.verify(case, made.data, form="json", zone=dt.UTC)
    altered = json.loads(made.data)
    altered["content"]["ask"]["amount"] += 1
    for wrong in (json.dumps(altered).encode(), b"{}", b"[]", b"\xff", b"null"):
        with pytest.raises(Conflict):
            verification.verify(case, wrong, form="json", zone=dt.UTC)


@pytest.mark.parametrize("form", ["pdf", "html", "docx", "xlsx"])
def test_every_printed_form_is_the_same_bytes_again_and_tampering_is_found(session, people, now, case, form):
    submit(session, case, people, now)
    document = assembly.displayed_content(session, case, moment=moment(now), options=Options())
    made = export.render(case, document, form=form, zone=dt.UTC)
    assert case.number in made.name
    assert case.sha256 in verification.verify(case, made.data, form=form, zone=dt.UTC)
    flipped = bytearray(made.data)
    flipped[len(flipped) // 2] ^= 1
    with pytest.raises(Conflict, match="NOT the frozen"):
        verification.verify(case, bytes(flipped), form=form, zone=dt.UTC)


def test_nobody_decides_on_their_own_request(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    with pytest.raises(Forbidden, match="Nobody decides"):
        decide(session, case, now, people.ruth)
    assert case.status == CaseStatus.SUBMITTED
    assert case.decisions == []


@pytest.mark.parametrize("amount", [Money(8_500_000, "EUR"), Money(9_200_001, "EUR"), Money(0, "EUR"), Money(9_000_000, "USD")])  # fmt: skip
def test_an_amount_lies_above_the_band_and_not_above_the_request(session, people, now, offer, amount):
    case = arranging.submitted(session, people, now, offer)
    with pytest.raises(RuleBroken) as caught:
        decide(session, case, now, people.arne, amount=amount)
    assert list(caught.value.errors) == ["amount"]


@pytest.mark.parametrize("verdict", [CaseVerdict.REFUSED, CaseVerdict.CHANGES_REQUESTED])
def test_a_no_has_its_reason(session, people, now, offer, verdict):
    case = arranging.submitted(session, people, now, offer)
    with pytest.raises(RuleBroken, match="Say why"):
        decide(session, case, now, people.arne, verdict, comment=" ")
    decide(session, case, now, people.arne, verdict, comment="Too much")
    assert case.status.value == verdict.value


def test_a_draft_and_a_decided_case_are_not_decided(session, people, now, case):
    with pytest.raises(Conflict, match="nothing to decide"):
        decide(session, case, now, people.arne)
    submit(session, case, people, now)
    decide(session, case, now, people.arne)
    with pytest.raises(Conflict, match="nothing to decide"):
        decide(session, case, now, people.arne, CaseVerdict.REFUSED)


def test_a_decision_is_not_rewritten(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    arranging.decided(session, people, now, case)
    case.decisions[0].amount = 1
    with pytest.raises(HistoryIsFixedError):
        session.flush()


def test_the_approved_amount_bounds_the_offer(session, people, now, offer):
    with pytest.raises(Conflict, match="Open a budget case"):
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    case = arranging.submitted(session, people, now, offer)
    arranging.decided(session, people, now, case, amount=Money(8_900_000, "EUR"))
    with pytest.raises(Conflict, match="covers a base up to EUR 89,000"):
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    lower = dataclasses.replace(offer_rules.terms_of(offer), base=Money(8_900_000, "EUR"))
    offers.change(session, offer=offer, terms=lower, act=act_by(people.ruth, now=now))
    approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))
    assert offer.status.value == "pending_approval"
    assert offer_rules.is_covered(Money(8_900_001, "EUR"), band=offer.band, up_to=Money(8_900_000, "EUR")) is False  # fmt: skip


def test_a_refused_case_allows_nothing(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    arranging.decided(session, people, now, case, CaseVerdict.REFUSED)
    with pytest.raises(Conflict):
        approval_services.submit(session, offer=offer, act=act_by(people.ruth, now=now))


def test_changes_asked_for_open_it_and_a_new_submission_freezes_anew(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    first = case.sha256
    arranging.decided(session, people, now, case, CaseVerdict.CHANGES_REQUESTED, comment="Price the wait")
    assert case.is_draft
    write(session, case, people, now, sections={"alternatives": "Waiting costs a week each."})
    submit(session, case, people, now)
    assert case.sha256 != first
    assert "Price the wait" in case.frozen


def ask(session, case, people, now, question="Would your team work with this person?"):
    return services.ask_endorsement(
        session, case=case, email="kim@example.com", question=question, base_url="https://hire.example",
        organisation="Acme", act=act_by(people.ruth, now=now) )  # fmt: skip


def test_a_colleague_answers_once_and_the_words_stand_in_the_case(session, people, now, case):
    endorsement, link = ask(session, case, people, now)
    secret = link.rsplit("/", 1)[1]
    assert secret not in str(
        {column.name: getattr(endorsement, column.name) for column in Endorsement.__table__.columns}
    )
    silent = {part["name"]: part for part in content(session, case, now)["sections"]}["other_teams"]
    assert "has not answered" in json.dumps(silent)
    assert queries.endorsement_by_secret(session, secret, now=now) is endorsement
    assert queries.endorsement_by_secret(session, secret + "x", now=now) is None
    assert queries.endorsement_by_secret(session, secret, now=now + dt.timedelta(days=7)) is None
    for given in (
        {"name": "", "comment": "x", "choice": Choice.YES},
        {"name": "Kim", "comment": " ", "choice": Choice.YES},
    ):
        with pytest.raises(RuleBroken):
            services.answer_endorsement(
                session,
                endorsement=endorsement,
                answer=services.EndorsementAnswer(team="Data", **given),
                moment=moment(now),
            )
    services.answer_endorsement(
        session,
        endorsement=endorsement,
        answer=services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.NO, comment=""),
        moment=moment(now),
    )
    with pytest.raises(Conflict, match="answered already"):
        services.answer_endorsement(
            session,
            endorsement=endorsement,
            answer=services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.YES, comment="Yes"),
            moment=moment(now),
        )
    voices = {part["name"]: part for part in content(session, case, now)["sections"]}["other_teams"]
    assert "Kim, Data would not" in json.dumps(voices)


def test_a_question_about_private_life_is_refused(session, people, now, case):
    for question in ("Is she pregnant?", "What is her current salary?", "  "):
        with pytest.raises(RuleBroken):
            ask(session, case, people, now, question)
    assert case.endorsements == []


def test_an_answer_with_private_life_is_refused_with_its_words(session, people, now, case):
    endorsement, _ = ask(session, case, people, now)
    answer = services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.YES, comment="His wife is nice")
    with pytest.raises(RuleBroken, match="wife"):
        services.answer_endorsement(session, endorsement=endorsement, answer=answer, moment=moment(now))
    session.rollback()
    assert "wife" not in json.dumps(content(session, case, now))


def test_who_owes_a_card_sees_sections_hidden(session, people, now, api, case):
    talk = arranging.panel(session, people, now, case.offer.application, "hana")
    session.commit()
    answer = api.hana.get(f"/budget-cases/{case.id}").get_json()
    hidden = {section["name"] for section in answer["sections"] if section["text"].startswith("Hidden until")}
    assert hidden == {"candidate", "standing", "other_teams", "alternatives", "sources"}
    assert "CANARY" not in json.dumps(answer)
    assert api.hana.get(f"/budget-cases/{case.id}/export?format=json").status_code == 409
    arranging.card(session, talk, people.hana, now)
    session.commit()
    assert "CANARY" in json.dumps(api.hana.get(f"/budget-cases/{case.id}").get_json())


def test_assembly_asks_the_database_little_however_many_apply(session, people, now, offer, case, count_statements):
    def seen():
        session.commit()
        session.expire_all()
        with count_statements() as statements:
            content(session, session.get(type(case), case.id), now)
        return len(statements)

    few = seen()
    for _ in range(25):
        factories.application(session, people, now, offer.application.requisition)
    assert seen() <= few
    assert few <= 26


def test_an_application_that_ended_takes_no_case(session, people, now, offer):
    keepwarm.withdraw(session, application=offer.application, reason="other", act=act_by(people.ruth, now=now))
    session.commit()
    with pytest.raises(Conflict):
        arranging.opened(session, people, now, offer)
