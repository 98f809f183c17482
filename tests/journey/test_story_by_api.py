"""The story that must always run, through the API: a seat is filled, falls through after the signature, and is filled again from the bench.

Nine chapters, each a function that says what is promised at that point; what leaks is looked for on every address that can be read.
"""

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
from urllib.parse import urlsplit

import pypdf
import pytest
from sqlalchemy import select

from recruiter.keepwarm.models.records import Promotion
from recruiter.keepwarm.promotion import promote as promoting
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.ranking import services as ranking
from recruiter.ranking.models import PastDecision
from tests.acts import moment
from tests.conftest import NOW

BAND = {"min": 6_512_300, "mid": 7_523_400, "max": 8_534_500, "currency": "EUR"}
FIRST_OFFER, ASK, ELSEWHERE = 8_412_300, 9_223_400, 9_334_500
SECRET_AMOUNTS = [*(value for value in BAND.values() if isinstance(value, int)), FIRST_OFFER, ASK, ELSEWHERE]
WEIGHTS = {"System design": 2, "Communication": 1}
PANEL = ["ines", "igor", "xenia", "hana"]
# who: {by: (system design, communication, overall)}; None is what was not covered
RATINGS = {
    "ada": {"ines": (5, 4, 4), "igor": (4, 5, 4), "xenia": (4, 4, 3), "hana": (5, 4, 4)},
    "bela": {"ines": (4, 3, 3), "igor": (2, 4, 3), "xenia": (4, 4, 3), "hana": (3, 4, 3)},
    "chidi": {"ines": (3, None, 2), "igor": (3, 3, 3), "xenia": (3, 2, 2), "hana": (3, 3, 2)},
}
NAMES = {"ada": "Ada Ferreira", "bela": "Bela Novak", "chidi": "Chidi Okoro"}


@pytest.fixture
def story(app, session, api, browse, clock):
    return Story(app, session, api, browse, clock)


class Story:
    """What has happened so far: the clock, the people and the ids that answers gave."""

    def __init__(self, app, session, api, browse, clock):
        self.app, self.session, self.api, self.browse, self.clock = app, session, api, browse, clock
        self.applications, self.candidates, self.interviews, self.scores = {}, {}, {}, {}
        self.requisition = self.offer = self.case = self.fell_at = self.second_offer = None

    def at(self, **after):
        """Set the clock to so long after the search began."""
        self.clock.at = NOW - dt.timedelta(days=30) + dt.timedelta(**after)
        return self.clock.at

    def day(self, **ahead):
        return (self.clock.at + dt.timedelta(**ahead)).date().isoformat()

    def does(self, name, method, path, body=None, status=200, **more):
        """Somebody does something; the answer, once its status is the promised one."""
        self.session.rollback()  # a reader that stays would hold the request's write up
        answer = getattr(self.api, name).call(method, path, body, **more)
        assert answer.status_code == status, (name, method, path, answer.status_code, answer.get_data(as_text=True))
        return answer.get_json() if answer.is_json or "json" in answer.mimetype else answer

    def on(self, who, tail=""):
        return f"/applications/{self.applications[who]}{tail}"

    def of_requisition(self, tail=""):
        return f"/requisitions/{self.requisition['id']}{tail}"

    def application(self, who, by="ruth"):
        return self.does(by, "GET", self.on(who))

    def readable(self, name):
        """Every address that answers somebody with 200, pages and API, and what it says."""
        ids = {
            "requisition_ref": [self.requisition["id"], self.requisition["key"]],
            "application_id": list(self.applications.values()),
            "candidate_id": list(self.candidates.values()),
            "interview_id": list(self.interviews.values()),
            "offer_id": self._ids(Offer),
            "case_id": [self.case] if self.case else [],
            "form": ["json", "html"],
        }
        pages = self.browse(name)
        for rule in self.app.url_map.iter_rules():
            arguments = re.findall(r"<(?:[^>:]+:)?([^>]+)>", rule.rule)
            if "GET" not in rule.methods or rule.endpoint == "static" or not set(arguments) <= set(ids):
                continue
            places = [{}]
            for argument in arguments:
                places = [{**place, argument: value} for place in places for value in ids[argument]]
            for place in places:
                path = re.sub(
                    r"<(?:[^>:]+:)?([^>]+)>", lambda match, place=place: str(place[match.group(1)]), rule.rule
                )
                client = getattr(self.api, name) if path.startswith("/api/") else pages
                answer = client.get(path)
                if answer.status_code == 200:
                    yield path, answer.get_data().decode("utf-8", "replace")

    def _ids(self, kind):
        self.session.rollback()
        return list(self.session.scalars(select(kind.id)))


