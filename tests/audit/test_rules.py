"""How an entry is chained to the one before it: a fixed hash, and every part of an entry changes it."""

import datetime as dt
import hashlib

import pytest

from recruiter.audit import rules
from recruiter.audit.models import AuditEntry
from tests.doubles import machine_in

ENTRY = {
    "before": rules.START,
    "at": dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC),
    "actor_id": 1,
    "action": "offer.extended",
    "object_type": "offer",
    "object_id": 7,
    "detail": {"b": "é", "a": 1},
}


def chained(before, **entry):
    return rules.chained(before, AuditEntry(**entry))


def test_the_hash_is_of_the_canonical_entry():
    body = '["2026-11-18T09:30:00+00:00",1,"offer.extended","offer",7,{"a":1,"b":"\\u00e9"}]'
    assert chained(**ENTRY) == hashlib.sha256(("0" * 64 + body).encode()).hexdigest()


def test_the_same_instant_in_another_zone_is_the_same():
    there = dt.timezone(dt.timedelta(hours=13))
    assert chained(**{**ENTRY, "at": ENTRY["at"].astimezone(there)}) == chained(**ENTRY)


def test_a_machine_in_another_zone_makes_the_same_chain():
    here = chained(**ENTRY)
    with machine_in("Pacific/Auckland"):
        assert chained(**ENTRY) == here


@pytest.mark.parametrize(
    "changed",
    [
        {"before": "1" * 64},
        {"at": ENTRY["at"] + dt.timedelta(seconds=1)},
        {"actor_id": None},
        {"action": "offer.declined"},
        {"object_type": "case"},
        {"object_id": 8},
        {"detail": {}},
    ],
)
def test_each_part_counts(changed):
    assert chained(**{**ENTRY, **changed}) != chained(**ENTRY)
