"""What the check blocks, what it warns of, and what it must let through."""

import csv
from pathlib import Path

import pytest

from recruiter.foundation.lexicon import check

ROWS = list(csv.DictReader((Path(__file__).parent / "sentences.csv").read_text(encoding="utf-8").splitlines()))
BAD = [(row["topic"], row["sentence"]) for row in ROWS if row["topic"] != "ok"]
GOOD = [row["sentence"] for row in ROWS if row["topic"] == "ok"]
WARNED = [
    ("school prestige", "She went to an Ivy League school."),
    ("school prestige", "A degree of a top university."),
    ("employer brand", "He is ex-Google."),
    ("words without behaviour", "A great culture fit."),
    ("words without behaviour", "He is energetic and hungry."),
    ("words without behaviour", "She is mature."),
    ("words without behaviour", "A real rock star."),
    ("words without behaviour", "He will fit right in with the guys."),
    ("words without behaviour", "We like him."),
    ("hearsay", "We heard that he is good."),
    ("the model as the reason", "The model ranks her first."),
    ("the model as the reason", "According to the model he is best."),
    ("relocation", "He would have to relocate."),
]
NOT_WARNED = [
    "We liked her answer on the ledger.",
    "The adapter fits in with the other two.",
    "The mature codebase was in good hands.",
    "The relocation policy of the role pays EUR 5,000.",
    "The curve is a good fit for the data.",
    "She runs the chemistry lab software.",
]


def _topics(sentence, severity="blocked"):
    return {finding.topic for finding in check.check(sentence) if finding.severity == severity}


HIDDEN = [
    "His w\u0456fe works there.",  # the i is Cyrillic
    "She is preg\u00adnant.",
    "She is preg\u200bnant.",
    "She is P r e g n a n t.",
    "She is p.r.e.g.n.a.n.t and glad.",
    "She is \uff50\uff52\uff45\uff47\uff4e\uff41\uff4e\uff54.",
]


@pytest.mark.parametrize("sentence", HIDDEN)
def test_a_word_in_disguise_is_blocked_like_the_word(sentence):
    assert _topics(sentence) == {"family"}


def test_other_alphabets_and_single_letters_are_left_alone():
    for text in (
        "\u0412\u0438\u0442\u0430\u043b\u0438\u0439",
        "A B C",
        "plan A / B / C",
        "\u05e9\u05e8\u05d4 and Zo\u00eb",
    ):
        assert check.check(text) == []


def test_the_corpus_is_large():
    assert len(BAD) >= 230
    assert len(GOOD) >= 200
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("topic", "sentence"), BAD)
def test_it_is_blocked(topic, sentence):
    assert topic in _topics(sentence)
    assert topic in _topics(f"The panel met twice. {sentence.upper()} So we ask for more.")


@pytest.mark.parametrize("sentence", GOOD)
def test_it_is_let_through(sentence):
    assert not _topics(sentence)


@pytest.mark.parametrize(("topic", "sentence"), WARNED)
def test_it_is_warned_of_and_not_blocked(topic, sentence):
    assert topic in _topics(sentence, "warned")
    assert not _topics(sentence)


@pytest.mark.parametrize("sentence", NOT_WARNED)
def test_it_is_not_warned_of(sentence):
    assert check.check(sentence) == []


def test_words_are_told_as_they_stand_and_blocked_comes_first():
    findings = check.check("A culture fit, and She has\n  three Kids\u2019 rooms.", section="risks")
    assert [finding.severity for finding in findings] == ["blocked", "warned"]
    assert findings[0].section == "risks"
    assert "Kids" in findings[0].matches
    assert findings[0].why


@pytest.mark.parametrize("text", ["", " ", "x" * 50_000, "((((((" * 500, "\u0000\u202e", "her " * 5000])
def test_odd_texts_do_no_harm(text):
    assert check.check(text) == []