def canary(by, who):
    """Words that stand in one card and nowhere else."""
    return f"Canary{by.title()}On{who.title()}"


def seen_by(story, name, canaries):
    """Where somebody can read any of these words."""
    readings, places = [], 0
    for path, content in story.readable(name):
        places += 1
        readings += [(path, word) for word in canaries if word in content]
    assert places > 8, "hardly anything could be read, so nothing was shown"
    return readings


def ways_to_write(amount):
    """An amount as it may stand in JSON, in a page or in a form."""
    whole, cents = divmod(amount, 100)
    return [str(amount), f"{whole:,}", str(whole), f"{whole}.{cents:02d}"]


def declared(who):
    """The declared score by the rule of the house: half the overall on 1 to 5, half the weighted mean of the attributes."""
    cards = RATINGS[who].values()
    overall = [1 + (card[2] - 1) * 4 / 3 for card in cards]
    means = []
    for place in range(2):
        given = [card[place] for card in cards if card[place] is not None]
        means.append(sum(given) / len(given))
    weighted = sum(mean * weight for mean, weight in zip(means, WEIGHTS.values(), strict=True)) / sum(WEIGHTS.values())
    return 0.5 * sum(overall) / len(overall) + 0.5 * weighted


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_a_seat_is_filled_lost_and_filled_again(story):
    a_requisition_is_opened_and_candidates_arrive(story)
    interviews_are_held_and_cards_are_blind(story)
    the_debrief_opens_and_finalists_are_named(story)
    the_suggestion_stands_beside_the_plain_mean(story)
    the_first_choice_gets_an_offer_and_the_others_a_promise(story)
    the_first_choice_asks_for_more_and_a_case_is_written(story)
    approvers_decide_on_the_frozen_case_and_she_accepts(story)
    she_withdraws_and_the_runner_up_is_promoted_in_one_act(story)
    the_outcome_becomes_a_past_decision(story)


def a_requisition_is_opened_and_candidates_arrive(story):
    story.at(days=0)
    body = {
        "title": "Senior Backend Engineer",
        "hiring_manager": "hana@example.com",
        "band": BAND,
        "department": "Engineering",
        "level": "L5",
        "bar": 3.2,
        "attributes": [{"name": name, "weight": weight} for name, weight in WEIGHTS.items()],
    }
    story.requisition = made = story.does("ruth", "POST", "/requisitions", body, status=201)
    assert [stage["kind"] for stage in made["stages"]] == ["applied", "screen", "interview", "final", "offer", "hired"]
    assert (made["status"], [seat["status"] for seat in made["openings"]]) == ("open", ["open"])
    assert {key: made["band"][key] for key in BAND} == BAND
    for who, name in NAMES.items():
        person = {"name": name, "emails": [f"{who}@example.org"]}
        story.candidates[who] = story.does("ruth", "POST", "/candidates", person, status=201)["id"]
        entered = {"candidate_id": story.candidates[who], "requisition_id": made["id"]}
        story.applications[who] = story.does("ruth", "POST", "/applications", entered, status=201)["id"]
        assert story.application(who)["stage"] == "Applied"
        story.does("ruth", "POST", "/applications", entered, status=409)
    board = story.does("hana", "GET", story.of_requisition("/board"))
    assert [stage["count"] for stage in board["stages"]] == [3, 0, 0, 0, 0, 0]


