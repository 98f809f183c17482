"""A company with decisions enough to learn from, and what its candidates said of themselves."""

import pytest
from sqlalchemy import select

from recruiter.candidates.models import Candidate
from recruiter.exchange import services as exchange
from recruiter.learning.history.folder_writer import write_history
from recruiter.ranking.bias_audit import answer_services
from tests.acts import act_by
from tests.learning.known_truth import make_truth

CONSENT = "text of 2026-03"


@pytest.fixture
def decided(session, people, now, tmp_path):
    """`decided(24)`: that many imported decisions with their cards; answers the candidates' numbers."""

    def made(count):
        write_history(tmp_path / "history", make_truth(count, 5, n_raters=12).history)
        planned = exchange.plan(session, folder=tmp_path / "history")
        exchange.apply(session, planned=planned, act=act_by(people.ruth, now=now))
        numbers = list(session.scalars(select(Candidate.id).order_by(Candidate.id)))
        session.commit()  # a reader that stays would hold up the next writer
        return numbers

    return made


@pytest.fixture
def answer(session, people, now, tmp_path):
    """`answer("candidate_id,sex\\n1,Female\\n")`: brings a file of answers in."""

    def load_answers(text, consent=CONSENT):
        path = tmp_path / "answers.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return answer_services.load(session, path=path, consent_version=consent, act=act_by(people.anja, now=now))

    return load_answers


def lines(numbers, *, turn=0):
    """A file in which answers go round: Female and Male, White, Asian and declined."""
    races = ("White", "Asian", "declined", "White", "Black or African American")
    rows = [
        f"{number},{('Female', 'Male')[(k + turn) % 2]},{races[(k + turn) % 5]}\n" for k, number in enumerate(numbers)
    ]
    return "candidate_id,sex,race_ethnicity\n" + "".join(rows)
