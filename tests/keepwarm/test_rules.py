"""When a finalist must hear from us, and how warm the contact is: no database, only dates."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.lifecycle import loss_phase
from recruiter.keepwarm.models.records import Channel, Direction, Phase, PromiseState, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import next_contact
from recruiter.keepwarm.schedule.cadence import Cadence, Situation
from recruiter.keepwarm.schedule.next_contact import ContactSummary, Facts, Group, PromiseFact, Warmth
from recruiter.offers.models import Offer, OfferStatus
from tests.acts import moment

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)  # a Wednesday
TODAY = NOW.date()
CONTACTS = {"last_two_way", "snoozed_until", "snoozed_at"}
DAYS = {"bench_days": Situation.BENCH, "offer_days": Situation.OFFER_OUT, "accepted_days": Situation.ACCEPTED}


def _day(count):
    return TODAY + dt.timedelta(days=count)


def _spoke(days):
    return NOW + dt.timedelta(days=days)


def _promise(days, *, state=PromiseState.OPEN, made=-10, what="You will hear from us"):
    return PromiseFact(what, _day(days), state, _spoke(made))


def _standing(*, at=NOW, zone=dt.UTC, **facts):
    cadence = Cadence({DAYS[name]: facts.pop(name) for name in DAYS.keys() & facts.keys()})
    contact = ContactSummary(**{name: facts.pop(name) for name in CONTACTS & facts.keys()})
    known = {"active": True, "named_on": TODAY, "contact": contact, "cadence": cadence, **facts}
    return next_contact.standing(Facts(**known), moment=moment(at, zone=zone))


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, _day(7)),
        ({"promises": (_promise(2),)}, _day(2)),
        ({"promises": (_promise(5), _promise(4))}, _day(4)),
        ({"promises": (_promise(30),)}, _day(7)),
        ({"decisions_on": (_day(5),)}, _day(1)),
        ({"decisions_on": (_day(30),)}, _day(7)),
        ({"decisions_on": (_day(6), _day(5)), "promises": (_promise(3),)}, _day(1)),
        ({"promises": (_promise(0),), "decisions_on": (_day(6),)}, _day(0)),
        ({"offer_out": True, "promises": (_promise(6),), "decisions_on": (_day(20),)}, _day(5)),
    ],
)
def test_the_next_contact_is_the_earliest_of_promise_deadline_and_cadence(facts, due):
    assert _standing(**facts).due_on == due


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        ("2026-11-20", "2026-11-18"),  # Friday: Wednesday
        ("2026-11-21", "2026-11-19"),  # Saturday: Thursday
        ("2026-11-22", "2026-11-19"),  # Sunday: Thursday
        ("2026-11-23", "2026-11-19"),  # Monday: Thursday
        ("2026-11-24", "2026-11-20"),  # Tuesday: Friday
        ("2026-11-25", "2026-11-23"),  # Wednesday: Monday
    ],
)
def test_two_working_days_before_a_decision_elsewhere_pass_over_the_weekend(decision, due):
    standing = _standing(decisions_on=(dt.date.fromisoformat(decision),), bench_days=60)
    assert standing.due_on == dt.date.fromisoformat(due)


def test_a_decision_elsewhere_that_lies_behind_asks_for_nothing():
    assert _standing(decisions_on=(_day(-1),)).due_on == _day(7)


@pytest.mark.parametrize(
    ("since", "due"), [("2026-11-16", "2026-11-19"), ("2026-11-18", "2026-11-23"), ("2026-11-21", "2026-11-25")]
)
def test_while_an_offer_is_out_three_working_days_pass_at_most(since, due):
    standing = _standing(offer_out=True, named_on=dt.date.fromisoformat(since))
    assert standing.due_on == dt.date.fromisoformat(due)


def test_without_an_offer_seven_days_count_the_weekend():
    assert _standing(last_two_way=_spoke(-3)).due_on == _day(4)


@pytest.mark.parametrize(("offer_out", "due"), [(False, _day(14)), (True, _day(1))])
def test_a_requisition_sets_its_own_cadence(offer_out, due):
    standing = _standing(offer_out=offer_out, offer_days=1, bench_days=14)
    assert standing.due_on == due
    assert any(("every 14 days" if not offer_out else "every 1 working day") in why for why in standing.because)


def test_the_cadence_begins_with_the_last_contact_and_else_with_the_naming():
    assert _standing(named_on=_day(-5)).due_on == _day(2)
    assert _standing(named_on=_day(-5), last_two_way=_spoke(-1)).due_on == _day(6)


@pytest.mark.parametrize(
    ("facts", "warmth"),
    [
        ({"last_two_way": _spoke(0)}, Warmth.HOT),
        ({"last_two_way": _spoke(-3)}, Warmth.HOT),
        ({"last_two_way": _spoke(-3) - dt.timedelta(seconds=1)}, Warmth.WARM),
        ({}, Warmth.WARM),
        ({"last_two_way": _spoke(-7)}, Warmth.COOLING),
        ({"last_two_way": _spoke(-1), "promises": (_promise(0),)}, Warmth.COOLING),
        ({"last_two_way": _spoke(-8)}, Warmth.COLD),
        ({"last_two_way": _spoke(0), "promises": (_promise(-1),)}, Warmth.COLD),
        ({"last_two_way": _spoke(0), "promises": (_promise(3, state=PromiseState.BROKEN),)}, Warmth.COLD),
        ({"last_two_way": _spoke(0), "active": False}, Warmth.GONE),
    ],
)
def test_warmth_is_a_plain_state(facts, warmth):
    assert _standing(**facts).warmth == warmth


def test_who_has_gone_has_no_next_contact_and_no_reasons():
    standing = _standing(active=False, promises=(_promise(0),), next_after_loss=True)
    assert (standing.due_on, standing.because, standing.group) == (None, (), Group.LATER)


@pytest.mark.parametrize(
    ("state", "days", "reads"),
    [
        (PromiseState.OPEN, 1, PromiseState.OPEN),
        (PromiseState.OPEN, 0, PromiseState.OPEN),
        (PromiseState.OPEN, -1, PromiseState.BROKEN),
        (PromiseState.KEPT, -1, PromiseState.KEPT),
        (PromiseState.RENEWED, -1, PromiseState.RENEWED),
        (PromiseState.BROKEN, 1, PromiseState.BROKEN),
    ],
)
def test_a_promise_is_broken_by_reading_the_date(state, days, reads):
    assert next_contact.promise_state(state, due_on=_day(days), today=TODAY) == reads


def test_a_promise_that_was_made_later_puts_a_broken_one_right():
    late = _promise(-2, made=-9)
    assert _standing(promises=(late,)).warmth == Warmth.COLD
    mended = _standing(promises=(_promise(3, made=0), late))
    assert (mended.warmth, mended.due_on) == (Warmth.WARM, _day(3))
    assert not any("Broken" in why for why in mended.because)
    standing = _standing(promises=(late, _promise(-1, state=PromiseState.KEPT, made=-3)))
    assert standing.warmth == Warmth.WARM


def test_a_promise_that_was_made_earlier_does_not_put_a_broken_one_right():
    assert _standing(promises=(_promise(3, made=-12), _promise(-2, made=-9))).warmth == Warmth.COLD


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("kind", TouchKind)
def test_a_message_of_ours_is_no_contact_of_both_sides(direction, channel, kind):
    spoken = channel in {Channel.PHONE, Channel.VIDEO, Channel.IN_PERSON}
    expected = direction == Direction.FROM or kind == TouchKind.CALL or spoken
    contact = Touchpoint(direction=direction, channel=channel, kind=kind)
    assert contact.is_two_way is expected
    assert contact.reaches_candidate is (direction == Direction.TO or kind == TouchKind.CALL or spoken)


@pytest.mark.parametrize(
    ("facts", "group", "due"),
    [
        ({"next_after_loss": True}, Group.FELL_THROUGH, _day(7)),
        ({"next_after_loss": True, "last_two_way": _spoke(-9)}, Group.FELL_THROUGH, _day(-2)),
        ({"last_two_way": _spoke(-9)}, Group.OVERDUE, _day(-2)),
        ({"promises": (_promise(-3),)}, Group.OVERDUE, _day(7)),
        ({"decisions_on": (_day(1),)}, Group.OVERDUE, _day(-1)),
        ({"promises": (_promise(0),)}, Group.DUE, _day(0)),
        ({"decisions_on": (_day(5),)}, Group.DEADLINE, _day(1)),
        ({"decisions_on": (_day(5),), "promises": (_promise(1),)}, Group.DEADLINE, _day(1)),
        ({"decisions_on": (_day(8),), "promises": (_promise(1),)}, Group.LATER, _day(1)),
        ({}, Group.LATER, _day(7)),
    ],
)
def test_everybody_stands_in_the_group_of_what_is_most_urgent(facts, group, due):
    standing = _standing(**facts)
    assert (standing.group, standing.due_on) == (group, due)


def test_the_list_is_sorted_by_group_and_then_by_date():
    in_order = [
        {"next_after_loss": True},
        {"last_two_way": _spoke(-12)},
        {"last_two_way": _spoke(-9)},
        {"promises": (_promise(0),)},
        {"decisions_on": (_day(5),)},
        {"decisions_on": (_day(6),)},
        {"promises": (_promise(1),)},
        {},
        {"active": False},
    ]
    keys = [_standing(**facts).sort_key for facts in in_order]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({}, ("Not spoken since named Wed 18 Nov; every 7 days on the bench",)),
        ({"last_two_way": _spoke(-2)}, ("Last spoke Mon 16 Nov; every 7 days on the bench",)),
        ({"offer_out": True}, ("Not spoken since named Wed 18 Nov; every 3 working days while an offer is out",)),
        ({"promises": (_promise(1, what="News"),)}, ("Promise: “News” by Thu 19 Nov",)),
        ({"decisions_on": (_day(5),)}, ("Other offer: decision on Mon 23 Nov",)),
        (
            {"decisions_on": (_day(5),), "promises": (_promise(1, what="News"), _promise(2, what="Later"))},
            ("Promise: “News” by Thu 19 Nov", "Other offer: decision on Mon 23 Nov"),
        ),
        (
            {"promises": (_promise(-1, what="News"),), "next_after_loss": True},
            (
                "The first choice is lost; next on the bench",
                "Broken promise: “News” was due Tue 17 Nov",
                "Not spoken since named Wed 18 Nov; every 7 days on the bench",
            ),
        ),
    ],
)
def test_every_reason_is_named_and_none_besides(facts, because):
    assert _standing(**facts).because == because


def test_half_past_eleven_in_the_evening_is_tomorrow_in_tokyo():
    late = dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC)
    tokyo, promise = ZoneInfo("Asia/Tokyo"), (_promise(0),)
    assert _standing(at=late, promises=promise).warmth == Warmth.COOLING
    assert _standing(at=late, zone=tokyo, promises=promise).warmth == Warmth.COLD
    assert _standing(at=late, last_two_way=late).due_on == _day(7)
    assert _standing(at=late, zone=tokyo, last_two_way=late).due_on == _day(8)
    assert _standing(at=late, zone=tokyo, decisions_on=(TODAY,)).due_on == _day(7)


def _working_days_from(day, count):
    step = dt.timedelta(days=1 if count > 0 else -1)
    working_days = []
    while len(working_days) < abs(count):
        day += step
        if day.isoweekday() <= 5:
            working_days.append(day)
    return working_days[-1]


dates = st.integers(-20, 40).map(_day)


@given(
    finalist_since=st.integers(-30, 0).map(_day),
    spoke=st.none() | st.integers(-30, 0).map(_spoke),
    open_on=st.lists(dates, max_size=4),
    settled_on=st.lists(dates, max_size=2),
    decisions=st.lists(dates, max_size=3),
    offer_out=st.booleans(),
    offer_days=st.integers(1, 10),
    bench_days=st.integers(1, 60),
)
def test_the_next_contact_is_the_minimum_whatever_is_known(
    finalist_since, spoke, open_on, settled_on, decisions, offer_out, offer_days, bench_days
):
    promises = [PromiseFact("x", day, PromiseState.OPEN, NOW) for day in open_on]
    promises += [PromiseFact("x", day, PromiseState.KEPT, NOW) for day in settled_on]
    standing = _standing(
        named_on=finalist_since,
        last_two_way=spoke,
        promises=tuple(promises),
        decisions_on=tuple(decisions),
        offer_out=offer_out,
        offer_days=offer_days,
        bench_days=bench_days,
    )
    since = spoke.date() if spoke else finalist_since
    cadence = _working_days_from(since, offer_days) if offer_out else since + dt.timedelta(days=bench_days)
    wanted = [day for day in open_on if day >= TODAY]
    wanted += [_working_days_from(day, -2) for day in decisions if day >= TODAY]
    assert standing.due_on == min([*wanted, cadence])
    assert standing.because
    assert (standing.warmth == Warmth.COLD) is (standing.group == Group.OVERDUE)
    assert standing.warmth == Warmth.COLD or standing.due_on >= TODAY


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_promise_is_made_for_today_or_later(days, fits):
    if fits:
        next_contact.check_due(_day(days), today=TODAY)
        return
    with pytest.raises(RuleBroken) as refusal:
        next_contact.check_due(_day(days), today=TODAY)
    assert "due_on" in refusal.value.errors


@pytest.mark.parametrize("to", [PromiseState.KEPT, PromiseState.RENEWED, PromiseState.BROKEN])
def test_an_open_promise_is_settled_until_its_day_ends(to):
    next_contact.check_settling(PromiseState.OPEN, due_on=TODAY, to=to, today=TODAY)
    with pytest.raises(Conflict, match=r"fell due on Tue 17 Nov and is broken"):
        next_contact.check_settling(PromiseState.OPEN, due_on=_day(-1), to=to, today=TODAY)


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.RENEWED, PromiseState.BROKEN])
@pytest.mark.parametrize("days", [-1, 1])
def test_a_settled_promise_is_not_settled_again(state, days):
    with pytest.raises(Conflict, match=f"is {state.value} already"):
        next_contact.check_settling(state, due_on=_day(days), to=PromiseState.KEPT, today=TODAY)


@pytest.mark.parametrize(
    ("due_on", "before", "fits"),
    [
        (None, _day(1), False),
        (_day(1), _day(1), False),
        (_day(0), _day(1), False),
        (_day(2), _day(1), True),
        (_day(-1), _day(-3), False),
        (_day(0), _day(-3), True),
    ],
)
def test_a_renewal_needs_a_later_date_that_has_not_passed(due_on, before, fits):
    if fits:
        assert next_contact.check_renewal(due_on, before=before, today=TODAY) == due_on
        return
    with pytest.raises(RuleBroken) as refusal:
        next_contact.check_renewal(due_on, before=before, today=TODAY)
    assert "due_on" in refusal.value.errors


PHASES = {
    OfferStatus.DRAFT: Phase.BEFORE_OFFER,
    OfferStatus.PENDING_APPROVAL: Phase.BEFORE_OFFER,
    OfferStatus.APPROVED: Phase.BEFORE_OFFER,
    OfferStatus.RESCINDED: Phase.BEFORE_OFFER,
    OfferStatus.EXTENDED: Phase.OFFER,
    OfferStatus.DECLINED: Phase.OFFER,
    OfferStatus.LAPSED: Phase.OFFER,
    OfferStatus.ACCEPTED: Phase.ACCEPTED,
    OfferStatus.RENEGED: Phase.ACCEPTED,
}


@pytest.mark.parametrize("status", OfferStatus)
def test_the_phase_follows_from_the_offer(status):
    assert loss_phase.phase_of(Offer(status=status)) == PHASES[status]


def test_without_an_offer_the_phase_is_before_it():
    assert loss_phase.phase_of(None) == Phase.BEFORE_OFFER


@pytest.mark.parametrize("stated", [None, *Phase])
@pytest.mark.parametrize("record", Phase)
def test_what_is_said_of_the_phase_must_be_what_the_record_holds(stated, record):
    if stated in {None, record}:
        loss_phase.check_phase(stated, record=record)
        return
    with pytest.raises(RuleBroken) as refusal:
        loss_phase.check_phase(stated, record=record)
    assert f"the phase is {record.value}" in refusal.value.errors["phase"][0]


@pytest.mark.parametrize(
    ("elsewhere", "day"),
    [((), 27), ((27,), 25), ((26,), 25), ((30,), 26), ((24,), 27)],  # none, too near, tomorrow, Monday, behind us
)
def test_a_promotion_never_makes_them_wait_past_their_date_elsewhere(elsewhere, day):
    today, at = dt.date(2026, 11, 25), moment(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC))
    days = [dt.date(2026, 11, day_of_month) for day_of_month in elsewhere]
    usual = next_contact.renewed_due_date(today, moment=at)
    assert usual == dt.date(2026, 11, 30)
    wanted = usual if day == 27 else dt.date(2026, 11, day)
    assert next_contact.renewed_due_date(today, moment=at, elsewhere=days) == wanted