def interviews_are_held_and_cards_are_blind(story):
    starts = story.at(days=7)
    for who in NAMES:
        story.does("ruth", "POST", story.on(who, "/moves"), {"to_stage": "Screen"}, status=201)
        story.does("ruth", "POST", story.on(who, "/moves"), {"to_stage": "Interview"}, status=201)
        planned = {
            "name": "Panel",
            "stage": "Interview",
            "starts_at": (starts + dt.timedelta(days=1)).isoformat(),
            "ends_at": (starts + dt.timedelta(days=1, hours=1)).isoformat(),
            "panel": [{"email": f"{name}@example.com", "cross_functional": name == "xenia"} for name in PANEL],
            "focus": ["System design"],
        }
        talk = story.does("ruth", "POST", story.on(who, "/interviews"), planned, status=201)
        assert [panelist["email"] for panelist in talk["panel"] if panelist["cross_functional"]] == [
            "xenia@example.com"
        ]
        story.interviews[who] = talk["id"]
        story.does("ines", "PUT", f"/interviews/{talk['id']}/scorecard", card("ines", who), status=409)  # not yet
    story.at(days=8, hours=2)
    for by in ("ines", "xenia"):
        for who in NAMES:
            sends(story, by, who)
    canaries = [canary(by, who) for by in ("ines", "xenia") for who in NAMES]
    for owing in ("igor", "hana"):
        draft = {**card(owing, "ada"), "submit": False}
        assert story.does(owing, "PUT", f"/interviews/{story.interviews['ada']}/scorecard", draft)["state"] == "draft"
        assert seen_by(story, owing, canaries) == []
        sight = story.does(owing, "GET", story.on("ada", "/scorecards"))
        assert (sight["hidden"], sight["submitted"], sight["expected"]) == (True, 2, 4)
        assert {card["interviewer"]["email"] for card in sight["items"]} == {f"{owing}@example.com"}
    # nobody is in a final stage yet, so the slate holds nobody on whom she owes a card
    assert story.does("hana", "GET", story.of_requisition("/finalists"))["suggestion"]["state"] == "too_early"
    assert story.does("hana", "GET", story.of_requisition("/debrief"))["hidden"] is True
    assert canary("igor", "ada") not in json.dumps(story.does("ruth", "GET", story.on("ada", "/scorecards")))  # a draft
    sends(story, "igor", "ada")
    opened = story.does("igor", "GET", story.on("ada", "/scorecards"))
    assert opened["hidden"] is False
    assert canary("ines", "ada") in json.dumps(opened)
    assert story.does("igor", "GET", story.on("bela", "/scorecards"))["items"] == []  # Igor owes that one yet
    story.does("igor", "PUT", f"/interviews/{story.interviews['ada']}/scorecard", card("igor", "ada"), status=409)
    for who in ("bela", "chidi"):
        sends(story, "igor", who)


def card(by, who):
    ratings = [
        {"attribute": name, "rating": rating, "evidence": f"{canary(by, who)} {name}"}
        for name, rating in zip(WEIGHTS, RATINGS[who][by][:2], strict=True)
    ]
    return {"ratings": ratings, "overall": RATINGS[who][by][2], "summary": canary(by, who), "submit": True}


def sends(story, by, who):
    sent = story.does(by, "PUT", f"/interviews/{story.interviews[who]}/scorecard", card(by, who))
    assert sent["state"] == "submitted"
    assert sent["overall"] == RATINGS[who][by][2]
    assert [mark["rating"] for mark in sent["ratings"]] == list(RATINGS[who][by][:2])


