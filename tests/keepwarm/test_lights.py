"""Seven lights: each green only where the record says so, each other one with what would turn it green."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.keepwarm.contacts import readiness_services
from recruiter.keepwarm.models.records import PromiseState, Readiness
from recruiter.keepwarm.overview import readiness_queries, readiness_rules
from recruiter.keepwarm.overview.readiness_rules import ReadinessFacts, State
from recruiter.keepwarm.schedule.next_contact import PromiseFact
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards.queries import CardCounts
from tests import factories
from tests.acts import act_by, day_of, moment

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


def _day(count):
    return TODAY + dt.timedelta(days=count)


GREEN = {
    "cards_in": 3, "cards_expected": 3, "last_card_on": _day(-4), "interested": True, "interested_on": _day(-2),
    "within_band": True, "within_on": _day(-2), "references_on": _day(-1), "decisions_on": (_day(9),), "applied_on": _day(-30),
}  # fmt: skip
LATE = PromiseFact("News", _day(-1), PromiseState.OPEN, NOW - dt.timedelta(days=5))


ANSWERS = {
    "interested": "interested", "interested_on": "interested_asked_on", "within_band": "expectation_within_band",
    "within_on": "expectation_asked_on", "references_on": "references_done_on",
}  # fmt: skip


def _facts(*, cards_in=0, cards_expected=0, applied_on=None, active=True, search_on=True, **facts):
    requisition = Requisition(status=RequisitionStatus.OPEN if search_on else RequisitionStatus.CLOSED)
    status = ApplicationStatus.ACTIVE if active else ApplicationStatus.REJECTED
    answers = Readiness(**{ANSWERS[name]: facts.pop(name) for name in ANSWERS.keys() & facts.keys()})
    application = Application(requisition=requisition, status=status, applied_on=applied_on)
    return ReadinessFacts(application, CardCounts(cards_in, cards_expected), answers, **facts)


def _of(**facts):
    return {light.name: light for light in readiness_rules.evaluate(_facts(**facts), moment=moment(NOW))}


def test_all_green_is_callable_today_and_each_light_has_its_day():
    lights = readiness_rules.evaluate(_facts(**GREEN), moment=moment(NOW))
    assert len(lights) == 7
    assert readiness_rules.ready(lights)
    assert [light.on for light in lights] == [_day(-4), _day(-2), _day(-2), _day(-1), None, _day(9), _day(-30)]


@pytest.mark.parametrize(
    ("name", "facts", "state"),
    [
        ("scorecards", {"cards_expected": 0, "cards_in": 0}, State.AMBER),
        ("scorecards", {"cards_in": 2}, State.AMBER),
        ("scorecards", {"cards_in": 0}, State.RED),
        ("interest", {"interested": None}, State.AMBER),
        ("interest", {"interested": False}, State.RED),
        ("interest", {"interested_on": _day(-8)}, State.AMBER),
        ("package", {"within_band": None}, State.AMBER),
        ("package", {"within_band": False}, State.RED),
        ("package", {"has_band": False}, State.RED),
        ("references", {"references_on": None}, State.AMBER),
        ("references", {"references_on": _day(2)}, State.AMBER),
        ("promise", {"promises": (LATE,)}, State.RED),
        ("deadline", {"decisions_on": (_day(-1),)}, State.RED),
        ("deadline", {"ours": (_day(10),)}, State.RED),
        ("consent", {"active": False}, State.RED),
        ("consent", {"search_on": False}, State.AMBER),
    ],
)
def test_a_light_that_is_not_green_says_what_would_turn_it(name, facts, state):
    offer = _of(**{**GREEN, **facts})
    assert offer[name].state == state
    assert offer[name].needs
    assert [light.name for light in offer.values() if light.state != State.GREEN] == [name]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("interest", {"interested_on": _day(-7)}),
        ("package", {"within_band": False, "exception_on": _day(-1)}),
        ("deadline", {"decisions_on": (_day(-3), _day(0))}),
        ("deadline", {"decisions_on": ()}),
        ("promise", {"promises": (LATE, PromiseFact("News", _day(3), PromiseState.OPEN, NOW))}),
    ],
)
def test_a_light_is_green_again(name, facts):
    assert _of(**{**GREEN, **facts})[name].state == State.GREEN


optional_days = st.none() | st.integers(-30, 30).map(_day)


@given(
    cards=st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] <= pair[1]),
    interested=st.none() | st.booleans(), on=optional_days, band=st.none() | st.booleans(), references=optional_days,
    decisions=st.lists(st.integers(-30, 30).map(_day), max_size=3), flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)  # fmt: skip
def test_needs_stand_exactly_where_a_light_is_not_green(cards, interested, on, band, references, decisions, flags):
    lights = readiness_rules.evaluate(
        _facts(
            cards_in=cards[0], cards_expected=cards[1], interested=interested, interested_on=on, within_band=band,
            references_on=references, decisions_on=tuple(decisions), has_band=flags[0], active=flags[1], search_on=flags[2],
        ),
        moment=moment(NOW),
    )  # fmt: skip
    assert [bool(light.needs) for light in lights] == [light.state != State.GREEN for light in lights]
    assert readiness_rules.ready(lights) is not any(light.needs for light in lights)
    assert all(light.says for light in lights)


def test_the_record_lights_them(session, people, now, count_statements):
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition, names=[f"Person {n}" for n in range(9)])
    answers = readiness_services.ReadinessAnswers(
        interested=True, expectation_within_band=True, references_done_on=day_of(now)
    )
    for application in slate[:8]:
        readiness_services.record_readiness(
            session,
            application=application,
            answers=answers,
            act=act_by(people.ruth, now=now),
        )
    competing_processes.record(
        session, application=slate[0], stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=day_of(now), disclosed_on=day_of(now), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    assert slate[0].applied_on  # the transaction has begun
    session.connection()
    with count_statements() as few:
        application = readiness_queries.readiness_checks_of(session, slate[:1], moment=moment(now))
    with count_statements() as many:
        lights = readiness_queries.readiness_checks_of(session, slate, moment=moment(now))
    assert len(many) == len(few)
    assert lights[slate[0].id] == application[slate[0].id]
    greens = {key: [each.name for each in lit if each.state == State.GREEN] for key, lit in lights.items()}
    assert greens[slate[0].id] == ["interest", "package", "references", "promise", "deadline", "consent"]
    assert greens[slate[8].id] == ["promise", "deadline", "consent"]


@pytest.mark.parametrize(
    ("name", "facts", "says", "needs", "on"),
    [
        ("scorecards", {}, "3 of 3 in", "", -4),
        ("scorecards", {"cards_expected": 0, "cards_in": 0}, "No interview yet", "Hold an interview and send the cards.", None),
        ("scorecards", {"cards_in": 2}, "2 of 3 in", "1 scorecard must be sent.", -4),
        ("scorecards", {"cards_in": 1}, "1 of 3 in", "2 scorecards must be sent.", -4),
        ("scorecards", {"cards_in": 0}, "0 of 3 in", "3 scorecards must be sent.", -4),
        ("interest", {}, "Yes, Mon 16 Nov", "", -2),
        ("interest", {"interested": None}, "Not asked yet", "Ask whether they are still interested.", None),
        ("interest", {"interested_on": None}, "Not asked yet", "Ask whether they are still interested.", None),
        ("interest", {"interested": False}, "Said no Mon 16 Nov", "They said no. Ask again, or release them.", -2),
        ("interest", {"interested_on": _day(-8)}, "Yes, Tue 10 Nov", "Ask again: that is more than 7 days ago.", -8),
        ("package", {}, "Within the band, Mon 16 Nov", "", -2),
        ("package", {"within_on": None}, "Within the band", "", None),
        ("package", {"within_band": None}, "Not asked yet", "Ask what they expect to be paid.", None),
        ("package", {"within_band": False}, "Above the band", "A budget case must be approved.", -2),
        ("package", {"exception_on": _day(-1)}, "Case approved Tue 17 Nov", "", -1),
        ("package", {"has_band": False}, "No approved band", "Enter the approved band of this requisition.", None),
        ("references", {}, "Done Tue 17 Nov", "", -1),
        ("references", {"references_on": _day(0)}, "Done Wed 18 Nov", "", 0),
        ("references", {"references_on": None}, "Not done yet", "Talk to the references and record the day.", None),
        ("references", {"references_on": _day(1)}, "Planned Thu 19 Nov", "Talk to the references and record the day.", 1),
        ("promise", {}, "None", "", None),
        ("promise", {"promises": (LATE,)}, "“News” was due Tue 17 Nov", "Talk to them, then make a new promise.", -1),
        ("promise", {"promises": (PromiseFact("News", _day(3), PromiseState.OPEN, NOW),)}, "None", "", 3),
        ("deadline", {}, "Open until Fri 27 Nov", "", 9),
        ("deadline", {"decisions_on": ()}, "None known", "", None),
        ("deadline", {"decisions_on": (_day(0), _day(5))}, "Open until Wed 18 Nov", "", 0),
        ("deadline", {"decisions_on": (_day(-3), _day(-1))}, "Passed Tue 17 Nov", "Ask whether they are still free and record the new date.", -1),
        ("deadline", {"ours": (_day(10), _day(12))}, "Fri 27 Nov, before ours", "Ours is Mon 30 Nov: bring it forward, or ask for time.", 9),
        ("deadline", {"ours": (_day(9),)}, "Open until Fri 27 Nov", "", 9),
        ("consent", {}, "Applied Mon 19 Oct", "", -30),
        ("consent", {"applied_on": None}, "Applied", "", None),
        ("consent", {"active": False}, "Application ended", "Reopen the application, if they agree.", None),
        ("consent", {"search_on": False}, "The search is closed", "Ask whether you may keep in touch.", None),
    ],
)  # fmt: skip
def test_each_light_in_its_words(name, facts, says, needs, on):
    light = _of(**{**GREEN, **facts})[name]
    assert (light.says, light.needs, light.on) == (says, needs, None if on is None else _day(on))


def test_each_light_has_its_label():
    labels = {light.name: light.label for light in _of(**GREEN).values()}
    assert labels == {
        "scorecards": "Scorecards", "interest": "Still interested", "package": "Pay expectation within band", "references": "References",
        "promise": "No unkept promise", "deadline": "Their deadline", "consent": "May be contacted",
    }  # fmt: skip
    red = {**GREEN, "cards_in": 0, "interested": False, "has_band": False, "references_on": None, "promises": (LATE,), "active": False,
           "decisions_on": (_day(-1),)}  # fmt: skip
    assert {light.name: light.label for light in _of(**red).values()} == labels
