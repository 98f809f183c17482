"""What a message to a candidate may say: every refusal with its sentence, for one reader and in a batch."""

import hashlib
from types import SimpleNamespace

import pytest

from recruiter.keepwarm.messages import message_rules as rules
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.pipeline.models import ApplicationStatus
from tests.refusals import at, refusal


def application(name="Ada Ferreira", number=1, *, finalist=False, status=ApplicationStatus.ACTIVE):
    return SimpleNamespace(
        id=number,
        candidate=SimpleNamespace(name=name),
        requisition=SimpleNamespace(title="Engineer"),
        stage=SimpleNamespace(name="Final"),
        finalist=SimpleNamespace(position=2) if finalist else None,
        status=status,
    )


def message(subject="News", body="We decide on Friday.", *, personal=False, **of_application):
    return OutgoingMessage(application(**of_application), subject, body, personal=personal)


def check(*rivals, **parts):
    return rules.check(message(**parts), sender="Ruth Roe", rivals=rivals)


def test_a_message_is_sent_in_one_line_and_clean():
    written = message(subject=" We\n decide ", body=" Soon.\x00 ")
    assert (written.subject_line, written.text, written.name) == ("We decide", "Soon.", "Ada Ferreira")


@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("finalist", [True, False])
@pytest.mark.parametrize("status", [ApplicationStatus.ACTIVE, ApplicationStatus.REJECTED])
def test_who_gets_words_of_their_own(personal, finalist, status):
    written = message(personal=personal, finalist=finalist, status=status)
    own = personal or (finalist and status == ApplicationStatus.ACTIVE)
    assert written.needs_own_words is own
    assert bool(written.key("Ruth Roe")) is own


def test_texts_are_compared_without_names_case_accents_and_signs():
    key = rules.text_key("Dear Ada, we décide -- on FRIDAY! Ruth", names=("Ada Ferreira", "Ruth Roe"))
    assert key == rules.text_key("Dear Bela, we decide on Friday. Ruth", names=("Bela Novak", "Ruth Roe"))
    assert key == hashlib.sha256(b"dear we decide on friday").hexdigest()
    assert key != rules.text_key("Dear Ada, we decide on Monday. Ruth", names=("Ada Ferreira", "Ruth Roe"))
    assert rules.text_key("a b", names=()) != rules.text_key("ab", names=())
    assert rules.text_key("Ada Ferreira -- !", names=("Ada Ferreira",)) == ""
    assert message(personal=True).key("Ruth Roe") == rules.text_key("We decide on Friday.", names=())


def test_places_are_filled_in():
    written = "Dear { First  Name }, {name} of {requisition} in {stage}: {x\ny} {}"
    filled = "Dear Ada, Ada Ferreira of Engineer in Final: {x\ny} {}"
    assert rules.fill_placeholders(written, application()) == filled
    assert rules.fill_placeholders("{first name}", application(name=" ")) == ""
    sentence = "There is no {salary}{}. Use {{first name}}, {{name}}, {{requisition}}, {{stage}}."
    in_body = sentence.replace("{}", "").replace("{{", "{").replace("}}", "}")
    in_subject = sentence.replace("{}", " in the subject").replace("{{", "{").replace("}}", "}")
    assert refusal(rules.fill_placeholders, "{salary}", application()) == at("body", in_body)
    assert refusal(rules.fill_placeholders, "{salary}", application(), at="subject") == at("subject", in_subject)
    long = "{" + "x" * 41 + "}"
    assert rules.fill_placeholders(long, application()) == long


def test_blanks_are_words_in_brackets():
    assert rules.blanks("Dear [name], [x] [] [two words] [a\nb] [no]") == ["[name]", "[two words]", "[no]"]


def test_it_has_a_subject_and_a_text():
    assert check() is None
    assert check(personal=True) is None
    assert refusal(check, personal=True, subject=" ") == at("subject", "Give the message a subject.")
    assert refusal(check, personal=True, body=" ") == at("body", "Write the message.")
    wanted = "Write a subject and a text to Ada Ferreira."
    assert refusal(check, subject=" ") == at("body", wanted)
    assert refusal(check, body=" ") == at("body", wanted)


def test_a_batch_has_an_end():
    assert check(subject="x" * 200, body="y" * 5_000) is None
    sentence = "The message to Ada Ferreira is longer than 5,000 characters."
    assert refusal(check, subject="x" * 201) == at("body", sentence)
    assert refusal(check, body="y" * 5_001) == at("body", sentence)
    assert check(subject="x" * 201, body="y" * 5_001, personal=True) is None  # its form says so at the field


@pytest.mark.parametrize("text", ["You and Bela Novák are", "BELA NOVAK", "x\nbela novak, too"])
def test_it_names_nobody_else_of_the_slate(text):
    rivals = ("Chen", "Ada Ferreira", "Bela Novak", "Dora Zed")
    sentence = "The message{} names Bela Novak, who is on the same slate. Leave the name out."
    assert refusal(check, *rivals, body=text) == at("body", sentence.format(" to Ada Ferreira"))
    assert refusal(check, *rivals, subject=text) == at("body", sentence.format(" to Ada Ferreira"))
    assert refusal(check, *rivals, body=text, personal=True) == at("body", sentence.format(""))


@pytest.mark.parametrize("text", ["Ada Ferreira, welcome", "Isabela Novak", "Bela Novakova", "Bela", "Chen wrote it"])
def test_other_names_may_stand(text):
    assert check("Chen", "Ada Ferreira", "Bela Novak", body=text) is None


def test_brackets_are_filled_in():
    blank = "Fill in what stands in brackets{} first: [day]"
    assert refusal(check, body="On [day] or [date]") == at("body", blank.format(" in the message to Ada Ferreira"))
    assert refusal(check, body="On [day]", personal=True) == at("body", blank.format(""))


def test_names_alone_are_no_message():
    assert refusal(check, body="Ada! Ruth", personal=True) == at("body", "Write the message.")
    assert refusal(check, body="Ada! Ruth", finalist=True) == at("body", "Write the message to Ada Ferreira.")
    assert check(body="Ada! Ruth") is None


def test_no_text_is_sent_twice():
    def sent(earlier, **parts):
        return rules.check_not_sent(message(**parts), earlier_application_id=earlier)

    assert sent(None) is None
    assert refusal(sent, 1) == at("body", "This was sent to Ada Ferreira already.")
    assert refusal(sent, 1, personal=True) == at("body", "This was sent to them already.")
    other = "Another finalist was sent this very text. Write to Ada Ferreira in words of their own."
    assert refusal(sent, 2) == at("body", other)
    assert refusal(sent, 2, personal=True) == at("body", rules.SAME)


def test_no_two_finalists_of_a_batch_read_the_same():
    ada, bela = message(finalist=True), message(name="Bela Novak", number=2, finalist=True)
    chen = message(name="Chen Li", number=3)
    rules.check_apart([ada, chen, message(name="Dora Zed", number=4)], sender="Ruth Roe")
    rules.check_apart([ada, message(name="Bela Novak", number=2, finalist=True, body="Other")], sender="Ruth Roe")
    sentence = (
        "Ada Ferreira and Bela Novak are finalists, and their texts are the same. Write to each in words of their own."
    )
    assert refusal(rules.check_apart, [ada, chen, bela], sender="Ruth Roe") == at("body", sentence)