def the_debrief_opens_and_finalists_are_named(story):
    waits = story.does("ruth", "GET", story.of_requisition("/debrief"))
    assert waits["open"] is False
    assert {card["interviewer"]["email"] for card in waits["waiting"]} == {"hana@example.com"}
    refused = {"decision": "Offer to Ada first", "application_id": story.applications["ada"]}
    story.does("ruth", "POST", story.of_requisition("/debrief"), refused, status=409)
    for who in NAMES:
        sends(story, "hana", who)
    table = story.does("hana", "GET", story.of_requisition("/debrief"))
    assert (table["open"], table["hidden"], table["waiting"]) == (True, False, [])
    bela = next(row for row in table["applications"] if row["application_id"] == story.applications["bela"])
    widest = bela["attributes"][0]  # where they differ most stands first
    given = [RATINGS["bela"][by][0] for by in PANEL]
    assert (widest["attribute"], widest["spread"]) == ("System design", max(given) - min(given))
    assert widest["mean"] == pytest.approx(sum(given) / len(given))
    assert sorted(cell["rating"] for cell in widest["ratings"]) == sorted(given)
    story.does("hana", "POST", story.of_requisition("/debrief"), {"decision": "Ada first, Bela second"}, status=201)
    for who in NAMES:
        story.does("ruth", "POST", story.on(who, "/moves"), {"to_stage": "Final"}, status=201)
    order = [{"application_id": story.applications[who], "reason": f"For {who}'s design"} for who in NAMES]
    unreasoned = [{**order[0], "reason": " "}, *order[1:]]
    story.does("hana", "PUT", story.of_requisition("/finalists"), {"order": unreasoned}, status=422)
    finalists = story.does("hana", "PUT", story.of_requisition("/finalists"), {"order": order})
    assert [(entry["position"], entry["application_id"]) for entry in finalists["items"]] == [
        (place, story.applications[who]) for place, who in enumerate(NAMES, 1)
    ]
    assert [story.application(who)["finalist_position"] for who in NAMES] == [1, 2, 3]


def the_suggestion_stands_beside_the_plain_mean(story):
    suggestion = story.does("hana", "GET", story.of_requisition("/finalists"))["suggestion"]
    assert (suggestion["state"], suggestion["label"], suggestion["n_decisions"]) == ("ready", "scorecard weights", 0)
    by_number = {number: who for who, number in story.applications.items()}
    rows = {by_number[row["application_id"]]: row for row in suggestion["ranking"]}
    assert set(rows) == set(NAMES)
    for who, row in rows.items():
        assert row["score"] == pytest.approx(declared(who), abs=1e-6)
        assert row["plain_mean"] == pytest.approx(sum(rating[2] for rating in RATINGS[who].values()) / len(PANEL))
        assert row["bar"]["difference"] == pytest.approx(declared(who) - 3.2, abs=1e-6)
        low, high = row["score_range"]
        assert 1 <= low <= row["score"] <= high <= 5
        best, worst = row["could_rank"]
        assert 1 <= best <= row["rank"] <= worst <= 3
    assert [by_number[row["application_id"]] for row in suggestion["ranking"]] == sorted(
        NAMES, key=declared, reverse=True
    )
    assert rows["ada"]["bar"]["verdict"] in {"clearly_above", "probably_above"}
    assert rows["chidi"]["bar"]["verdict"] in {"probably_below", "clearly_below"}
    assert len(suggestion["pairs"]) == 3
    for pair in suggestion["pairs"]:
        gap = declared(by_number[pair["a"]]) - declared(by_number[pair["b"]])
        assert gap >= 0  # `a` is the higher ranked
        assert sum(part["points"] for part in pair["contributions"]) == pytest.approx(gap, abs=1e-6)
        assert {part["name"] for part in pair["contributions"]} == {"overall", *WEIGHTS}
        assert pair["verdict"] in {"ahead", "tied"}
        assert 0.5 <= pair["probability"] <= 1
    assert [story.application(who)["stage"] for who in NAMES] == ["Final"] * 3  # it moves nobody


