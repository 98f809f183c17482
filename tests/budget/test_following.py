"""After a refusal a new case starts from the refused one, and says what is new since."""

import datetime as dt
import re

import pytest

from recruiter.budget import decision_services, queries, services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export
from recruiter.budget.models import CaseVerdict, Choice
from recruiter.documents import html_printer
from recruiter.foundation.money import Money
from recruiter.offers.models import CompetingProcess, SourceClass
from tests.acts import act_by, day_of, moment
from tests.budget import arranging
from tests.documents.test_xlsx import cells

LATER = dt.timedelta(days=2)


@pytest.fixture
def refused(session, people, now):
    """A case that was written, asked about, answered and refused."""
    offer = arranging.ground(session, people, now)
    case = arranging.opened(session, people, now, offer)
    change = services.CaseChange(
        {"equity": "We level two colleagues in January."},
        {"days_middle": 77},
        facts={"why_search": "Nobody else knows the ledger.", "budget_line": "Cost centre 4100"},
    )
    services.write(
        session,
        case=case,
        change=change,
        act=act_by(people.ruth, now=now),
    )
    endorsement, _ = services.ask_endorsement(session, case=case, email="kim@example.com", question="Would you use it?", base_url="", organisation="Us", act=act_by(people.ruth, now=now))  # fmt: skip
    services.answer_endorsement(session, endorsement=endorsement, answer=services.EndorsementAnswer(name="Kim", team="Data", choice=Choice.YES, comment="At once", for_what="Ledger"), moment=moment(now))  # fmt: skip
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    decision_services.decide(session, case=case, verdict=CaseVerdict.QUESTION, amount=None, comment="Why this month?", act=act_by(people.arne, now=now))  # fmt: skip
    decision_services.answer_question(
        session, case=case, answer="The migration starts.", act=act_by(people.ruth, now=now)
    )
    return arranging.decided(session, people, now, case, CaseVerdict.REFUSED, comment="Too much for this year")


def follow(session, people, now, refused):
    return arranging.opened(session, people, now + LATER, refused.offer, ask=Money(9_000_000, "EUR"))


def section(session, case, now, name="approvals"):
    document = assembly.content_of(session, case, moment=moment(now), options=Options())
    return next(part for part in document["sections"] if part["name"] == name), document


def test_what_was_written_and_chosen_is_carried_over_and_the_case_says_which_it_follows(session, people, now, refused):
    case = follow(session, people, now, refused)
    assert case.texts == refused.texts
    assert case.texts["assumption:days_middle"] == "77"
    assert case.follows is refused
    part, content = section(session, case, now + LATER)
    assert content["follows"] == {"number": refused.number, "status": "refused", "decided_on": day_of(now).isoformat(), "sha256": refused.sha256}  # fmt: skip
    assert f"It follows {refused.number}, refused on" in part["text"]
    assert "The base asked for was EUR 92,000 and is EUR 90,000." in part["text"]
    assert "Written anew" not in part["text"]
    statements = [claim["statement"] for claim in part["evidence"]]
    assert statements[0].endswith("“Too much for this year”")
    assert [statement for statement in statements if statement.startswith(f"On {refused.number}")] == [
        f"On {refused.number}, Arne asked: “Why this month?”",
        f"On {refused.number}, Ruth answered: “The migration starts.”",
    ]
    assert part["evidence"][0]["link"] == part["evidence"][1]["link"] == f"/cases/{refused.id}"


def test_facts_are_collected_afresh_and_what_changed_is_listed(session, people, now, refused):
    session.add(CompetingProcess(application_id=refused.offer.application_id, stage="offer", source_class=SourceClass.CREDIBLE, decision_on=day_of(now) + LATER, disclosed_on=day_of(now), by=people.ruth, created_at=now))  # fmt: skip
    case = follow(session, people, now, refused)
    services.write(session, case=case, change=services.CaseChange({"equity": ""}, facts={"budget_line": "Cost centre 4200"}), act=act_by(people.ruth, now=now) )  # fmt: skip
    part, _ = section(session, case, now + LATER)
    changes = {change["label"]: (change["before"], change["now"]) for change in part["changes"]}
    assert changes["Asked base"] == ({"value": 9_200_000, "unit": "EUR"}, {"value": 9_000_000, "unit": "EUR"})
    assert changes["Excess"] == ({"value": 700_000, "unit": "EUR"}, {"value": 500_000, "unit": "EUR"})
    assert changes["Competing processes, credible"] == (None, {"value": 1, "unit": "count"})
    assert changes["Budget line"] == ("Cost centre 4100", "Cost centre 4200")
    assert {"Declared score", "Days, middle", "Paid once"}.isdisjoint(changes)
    assert "Written anew: The request, Pay fairness." in part["text"]


