"""What stands round the ranking: what would change it, side by side, gaps, who asked not to be ranked, one finalist."""

import re

import pytest

from recruiter.keepwarm.models.records import Concern, ConcernKind, Readiness
from recruiter.offers.models import CompetingProcess, SourceClass
from recruiter.pipeline import services as pipeline
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions import rules as requisition_rules
from tests import factories
from tests.acts import act_by
from tests.ranking.rating import rated

LONG = "Maximiliane-" * 12 + "von Hohenstein"
RTL = "נועם בן־דוד"


@pytest.fixture
def slate(session, people, now):
    """Three finalists of whom the first two are close."""
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", RTL, LONG))
    session.commit()
    for finalist, marks in zip(finalists, [(4, 4), (4, 3), (2, 2)], strict=True):
        rated(session, people, now, finalist, marks)
    return requisition, finalists


def page_of(client, requisition, more=""):
    answer = client.get(f"/requisitions/{requisition.key}/finalists{more}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def section(page, key):
    """What one section of the page holds, as text without tags."""
    finalists = re.search(rf'aria-labelledby="{key}">(.*?)</section>', page, re.DOTALL).group(1)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", finalists))


def test_what_would_change_it_is_said_of_the_pair_that_was_asked_for(browse, slate):
    requisition, (ada, _, last) = slate
    ruth = browse("ruth")
    first = section(page_of(ruth, requisition), "why")
    assert "What would change it" in first
    assert f"No move of weight between two attributes puts {RTL} ahead." in first
    assert "would narrow their range most: the difference from ±" in first
    other = section(page_of(ruth, requisition, f"?a={last.id}&b={ada.id}"), "why")
    assert f"puts {LONG} ahead." in other
    assert f"Leaving out the cards of any one interviewer leaves {ada.candidate.name} ahead." in other


def test_a_missing_rating_that_would_turn_the_pair_is_named(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    ada, bela = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", "Bela Novak"))
    rated(session, people, now, ada, (5, 4))
    rated(session, people, now, bela, (4, 4), attributes=("Communication",))
    why = section(page_of(browse("hana"), requisition), "why")
    assert "Nobody has rated Bela Novak on System design; a 5 there puts Bela Novak ahead on the score." in why
    gaps = section(page_of(browse("hana"), requisition), "gaps")
    assert "System design: nobody has assessed Bela Novak." in gaps


def test_gaps_name_thin_evidence_cards_to_come_and_wide_ratings(browse, slate, session, people, now):
    requisition, (ada, *_) = slate
    new = factories.application(session, people, now, requisition, name="Chidi Okoro", stage="final")
    reasons = [(finalist, "Why") for finalist in [*slate[1], new]]
    pipeline.name_finalists(session, requisition=requisition, order=reasons, act=act_by(people.hana, now=now))
    rated(session, people, now, new, (3,), panel=("xenia",))
    rated(session, people, now, ada, (), panel=("xenia",))
    rated(session, people, now, ada, (2,), panel=("igor",))
    gaps = section(page_of(browse("ruth"), requisition), "gaps")
    assert "The scorecard of Xenia on Ada Ferreira is still to come." in gaps
    assert "Chidi Okoro has one scorecard; two are the least to rank by." in gaps
    assert "Ada Ferreira: ratings are far apart on Communication (2 to 4) and System design (2 to 4)." in gaps


def test_side_by_side_takes_up_to_four_people_in_two_orders(browse, slate, session, people, now):
    requisition, (ada, noam, last) = slate
    more = [
        factories.application(session, people, now, requisition, name=f"Extra {k}", stage="final") for k in range(3)
    ]
    everybody = [*slate[1], *more]
    pipeline.name_finalists(session, requisition=requisition, order=[(finalist, "Why") for finalist in everybody], act=act_by(people.hana, now=now))  # fmt: skip
    session.commit()
    for finalist in more:
        rated(session, people, now, finalist, (3, 3))
    ruth = browse("ruth")
    heads = r'<th scope="col"><a class="nm"[^>]*><bdi dir="auto">([^<]*)'
    assert len(re.findall(heads, page_of(ruth, requisition))) == 3
    html = "&".join(f"show={finalist.id}" for finalist in everybody[:5])
    page = page_of(ruth, requisition, f"?{html}&order=scorecard")
    assert re.findall(heads, page) == [finalist.candidate.name for finalist in everybody[:4]]
    assert "Four fit side by side" in page
    compared = section(page, "side-by-side")
    assert compared.index("Overall recommendation of 4") < compared.index("System design of 5") < compared.index("Communication of 5")  # fmt: skip
    assert "Where they differ most" not in compared
    two = section(page_of(ruth, requisition, f"?show={ada.id}&show={last.id}&show=0&show=x"), "side-by-side")
    assert "Where they differ most" in two
    assert "4.0, rated 4, 4" in two
    assert noam.candidate.name not in re.findall(heads, page_of(ruth, requisition, f"?show={ada.id}&show={last.id}"))


def test_price_and_timing_hide_amounts_from_whoever_does_not_see_pay(browse, slate, session, people, now):
    requisition, (ada, noam, _) = slate
    session.add(
        CompetingProcess(
            application_id=ada.id, employer="Kestrel", stage="Offer", source_class=SourceClass.VERIFIED, currency="EUR",
            decision_on=now.date() + factories.days(5), offer_amount=8_123_400, disclosed_on=now.date(), by_id=people.ruth.id, created_at=now,
        )
    )  # fmt: skip
    session.add(Readiness(application_id=ada.id, available_from=now.date(), expectation_within_band=False))
    session.add(
        Concern(
            application_id=noam.id,
            kind=ConcernKind.SCOPE,
            text="Build or rescue?",
            by_id=people.ruth.id,
            created_at=now,
        )
    )
    session.commit()
    seen = section(page_of(browse("ruth"), requisition), "side-by-side")
    for page in (
        "Kestrel, EUR 81,234",
        "Decides Mon 23 Nov",
        "Expects more than the band",
        "From Wed 18 Nov",
        "Build or rescue?",
    ):
        assert page in seen
    blind = section(page_of(browse("rolf"), requisition), "side-by-side")
    assert "Kestrel" in blind
    assert "81,234" not in blind


@pytest.fixture
def asked_out(monkeypatch, slate):
    """The second finalist asked not to be ranked: the suggestion leaves them out and names them."""
    real = suggested_ranking.compute

    def without(session, requisition, application_ids, *, run):
        out = slate[1][1].id
        finalists = real(
            session,
            requisition,
            [application_id for application_id in application_ids if application_id != out],
            run=run,
        )
        return {
            **finalists,
            "not_ranked": [application_id for application_id in application_ids if application_id == out],
        }

    monkeypatch.setattr(suggested_ranking, "compute", without)
    return slate


def test_who_asked_not_to_be_ranked_stands_in_a_lane_with_the_same_facts_and_no_score(browse, asked_out):
    requisition, (_, noam, _) = asked_out
    page = page_of(browse("ruth"), requisition)
    lane = section(page, "lane")
    assert "Asked not to be ranked" in lane
    for html in (
        RTL,
        "1 strong yes, 1 no",
        "plain mean 3.00 of 4",
        "2 of 2",
        "attributes rated at the bar or above",
        "Backup 1",
    ):
        assert html in lane
    assert RTL not in section(page, "ranking")
    assert RTL not in section(page, "why")
    assert f'<option value="{noam.id}"' not in page
    assert RTL in section(page, "side-by-side")
    assert RTL in section(page, "order")
    assert "Could rank" not in lane
    order = browse("ruth").get(f"/requisitions/{requisition.key}/finalists/order").get_data(as_text=True)
    assert "Asked not to be ranked" in order


def test_one_finalist_stands_against_the_bar_alone(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    (ada,) = factories.finalists(session, people, now, requisition, names=("Ada Ferreira",))
    rated(session, people, now, ada, (5, 5))
    page = page_of(browse("ruth"), requisition)
    assert '<bdi dir="auto">Ada Ferreira</bdi> stands clearly above the bar.' in page
    assert "Against the bar" in section(page, "ranking")
    for absent in ("Could rank", 'class="pos', "of 100 re-runs.", 'aria-labelledby="why"'):
        assert absent not in page


def test_a_slate_that_is_tied_throughout_says_so_and_names_nobody_first(browse, session, people, now):
    requisition = factories.requisition(session, people, now, bar=4.0)
    finalists = factories.finalists(session, people, now, requisition)
    for finalist in finalists:
        rated(session, people, now, finalist, (3, 3))
    page = page_of(browse("ruth"), requisition)
    assert "Three finalists are tied for first. No finalist is clearly above the bar." in page
    assert page.count("1=<span") == 3
    assert "Departs from" not in page


def test_an_attribute_that_nobody_assessed_is_one_gap_for_all(browse, session, people, now):
    more = requisition_rules.AttributeTerms("Mentoring", "Lifts others", 1)
    terms = [requisition_rules.AttributeTerms("System design", "Splits", 2), requisition_rules.AttributeTerms("Communication", "Plain", 1), more]  # fmt: skip
    requisition = factories.requisition(session, people, now, attributes=terms)
    for finalist in factories.finalists(session, people, now, requisition):
        rated(session, people, now, finalist, (3, 3))
    gaps = section(page_of(browse("ruth"), requisition), "gaps")
    assert gaps.count("Mentoring") == 1
    assert "Mentoring: nobody has assessed it, for any finalist." in gaps