def the_first_choice_gets_an_offer_and_the_others_a_promise(story):
    story.at(days=10)
    terms = {
        "base": {"amount": FIRST_OFFER, "currency": "EUR"},
        "start_on": story.day(days=40),
        "expires_on": story.day(days=7),
    }
    story.does("rolf", "POST", story.on("ada", "/offers"), terms, status=403)
    drafted = story.does("ruth", "POST", story.on("ada", "/offers"), terms, status=201)
    assert (drafted["status"], drafted["above_band"], drafted["excess"]) == ("draft", False, None)
    story.offer = drafted["id"]
    story.does("arne", "GET", f"/offers/{story.offer}", status=404)  # an approver sees what was submitted
    act = f"/offers/{story.offer}"
    story.does("ruth", "POST", f"{act}/extension", status=409)  # not approved
    assert story.does("ruth", "POST", f"{act}/submission")["status"] == "pending_approval"
    story.does("ruth", "POST", f"{act}/approval", status=403)
    approved = story.does("arne", "POST", f"{act}/approval", {"terms_version": 1})
    assert approved["status"] == "approved"
    assert [(approval["by"]["email"], approval["decision"]) for approval in approved["approvals"]] == [
        ("arne@example.com", "approved")
    ]
    assert story.does("ruth", "POST", f"{act}/extension")["status"] == "extended"
    story.does("ruth", "POST", story.on("ada", "/moves"), {"to_stage": "Offer"}, status=201)
    for who in ("bela", "chidi"):
        promise = {"what": "You will hear from us", "due_on": story.day(days=5)}
        assert story.does("ruth", "POST", story.on(who, "/promises"), promise, status=201)["state"] == "open"
    late = {"what": "You will hear from us", "due_on": story.day(days=-1)}
    story.does("ruth", "POST", story.on("bela", "/promises"), late, status=422)
    waiting = {row["application_id"]: row for row in story.does("ruth", "GET", "/keep-warm")["items"]}
    assert set(waiting) == set(story.applications.values())
    assert waiting[story.applications["bela"]]["due_on"] <= story.day(days=5)
    assert all(row["because"] for row in waiting.values())


def the_first_choice_asks_for_more_and_a_case_is_written(story):
    story.at(days=12)
    other = {
        "stage": "Offer",
        "class": "verified",
        "employer": "Elsewhere",
        "decision_on": story.day(days=4),
        "offer_amount": {"amount": ELSEWHERE, "currency": "EUR"},
    }
    assert story.does("ruth", "POST", story.on("ada", "/competing-processes"), other, status=201)["offer_amount"]
    worry = {"kind": "compensation", "text": "The other offer pays more", "owner": "hana@example.com"}
    story.does("ruth", "POST", story.on("ada", "/concerns"), worry, status=201)
    ask = {"ask": {"amount": ASK, "currency": "EUR"}, "needed_by": story.day(days=3)}
    story.does(
        "rolf", "POST", f"/offers/{story.offer}/budget-case", ask, status=404
    )  # without pay.view there is no offer to see
    within = {**ask, "ask": {"amount": BAND["max"], "currency": "EUR"}}
    story.does("hana", "POST", f"/offers/{story.offer}/budget-case", within, status=422)
    case = story.does("hana", "POST", f"/offers/{story.offer}/budget-case", ask, status=201)
    story.case = case["id"]
    assert (case["status"], case["ask"], case["excess"]["amount"]) == ("draft", ask["ask"], ASK - BAND["max"])
    assert case["sha256"] is None
    sections = {section["name"]: section for section in case["sections"]}
    assert list(sections) == [
        "ask", "candidate", "standing", "other_teams", "market", "search", "cost_of_losing", "alternatives", "equity",
        "risks", "precedents", "approvals", "sources",
    ]  # fmt: skip
    assert not [hole for hole in case["completeness"]["missing"] if hole["required"]]
    for part in sections.values():
        assert all(claim["source"] for claim in part["evidence"]), part["name"]
    assert BAND["mid"] in [figure["value"] for figure in sections["alternatives"]["figures"]]  # the runner-up, priced
    assert canary("xenia", "ada") in json.dumps(sections["other_teams"])
    assert "Bela Novak" not in json.dumps(case["sections"])  # others are B and C
    assert "Finalist B" in json.dumps(sections["standing"])
    at = f"/budget-cases/{story.case}"
    story.does("arne", "GET", at, status=404)  # not submitted yet
    colleague_answers_by_link(story, at)
    written = {"risks": "Her rent went up and her husband commutes."}
    story.does("hana", "PATCH", at, {"sections": written})
    blocked = [item for item in story.does("hana", "GET", f"{at}/check")["items"] if item["severity"] == "blocked"]
    assert {item["section"] for item in blocked} == {"risks"}
    assert all(item["why"] and word in written["risks"] for item in blocked for word in item["words"])
    refused = story.does("hana", "POST", f"{at}/submission", status=422)
    assert "sections.risks" in refused["errors"]
    assert story.does("hana", "GET", at)["status"] == "draft"
    story.does("hana", "PATCH", at, {"sections": {"risks": "She may take the other offer."}})
    assert story.does("hana", "GET", f"{at}/check")["items"] == []


