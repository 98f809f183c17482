"""The demo: a made-up company to look at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from recruiter.cli import schema
from recruiter.cli.app_context import application
from recruiter.cli.terminal import option


def _progress() -> Callable[[str], None]:
    """Progress as one line that changes on a terminal, and now and then a line elsewhere."""
    terminal = sys.stderr.isatty()
    count = 0

    def report(text: str) -> None:
        nonlocal count
        count += 1
        if terminal:
            click.echo(f"\r\x1b[2KTelling the story: {text}", err=True, nl=False)
        elif count % 20 == 1 or not text.startswith("closed"):
            click.echo(f"Telling the story: {text}", err=True)

    return report


@click.command()
@option("--seed", default=7, help="The same seed tells the same story.")
@option("--size", default="small", type=click.Choice(["small", "medium", "large"]), help="Amount of demo data.")
@option("--port", default=8000, type=click.IntRange(1, 65535), help="The port to serve at.")
@click.option("--no-serve", is_flag=True, help="Create the company, do not serve it.")
def demo(seed: int, size: str, port: int, no_serve: bool) -> None:  # click's way
    """Create a demo company, print its sign-ins and serve it. Run again, it serves the company that is there."""
    from recruiter.accounts import services as accounts
    from recruiter.app import create_app
    from recruiter.cli.serve import with_waitress
    from recruiter.demo import plant
    from recruiter.request_context import settings
    from recruiter.settings import served_at

    address = served_at("127.0.0.1", port)
    os.environ.setdefault("RECRUITER_ORGANISATION", plant.COMPANY)
    with application() as (session, _):
        folder = settings().instance
        schema.upgrade()
        session.rollback()
        occupied = accounts.any_user(session)
        session.rollback()
    sign_in_file = folder / "demo-sign-ins"
    if occupied and not sign_in_file.exists():
        raise click.ClickException(
            "This database holds other data. The demo goes into an empty one: set RECRUITER_INSTANCE to a new folder."
        )
    if not occupied:
        with application(write=True) as (session, moment):
            chosen = settings()
            sign_ins, run = plant.plant(
                session,
                seed=seed,
                size=size,
                now=moment.now,
                progress=_progress(),
                base_url=chosen.base_url,
                organisation=chosen.organisation,
            )
            descriptor = os.open(sign_in_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write("".join(f"{role} {email} {password}\n" for role, (email, password) in sign_ins.items()))
            click.echo(f"\nThe model learnt from {run.n_decisions} decisions. {run.verdict}", err=True)
    click.echo(sign_in_file.read_text(), nl=False)
    if no_serve:
        return
    click.echo(f"Recruiter is at http://127.0.0.1:{port} (stop it with Ctrl-C).")
    if address != f"http://127.0.0.1:{port}":
        click.echo(f"Links that it shows begin with {address} (RECRUITER_BASE_URL).")
    sys.stdout.flush()
    with_waitress(create_app(), host="127.0.0.1", port=port, threads=8)
