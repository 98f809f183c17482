"""The form of the corpus of the check of words: enough of each label, nothing twice, and the split that its hashes say."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
COLUMNS = ["language", "expected", "topic", "text"]
LANGUAGES = ("en", "de", "fr", "es")
BANNED_TOPICS = {"past_pay", "family", "home", "health", "age", "origin", "religion", "gender", "politics"}
TOPICS = {"stop": BANNED_TOPICS, "pass": BANNED_TOPICS | {"plain"}, "warn": {"soft"}}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def is_held_out(text):
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


def both_parts(language):
    return [*rows_of(CORPUS / f"{language}.csv"), *rows_of(CORPUS / "held_out" / f"{language}.csv")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_enough_of_each_label(language):
    counts = Counter(row["expected"] for row in both_parts(language))
    assert counts["stop"] >= 100
    assert counts["pass"] >= 100
    assert counts["warn"] >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_labelled(language):
    wrong = [
        number
        for number, row in enumerate(both_parts(language), start=1)
        if row["language"] != language
        or row["topic"] not in TOPICS.get(row["expected"], ())
        or not row["text"]
        or row["text"] != row["text"].strip()
    ]
    assert wrong == []


def test_all_sentences_are_different():
    counts = Counter(" ".join(row["text"].casefold().split()) for language in LANGUAGES for row in both_parts(language))
    assert counts.total() >= 800
    assert sum(count > 1 for count in counts.values()) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hash_says_which_sentences_are_held_out(language):
    assert not any(is_held_out(row["text"]) for row in rows_of(CORPUS / f"{language}.csv"))
    assert all(is_held_out(row["text"]) for row in rows_of(CORPUS / "held_out" / f"{language}.csv"))