def colleague_answers_by_link(story, at):
    question = {"email": "kim@example.org", "question": "Would your team work with her, and for what?"}
    link = story.does("hana", "POST", f"{at}/endorsements", question, status=201)["link"]
    path = urlsplit(link).path
    stranger = story.app.test_client()
    page = stranger.get(path)
    assert page.status_code == 200
    for canary_text in [canary(by, "ada") for by in PANEL] + [
        way for amount in SECRET_AMOUNTS for way in ways_to_write(amount)
    ]:
        assert canary_text not in page.get_data(as_text=True)
    story.browse("ruth")  # forms are taken without a token from here on
    answer = {
        "name": "Kim Lund",
        "team": "Data platform",
        "would_use": "yes",
        "answer": "She untangled our ledger import.",
    }
    assert stranger.post(path, data=answer).status_code == 303
    assert stranger.post(path, data=answer).status_code == 409  # once
    voices = next(section for section in story.does("hana", "GET", at)["sections"] if section["name"] == "other_teams")
    assert "She untangled our ledger import." in json.dumps(voices)
    assert "Kim Lund" in json.dumps(voices)


def approvers_decide_on_the_frozen_case_and_she_accepts(story):
    at, act = f"/budget-cases/{story.case}", f"/offers/{story.offer}"
    raised = {"base": {"amount": ASK, "currency": "EUR"}}
    assert story.does("ruth", "PATCH", act, raised)["terms_version"] == 2
    story.does("ruth", "POST", f"{act}/submission", status=409)  # above the band, and no approved case
    case = story.does("hana", "POST", f"{at}/submission")
    number, checksum = case["number"], case["sha256"]
    assert case["status"] == "submitted"
    file = story.api.arne.get(f"{at}/export?format=json")
    exported = json.loads(file.get_data())
    assert hashlib.sha256(canonical(exported["content"]).encode()).hexdigest() == checksum == exported["sha256"]
    assert exported["number"] == number
    story.does("hana", "PATCH", at, {"sections": {"risks": "Something else"}}, status=409)
    story.does("ruth", "POST", story.on("ada", "/concerns"), {"kind": "scope", "text": "Wants a team"}, status=201)
    assert story.does("hana", "GET", at)["sections"] == case["sections"]  # the record went on, the case did not
    printed = pypdf.PdfReader(io.BytesIO(story.api.arne.get(f"{at}/export?format=pdf").get_data()))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in printed.pages))
    assert number in text
    assert checksum in text
    decision = {
        "decision": "approved",
        "amount": {"amount": ASK, "currency": "EUR"},
        "comment": "Worth it",
        "sha256": checksum,
    }
    story.does("hana", "POST", f"{at}/decision", decision, status=403)
    decided = story.does("arne", "POST", f"{at}/decision", decision)
    assert (decided["status"], decided["sha256"], decided["sections"]) == ("approved", checksum, case["sections"])
    assert decided["decision"]["by"]["email"] == "arne@example.com"
    story.does("arne", "POST", f"{at}/decision", decision, status=409)
    more = {"base": {"amount": ASK + 100, "currency": "EUR"}}
    story.does("ruth", "PATCH", act, more)
    story.does("ruth", "POST", f"{act}/submission", status=409)  # the case does not cover that
    story.does("ruth", "PATCH", act, raised)
    assert story.does("ruth", "POST", f"{act}/submission")["above_band"] is True
    seen = {"terms_version": story.does("arne", "GET", act)["terms_version"]}
    assert story.does("arne", "POST", f"{act}/approval", seen)["status"] == "approved"
    assert story.does("ruth", "POST", f"{act}/extension")["status"] == "extended"
    pay_is_seen_by_nobody_without_the_permission(story)
    story.does("ruth", "POST", story.on("ada", "/moves"), {"to_stage": "Hired"}, status=409)
    assert story.does("ruth", "POST", f"{act}/acceptance")["status"] == "accepted"
    seats = story.does("ruth", "GET", story.of_requisition())
    assert seats["status"] == "filled"
    assert [(opening["status"], opening["filled_by"]) for opening in seats["openings"]] == [
        ("filled", story.applications["ada"])
    ]
    refused = story.does("ruth", "POST", story.on("bela", "/rejection"), {"reason": "another_finalist"}, status=409)
    assert "bench" in refused["detail"]  # nobody is let go before the hire has started


