"""Mail leaves encrypted, to a server whose certificate is trusted, or it does not leave."""

import smtplib
import ssl

import pytest

from recruiter.foundation.mail import Email, NotEncryptedError, SmtpMailer

LETTER = Email("ada@example.com", "Ada", "Hello", "Good morning.")


class Server:
    """A mail server that remembers what it was asked."""

    offers = True

    def __init__(self, host, port, timeout, context=None):
        self.host, self.seen = host, [("connected", context)]
        type(self).last = self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def ehlo_or_helo_if_needed(self):
        pass

    def has_extn(self, name):
        return self.offers

    def starttls(self, context=None):
        self.seen.append(("starttls", context))

    def login(self, user, password):
        self.seen.append(("login", password))

    def send_message(self, message):
        self.seen.append(("sent", message["To"]))

    @property
    def steps(self):
        return [step for step, _ in self.seen]


@pytest.fixture(autouse=True)
def _server(monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    monkeypatch.setattr(Server, "offers", True)


def send(url, **options):
    SmtpMailer(url, sender="r@example.com", **options).send(LETTER, key="job-1")
    return Server.last


def context_of(server, step):
    return dict(server.seen)[step]


@pytest.mark.parametrize(
    ("url", "step"), [("smtp://u:p@mail.example.com", "starttls"), ("smtps://u:p@mail.example.com", "connected")]
)
def test_the_certificate_is_checked_before_anybody_signs_in(url, step):
    server = send(url)
    context = context_of(server, step)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert server.steps.index(step) < server.steps.index("login") < server.steps.index("sent")


@pytest.mark.parametrize("url", ["smtp://u:p@mail.example.com", "smtp://mail.example.com", "smtp://u:p@localhost"])
def test_without_encryption_nothing_is_sent_and_nobody_signs_in(monkeypatch, url):
    monkeypatch.setattr(Server, "offers", False)
    with pytest.raises(NotEncryptedError):
        send(url)
    assert Server.last.steps == ["connected"]
    assert send(url, without_tls=True).steps[-1] == "sent"


def test_a_server_on_this_machine_without_a_password_needs_none(monkeypatch):
    monkeypatch.setattr(Server, "offers", False)
    assert send("smtp://localhost:1025").steps == ["connected", "sent"]
