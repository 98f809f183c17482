"""Who works at the company of the story, and how each of them marks."""

from __future__ import annotations

import datetime as dt
import random
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role, User
from recruiter.demo import phrases
from recruiter.demo.acts import moment

if TYPE_CHECKING:
    from faker import Faker
    from sqlalchemy.orm import Session

SignIns = dict[str, tuple[str, str]]  # email and password by role
TEAMS = ("Platform", "Data", "Product", "Payments", "Operations", "Design")


@dataclass(frozen=True)
class Staff:
    """The people of the company. `severity` is how far an interviewer marks above (or below) the average, in points."""

    admin: User
    recruiters: list[User]
    managers: list[User]
    interviewers: list[User]
    approvers: list[User]
    severity: dict[int, float]


def password() -> str:
    """A password that nobody can guess and everybody can type: it is random on every installation, whatever the seed."""
    return "-".join(secrets.choice(phrases.PASSWORD_WORDS) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"


def hire(
    session: Session,
    *,
    fake: Faker,
    chance: random.Random,
    now: dt.datetime,
    sign_ins: SignIns,
    seed: int,
    organisation: str,
) -> Staff:
    """Make the company's accounts. One of each role gets a password, and so does the board: in `sign_ins`."""
    fake.seed_instance(seed)
    taken: set[str] = set()

    def person(role: Role, *, pay: bool = False, team: str = "", sign_in: str = "") -> User:
        first, last = fake.unique.first_name(), fake.unique.last_name()
        name, first = f"{first} {last}", first.lower()
        email = f"{first}@example.com"
        while email in taken:
            email = f"{first}{len(taken)}@example.com"
        taken.add(email)
        chosen, act = password() if sign_in else None, moment(now)
        if chosen:
            sign_ins[sign_in] = (email, chosen)
        return accounts.add(
            session, email=email, name=name, role=role, pay_view=pay, team=team, password=chosen,
            organisation=organisation, act=act,
        )  # fmt: skip

    admin = person(Role.ADMIN, sign_in="admin")
    first = ("recruiter", "", "")
    recruiters = [person(Role.RECRUITER, pay=True, team="People", sign_in=sign_in) for sign_in in first]
    managers = [
        person(Role.HIRING_MANAGER, pay=True, team=team, sign_in="" if place else "hiring_manager")
        for place, team in enumerate(TEAMS)
    ]
    interviewers = [
        person(Role.INTERVIEWER, team=team, sign_in="" if place else "interviewer")
        for place, team in enumerate(4 * TEAMS)
    ]
    finance = ("approver", "", "board")
    approvers = [person(Role.APPROVER, pay=True, team="Finance", sign_in=sign_in) for sign_in in finance]
    severity = {interviewer.id: chance.gauss(0, 0.55) for interviewer in interviewers}
    return Staff(admin, recruiters, managers, interviewers, approvers, severity)