def pay_is_seen_by_nobody_without_the_permission(story):
    ways = [way for amount in SECRET_AMOUNTS for way in ways_to_write(amount)]
    for name in ("rolf", "igor", "xenia", "anja"):
        assert seen_by(story, name, ways) == []
    assert seen_by(story, "ruth", [str(ASK)]), "who may see pay does not see it: the search for amounts finds nothing"


def she_withdraws_and_the_runner_up_is_promoted_in_one_act(story):
    story.at(days=14)
    for who, due in (("bela", 2), ("chidi", 16)):
        promise = {"what": "News on the search", "due_on": story.day(days=due)}
        story.does("ruth", "POST", story.on(who, "/promises"), promise, status=201)
    fresh = {"direction": "from", "channel": "phone", "kind": "check_in", "said": "Still wants it"}
    story.at(days=26)
    story.does("ruth", "POST", story.on("bela", "/touchpoints"), fresh, status=201)
    assert story.application("bela")["warmth"] in {"hot", "cold"}  # spoken to; a promise may have been broken meanwhile
    story.fell_at = story.at(days=28)
    moves = story.does("ruth", "GET", story.on("ada", "/moves"))["items"]
    lost = {"reason": "accepted_counter_offer", "phase": "accepted"}
    for wrong in ({**lost, "phase": "offer"}, {**lost, "phase": "before_offer"}):
        assert "phase" in story.does("rolf", "POST", story.of_requisition("/promotion"), wrong, status=422)["errors"]
        assert story.application("ada")["status"] == "active"  # nothing was changed
    done = story.does("rolf", "POST", story.of_requisition("/promotion"), lost, status=201)
    assert (done["ended_application"], done["promoted_application"]) == (
        story.applications["ada"],
        story.applications["bela"],
    )
    assert done["phase"] == "accepted"
    assert not {"base", "bonus", "sign_on", "equity", "excess", "above_band"} & set(done["offer"])  # no sight of pay
    story.second_offer = done["offer"]["id"]
    assert done["opening"] == done["offer"]["opening_id"] == story.requisition["openings"][0]["id"]
    offer = story.does("ruth", "GET", f"/offers/{story.second_offer}")
    assert (offer["status"], offer["base"]["amount"], offer["above_band"]) == ("draft", BAND["mid"], False)
    ended = story.application("ada")
    assert (ended["status"], ended["ended_by"], ended["reason"]) == (
        "withdrawn",
        "candidate",
        "Accepted a counter offer",
    )
    assert story.does("ruth", "GET", f"/offers/{story.offer}")["status"] == "reneged"
    assert story.does("ruth", "GET", story.on("ada", "/moves"))["items"] == moves  # nothing of the history is lost
    assert len(story.does("ruth", "GET", story.on("ada", "/scorecards"))["items"]) == 4
    assert story.does("hana", "GET", f"/budget-cases/{story.case}")["status"] == "approved"
    seats = story.does("ruth", "GET", story.of_requisition())
    assert (seats["status"], [(opening["status"], opening["filled_by"]) for opening in seats["openings"]]) == (
        "open",
        [("open", None)],
    )
    assert story.application("bela")["stage"] == "Offer"
    promises = story.does("ruth", "GET", story.on("chidi", "/promises"))["items"]
    renewed = [promise for promise in promises if promise["what"] == "News on the search"]
    assert [promise["state"] for promise in renewed] == ["renewed", "open"]
    assert renewed[1]["renews"] == renewed[0]["id"]
    assert renewed[1]["due_on"] > renewed[0]["due_on"]
    story.does(
        "rolf", "POST", story.of_requisition("/promotion"), lost, status=422
    )  # the runner-up has accepted nothing
    assert story.application("bela")["status"] == "active"
    act = f"/offers/{story.second_offer}"
    story.at(days=28, minutes=90)
    assert story.does("ruth", "POST", f"{act}/submission")["status"] == "pending_approval"
    story.does("arne", "POST", f"{act}/approval", {"terms_version": 1})
    assert story.does("ruth", "POST", f"{act}/extension")["status"] == "extended"
    story.session.rollback()
    act_of_promotion = story.session.scalars(select(Promotion)).one()
    sent = story.session.get(Offer, story.second_offer)
    assert promoting.hours_until_out(act_of_promotion, sent) == pytest.approx(1.5)  # the goal is two hours
    pay_is_seen_by_nobody_without_the_permission(story)


