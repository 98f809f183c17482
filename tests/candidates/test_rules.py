"""What may be written about people: each refusal at its field with its sentence, each limit on both sides."""

import datetime as dt

import pytest

from recruiter.candidates import rules
from recruiter.candidates.models import ContactKind
from tests.refusals import at, refusal

TODAY = dt.date(2026, 11, 18)


@pytest.mark.parametrize(
    ("value", "key"),
    [("12345", "12345"), ("+49 (30) 123-4567", "301234567"), ("9" * 20, "9" * 9), ("0049 30 1234567", "301234567")],
)
def test_a_number_is_known_by_its_last_nine_digits(value, key):
    assert rules.phone_key(value) == key
    assert rules.contact_key(ContactKind.PHONE, value) == key


@pytest.mark.parametrize("value", ["1234", "9" * 21, "call me"])
def test_what_is_no_number_is_refused(value):
    sentence = f"“{value}” is not a phone number. Enter one like +49 30 1234567."
    assert refusal(rules.phone_key, value) == at("phones", sentence)


def test_addresses_are_the_same_whatever_their_case():
    assert rules.email_key(" Ana@Example.COM ") == "ana@example.com"
    assert rules.contact_key(ContactKind.EMAIL, "Ana@example.com") == "ana@example.com"
    sentence = "“ana” is not an e-mail address. Enter one like ana@example.com."
    assert refusal(rules.email_key, "ana") == at("emails", sentence)


def test_a_name_shows_something():
    for name in ("Ana", "簡", "."):
        rules.check_name(name)
    for nothing in ("", " \n", "\u200b"):
        assert refusal(rules.check_name, nothing) == at("name", "Enter a name.")


def test_links_are_addresses_of_the_web():
    rules.check_links(["https://example.com/a", "HTTP://EXAMPLE.COM"])
    for link in ("ftp://example.com", "javascript:alert(1)", "https://a b", "see https://example.com", "https://"):
        sentence = f"“{link}” is not a web address. Enter one that starts with https://."
        assert refusal(rules.check_links, ["https://example.com", link]) == at("links", sentence)


def test_notes_have_words_and_an_end():
    assert rules.note_text("  Good talk.  ") == "Good talk."
    assert len(rules.note_text("x" * 10_000)) == 10_000
    assert refusal(rules.note_text, " \n ") == at("text", "Write the note first.")
    assert refusal(rules.note_text, "x" * 10_001) == at("text", "Use at most 10,000 characters.")


def test_readers_are_named_in_private_notes():
    rules.check_readers(private=False, count=0)
    rules.check_readers(private=True, count=50)
    sentence = "Readers are named in a private note. Make it private, or name nobody."
    assert refusal(rules.check_readers, private=False, count=1) == at("readers", sentence)
    assert refusal(rules.check_readers, private=True, count=51) == at("readers", "Name at most 50 readers.")


def test_follow_ups_are_one_line():
    assert rules.task_text(" Send\n the  plan ") == "Send the plan"
    assert len(rules.task_text("x" * 500)) == 500
    assert refusal(rules.task_text, " ") == at("what", "Say what is to be done.")
    assert refusal(rules.task_text, "x" * 501) == at("what", "Use at most 500 characters.")


def test_follow_ups_are_due_from_today_to_three_years():
    rules.check_due(TODAY, today=TODAY)
    rules.check_due(TODAY + dt.timedelta(days=1095), today=TODAY)
    yesterday, late = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1096)
    assert refusal(rules.check_due, yesterday, today=TODAY) == at("due_on", "Enter today or a later date.")
    assert refusal(rules.check_due, late, today=TODAY) == at("due_on", "Enter a date within three years.")


def test_tags_are_parted_and_the_first_of_the_same_stays():
    entries = ["Python, python ; Café", "cafe\nstaff  engineer", "一、二\uff0c三", "a؛b،c", "+++"]
    assert rules.tags(entries) == ["Python", "Café", "staff engineer", "一", "二", "三", "a", "b", "c", "+++"]
    assert rules.tags(["", " , "]) == []
    assert rules.tags(["x" * 120]) == ["x" * 120]
    sentence = "Use at most 120 characters in a tag. Commas part tags."
    assert refusal(rules.tags, ["x" * 121]) == at("tags", sentence)
    assert len(rules.tags([f"tag {n}" for n in range(60)])) == 60
    assert refusal(rules.tags, [f"tag {n}" for n in range(61)]) == at("tags", "Keep at most 60 tags.")


def test_one_tag_is_looked_for_as_a_whole():
    assert rules.tags_key([]) == ""
    assert rules.tags_key(["Café", "A|B"]) == "|cafe|a b|"


@pytest.mark.parametrize(
    ("headline", "key"),
    [
        ("Staff Engineer, Cobalt Pay", "cobalt pay"),
        ("Staff Engineer at Cobalt Pay", "cobalt pay"),
        ("Entwickler bei Größe", "grosse"),
        ("Développeuse chez Étoile", "etoile"),
        ("CTO @ Acme", "acme"),
        ("Lead, Platform, Acme", "acme"),
        ("Staff Engineer", ""),
        ("", ""),
    ],
)
def test_a_headline_names_its_employer_last(headline, key):
    assert rules.employer_key(headline) == key


@pytest.mark.parametrize(
    "note", ["asks € 90", "EUR 90,000", "wants 90k", "90 chf", "Her SALARY now", "Gehalt offen", "a bonus", "$5"]
)
def test_notes_on_pay_are_known(note):
    assert rules.mentions_pay(note)


@pytest.mark.parametrize("note", ["Good talk", "paying attention", "salaried", "10 km run", "euro zone"])
def test_other_notes_are_not_on_pay(note):
    assert not rules.mentions_pay(note)
