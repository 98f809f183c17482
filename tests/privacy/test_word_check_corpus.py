"""How much of the corpus the check of words finds, in the open part and in the one that nobody tunes on: counts alone are told."""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from recruiter.foundation.lexicon import check

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "de", "fr", "es")
STOPPED, FOUND = 0.90, 0.97  # of the forbidden, at least
STOPPED_WRONGLY, FOUND_WRONGLY = 0.02, 0.08  # of the innocent, at most
QUICK = 0.005  # seconds of processor time for 2,000 characters
SAMPLE = (
    "Very strong on incident command, calm and precise, and the panel was unanimous. Elle a bien répondu sur le bilan, "
    "Sie hat die Anlage in vierzig Minuten zum Laufen gebracht, y explicó bien el flujo de caja con 42.000 registros. "
)


def _verdict(text):
    findings = check.check(text)
    return "stop" if any(finding.is_blocked for finding in findings) else "warn" if findings else "pass"


def _counts(folder, language):
    with (folder / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return Counter((row["expected"], _verdict(row["text"])) for row in csv.DictReader(file))


def _shares(counts, expected):
    total = sum(count for (label, _), count in counts.items() if label == expected)
    return counts[expected, "stop"] / total, 1 - counts[expected, "pass"] / total


@pytest.fixture(scope="module")
def held_out():
    return {language: _counts(CORPUS / "held_out", language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def opened():
    return {language: _counts(CORPUS, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_is_told_apart_in_each_language(opened, held_out, language):
    counts = opened[language] + held_out[language]
    stopped, matched = _shares(counts, "stop")
    assert (stopped >= STOPPED, matched >= FOUND) == (True, True), dict(counts)
    stopped, matched = _shares(counts, "pass")
    assert (stopped <= STOPPED_WRONGLY, matched <= FOUND_WRONGLY) == (True, True), dict(counts)


def test_what_nobody_tuned_on_is_told_apart(held_out):
    counts = sum(held_out.values(), Counter())
    stopped, matched = _shares(counts, "stop")
    assert (stopped >= STOPPED, matched >= FOUND) == (True, True), dict(counts)
    stopped, matched = _shares(counts, "pass")
    assert (stopped <= STOPPED_WRONGLY, matched <= FOUND_WRONGLY) == (True, True), dict(counts)


def _seconds(text, times=5):
    check.check(text)
    fastest = float("inf")
    for _ in range(times):
        start = time.process_time()
        check.check(text)
        fastest = min(fastest, time.process_time() - start)
    return fastest


def test_it_is_quick():
    assert _seconds((SAMPLE * 10)[:2000]) < QUICK


@pytest.mark.parametrize(
    "near_misses",
    [
        "he is on ",
        "12 345 ",
        "a b c d ",
        "sie hat zwei ",
        "prefer a ",
        "il est un ",
        "k1-d5*",
        "<num>{",
        "salary is at ",
    ],
)
def test_near_misses_take_no_longer_than_their_length(near_misses):
    assert _seconds((near_misses * 20_000)[:20_000], times=2) < 60 * QUICK