def the_outcome_becomes_a_past_decision(story):
    story.at(days=29)
    story.does("ruth", "POST", f"/offers/{story.second_offer}/acceptance")
    closes(story, expected=0)  # accepted, not started
    story.does("ruth", "POST", story.on("bela", "/moves"), {"to_stage": "Hired"}, status=201)
    hired = story.application("bela")
    assert (hired["stage"], hired["status"]) == ("Hired", "hired")
    assert story.does("ruth", "GET", story.of_requisition())["status"] == "filled"
    closes(story, expected=1)
    closes(story, expected=0)  # once
    decision = story.session.scalars(select(PastDecision)).one()
    by_number = {grade.application_id: grade for grade in decision.grades}
    grades = {who: by_number[number].grade for who, number in story.applications.items()}
    assert (grades["ada"], grades["bela"]) == (3, 2)  # the label is the offer, not who signed
    assert grades["chidi"] <= 1
    assert by_number[story.applications["ada"]].outcome == "reneged"
    assert by_number[story.applications["bela"]].outcome == "hired"
    assert story.does("ruth", "GET", "/model")["decisions_on_record"] == 1
    story.does("ruth", "POST", story.on("chidi", "/rejection"), {"reason": "another_finalist"})  # now Chidi may be told
    assert story.application("chidi")["ended_by"] == "company"


def closes(story, *, expected):
    story.session.rollback()
    story.session.expire_all()
    assert ranking.record_due(story.session, moment=moment(story.clock.at)) == expected
    story.session.commit()


def test_the_story_is_told_by_people_of_every_role(people):
    assert len({getattr(people, field.name).role for field in dataclasses.fields(people)}) == 5


def test_applications_of_the_story_are_kept_apart_by_search(story):
    """Two searches at once: who recruits for one and interviews for none of the other sees nothing of it."""
    a_requisition_is_opened_and_candidates_arrive(story)
    assert story.does("henk", "GET", "/applications")["items"] == []
    assert story.does("xenia", "GET", "/applications")["items"] == []
    story.session.rollback()
    assert len(story.session.scalars(select(Application.id)).all()) == 3
