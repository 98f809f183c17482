"""People: add, disable, give a token."""

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
@click.option("--pay", is_flag=True, help="May see pay (pay.view); no role implies it.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the first password from standard input; else an invitation is printed."
)
def add(email: str, name: str, role: str, team: str, pay: bool, password_stdin: bool) -> None:  # click's way
    """Add a person; prints a one-time invitation address unless a password is given."""
    from recruiter.accounts import services
    from recruiter.accounts.models import Role
    from recruiter.request_context import settings

    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with application(write=True) as (session, moment):
        person = services.add(
            session, email=email, name=name, role=Role(role), team=team, pay_view=pay, password=password, act=moment
        )
        secret = None if password else services.invite(session, user=person, act=moment)
        click.echo(f"Added {person.email} as {role}{' with pay.view' if pay else ''}.")
        if secret:
            click.echo(f"Invitation, good once and for a week: {settings().base_url}/invitation/{secret}")


def _person(session: Session, email: str) -> User:
    from recruiter.accounts import queries

    person = queries.by_email(session, email)
    if person is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    return person


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """End an account: its sessions and tokens are worth nothing from this moment."""
    from recruiter.accounts import services

    with application(write=True) as (session, moment):
        services.disable(session, user=_person(session, email), act=moment)
    click.echo(f"{email} is disabled.")


@user.command()
@click.argument("email")
def token(email: str) -> None:
    """Print a new API token, once, alone on standard output."""
    from recruiter.accounts import services

    with application(write=True) as (session, moment):
        secret = services.new_token(session, user=_person(session, email), act=moment)
    click.echo(secret)