def test_the_same_request_once_more_is_called_that(session, people, now, refused):
    case = arranging.opened(session, people, now, refused.offer)
    assert "Nothing has changed since then." in section(session, case, now)[0]["text"]


def test_a_colleagues_answer_holds_on_and_names_the_case_that_it_was_given_for(session, people, now, refused):
    case = follow(session, people, now, refused)
    part, _ = section(session, case, now + LATER, "other_teams")
    [answer] = [claim for claim in part["evidence"] if claim["source"].startswith("Answer by signed link")]
    assert answer["source"] == f"Answer by signed link, for {refused.number}"
    assert "Kim, Data would use this skill" in answer["statement"]
    assert "1 answer given for an earlier case of this candidate." in part["text"]


def test_a_withdrawn_case_is_passed_over_and_a_first_case_follows_none(session, people, now, refused):
    assert refused.follows is None
    assert "follows" not in section(session, refused, now)[1]
    between = follow(session, people, now, refused)
    services.withdraw(session, case=between, act=act_by(people.ruth, now=now))
    assert follow(session, people, now, refused).follows is refused


def test_every_print_has_the_case_before_and_what_changed(session, people, now, refused, count_statements):
    case = follow(session, people, now, refused)
    services.submit(session, case=case, act=act_by(people.ruth, now=now + LATER))
    session.commit()
    document = export.document_of(case, section(session, case, now + LATER)[1], zone=dt.UTC)
    page = re.sub(r">\s+<", "><", html_printer.render(document))
    assert f"Changed since {refused.number}" in page
    assert '<td dir="ltr">EUR\u00a092,000</td><td dir="ltr">EUR\u00a090,000</td>' in page
    data = export.render(
        case, assembly.displayed_content(session, case, moment=moment(now), options=Options()), form="xlsx", zone=dt.UTC
    ).data
    rows = [row for row in cells(data, 1) if row.get("B") == "Asked base"]
    assert [rows[-1][column] for column in "ACDE"] == ["Ask", 92_000, 90_000, "EUR"]
    session.expire_all()
    with count_statements() as statements:
        assembly.content_of(session, session.get(type(case), case.id), moment=moment(now + LATER), options=Options())
    assert len(statements) <= 26


def test_the_opening_page_and_the_approvers_page_tell_of_it(session, people, now, refused, browse):
    ruth = browse("ruth")
    key = refused.offer.application.requisition.key
    page = ruth.get(f"/requisitions/{key}/case?all=yes").get_data(as_text=True)
    assert f'It starts from <a href="/cases/{refused.id}">{refused.number}</a>, which was refused' in page
    case = follow(session, people, now, refused)
    services.submit(session, case=case, act=act_by(people.ruth, now=now + LATER))
    session.commit()
    page = browse("arne").get(f"/cases/{case.id}").get_data(as_text=True)
    assert f'Follows <a href="/cases/{refused.id}">{refused.number}</a>, which was refused' in page
    for phrase in ("Too much for this year", "Why this month?", "The migration starts.", "Asked base"):
        assert phrase in page


def test_who_owes_a_card_sees_no_change_that_comes_from_cards(session, people, now, refused, api, browse):
    talk = arranging.panel(session, people, now, refused.offer.application, "xenia", hours=40)
    arranging.card(session, talk, people.xenia, now, rating=5)
    case = follow(session, people, now, refused)
    arranging.panel(session, people, now, refused.offer.application, "hana")
    session.commit()
    changed = {change["label"] for change in section(session, case, now + LATER)[0]["changes"]}
    assert {"Declared score", "Interviewers"} <= changed
    answer = api.hana.get(f"/budget-cases/{case.id}").get_json()
    assert answer["follows"] == {"id": refused.id, "number": refused.number}
    part = next(
        candidate_section for candidate_section in answer["sections"] if candidate_section["name"] == "approvals"
    )
    assert {"Declared score", "Interviewers"}.isdisjoint(change["label"] for change in part["changes"])
    assert "Asked base" in {change["label"] for change in part["changes"]}
    page = browse("hana").get(f"/cases/{case.id}").get_data(as_text=True)
    assert "Declared score" not in page
    assert "Asked base" in page


def test_the_latest_case_comes_first(session, people, now, refused):
    case = follow(session, people, now, refused)
    assert queries.cases_of_application(session, refused.offer.application_id) == [case, refused]
