"""People: add, change, invite, disable, enable, give a token."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from recruiter.cli.app_context import application

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.accounts.models import User

ROLES = ["admin", "recruiter", "hiring_manager", "interviewer", "approver"]


@click.group()
def user() -> None:
    """The people who work here."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person is here for.")
@click.option("--team", default="", help="The team, so that voices of other teams can be told apart.")
@click.option(
    "--pay/--no-pay", default=None, help="May see pay (pay.view). Left out, only the first administrator does."
)
@click.option(
    "--password-stdin", is_flag=True, help="Read the first password from standard input; else an invitation is printed."
)
def add(email: str, name: str, role: str, team: str, pay: bool | None, password_stdin: bool) -> None:  # click's way
    """Add a person; prints a one-time invitation address unless a password is given."""
    from recruiter.accounts import link_services, queries, services
    from recruiter.accounts.models import Role
    from recruiter.request_context import settings

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with application(write=True) as (session, moment):
        is_first_admin = role == Role.ADMIN and not queries.any_admin(session)
        sees_pay = is_first_admin if pay is None else pay
        person = services.add(
            session, email=email, name=name, role=Role(role), team=team, pay_view=sees_pay, password=password,
            organisation=settings().organisation, act=moment,
        )  # fmt: skip
        secret = None if password else link_services.invite(session, user=person, act=moment)
        click.echo(f"Added {person.email} as {role}{' with pay.view' if sees_pay else ''}.")
        _print_invitation(secret)


def _print_invitation(secret: str | None) -> None:
    from recruiter.request_context import settings

    if secret:
        click.echo(f"Invitation, good once and for a week: {settings().base_url}/invitation/{secret}")


def _person(session: Session, email: str) -> User:
    from recruiter.accounts import queries

    person = queries.by_email(session, email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    return person


@user.command("set")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), help="What the person is here for.")
@click.option("--team", help="The team, so that voices of other teams can be told apart.")
@click.option("--name", help="The name that others see.")
@click.option("--pay/--no-pay", default=None, help="May see pay (pay.view), or may not.")
@click.option("--no-second-factor", is_flag=True, help="Let them sign in without a code, when the app is lost.")
def change(
    email: str, role: str | None, team: str | None, name: str | None, pay: bool | None, no_second_factor: bool
) -> None:  # click's way
    """Change what a person is called and may do; it counts from their next request on."""
    from recruiter.accounts import second_factor_services, services
    from recruiter.accounts.models import Role
    from recruiter.handover import queries

    if (role, team, name, pay) == (None,) * 4 and not no_second_factor:
        raise click.UsageError("Say what to change: --role, --team, --name, --pay, --no-pay or --no-second-factor.")
    with application(write=True) as (session, moment):
        person = _person(session, email)
        terms = services.PersonTerms(
            name=person.name if name is None else name,
            role=Role(role) if role else person.role,
            team=person.team if team is None else team,
            pay_view=person.pay_view if pay is None else pay,
        )
        services.change(session, user=person, terms=terms, act=moment)
        if no_second_factor:
            second_factor_services.turn_off(session, user=person, act=moment)
        session.flush()
        left = queries.left_by_role(session, person, moment=moment)
        state = f"{person.role.value}{' with pay.view' if person.pay_view else ''}"
        name = person.name
    click.echo(f"{email} is {name}, {state}.")
    for sentence in left:
        click.echo(sentence)


@user.command()
@click.argument("email")
def invite(email: str) -> None:
    """Print a new one-time invitation address; the one before is worth nothing from now on."""
    from recruiter.accounts import link_services
    from recruiter.foundation.errors import Conflict

    with application(write=True) as (session, moment):
        person = _person(session, email)
        if not person.active:
            raise Conflict(f"{email} is disabled. Enable the account first: recruiter user enable {email}.")
        _print_invitation(link_services.invite(session, user=person, act=moment))


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """End an account: its sessions and tokens are worth nothing from this moment, and its work is handed over."""
    from recruiter.handover import services

    with application(write=True) as (session, moment):
        duties = services.disable(session, user=_person(session, email), act=moment)
        sentences = duties.sentences
    click.echo(f"{email} is disabled.")
    for sentence in sentences:
        click.echo(sentence)


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let somebody sign in again whose account was ended; their tokens stay revoked."""
    from recruiter.accounts import services
    from recruiter.handover import queries

    with application(write=True) as (session, moment):
        person = _person(session, email)
        services.enable(session, user=person, act=moment)
        sentences = queries.kept_by_others(session, person)
    click.echo(f"{email} can sign in again.")
    for sentence in sentences:
        click.echo(sentence)


@user.command()
@click.argument("email")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366), help="After how many days it ends.")
@click.option("--name", default="", help="What it is for, so that its owner knows which one to revoke.")
@click.option("--read-only", is_flag=True, help="The token only reads.")
def token(email: str, days: int, name: str, read_only: bool) -> None:  # click's way
    """Print a new API token, once, alone on standard output."""
    from recruiter.accounts import token_services

    with application(write=True) as (session, moment):
        secret = token_services.new_token(
            session, user=_person(session, email), act=moment, name=name, days=days, read_only=read_only
        )
    click.echo(secret)
