"""A backup put back: all of it, or nothing and the old state stays."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import backup, schema
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Engine

    from recruiter.audit.queries import Verdict
    from recruiter.foundation.act import Moment
    from recruiter.foundation.database.backup_writer import Manifest
    from recruiter.foundation.endings.ledger import Ending

HOLDS_DATA = "This installation holds data. Restore into an empty one, or add --replace to put the backup in its place."
IN_USE = "The database is in use or cannot be reached. Stop the server and the worker, then restore again."
UNCHANGED = "Nothing was changed."
ENDED_AGAIN = "Ended again, because it had ended after this backup was made: {what}."
READ = "Who had read others\u2019 scorecards after this backup was made is on record again, on {what}."
NEW_PASSWORDS = "Whose password or sign-in without a code ended chooses a new password: “Forgot your password?” on the sign-in page mails the link."
HELD = (
    "{what} waited when this backup was made and may have gone out since, so nothing is sent: `recruiter mail release` "
    "sends them, `recruiter mail release --drop` throws them away."
)
NEW_START = (
    "Everybody signs in again. Invitations, undo links and links that were sent to colleagues do not work any more."
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what this installation holds.")
def restore(file: Path, *, replace: bool) -> None:
    """Put a backup back, of either engine, after every part of it was checked. Stop the server first.

    Goes into an empty installation; with --replace over this one, which is written into a backup of its own before.
    It is all done or nothing is: where something fails, this installation is as it was. What had ended since the backup
    was made (accounts, API tokens, consents, ranking, personal data) is ended again.
    """
    from recruiter.foundation import wording
    from recruiter.foundation.database import backup_reader, restoration
    from recruiter.foundation.database.db import db
    from recruiter.foundation.endings.ledger import Ending
    from recruiter.request_context import settings

    with application() as (session, moment), backup_reader.opened(file) as (archive, manifest):
        schema.check_backup(manifest.revision)
        session.rollback()
        if not restoration.empty(db.engine):
            if not replace:
                raise click.ClickException(HOLDS_DATA)
            replaced = _free_name(settings().instance / f"replaced-{moment.now:%Y%m%d-%H%M%S}.zip")
            backup.write(replaced, now=moment.now)
            click.echo(f"What was here is kept in {replaced.name} of the instance folder.")
        with _all_or_nothing():
            verdict, ended, held_mails = _put_back(archive, manifest, moment=moment)
        _look_after(db.engine)
    if not verdict.whole:
        raise click.ClickException(f"Everything is back, but the audit chain is broken at entry {verdict.first_bad}.")
    click.echo(
        f"{backup.summary(manifest)} are back, as of {manifest.made_at}. The audit chain is whole: {verdict.entries} entries."
    )
    readings = ended.pop(Ending.READING, 0)
    if readings:
        click.echo(READ.format(what=wording.plural(readings, "application")))
    if ended:
        click.echo(ENDED_AGAIN.format(what=_counted(ended)))
    if ended.keys() & {"password", "password_alone"}:
        click.echo(NEW_PASSWORDS)
    if held_mails:
        click.echo(HELD.format(what=wording.plural(held_mails, "mail")))
    click.echo(NEW_START)


def _look_after(engine: Engine) -> None:
    """What is done once the backup is in place, and spoils nothing where it cannot be done now."""
    from sqlalchemy.exc import DBAPIError

    from recruiter.foundation.database import checkpointer, planner

    with contextlib.suppress(DBAPIError):
        planner.settle_page_cost(engine)
        planner.count_anew(engine)
    checkpointer.empty_log(engine)


def _free_name(path: Path) -> Path:
    """A name beside this one that no file has yet: two restores in one second keep what each replaced."""
    names = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _put_back(
    archive: zipfile.ZipFile, manifest: Manifest, *, moment: Moment
) -> tuple[Verdict, dict[Ending, int], int]:
    """Everything in one transaction; answers whether the audit chain is whole, what was ended again, how many mails are held."""
    from sqlalchemy.orm import Session

    from recruiter.accounts import session_services
    from recruiter.audit import queries as audit
    from recruiter.audit import services as audit_services
    from recruiter.audit.actions import AuditAction
    from recruiter.audit.models import Installation
    from recruiter.candidates.records import record_queries
    from recruiter.foundation import jobs
    from recruiter.foundation.database import backup_reader, restoration
    from recruiter.foundation.database.db import Base, db
    from recruiter.foundation.endings import recorder
    from recruiter.privacy import after_restore
    from recruiter.privacy.erasure.waiting_services import SPEAKING_JOBS
    from recruiter.request_context import places, settings

    installation = settings()
    installation.ledger.add(backup_reader.ledger(archive, manifest))
    with (
        restoration.files(archive, installation.files) as write_files,
        restoration.transaction(db.engine) as connection,
    ):
        restoration.clear(connection)
        schema.upgrade_within(connection, manifest.revision)
        restoration.fill(connection, archive, manifest)
        schema.upgrade_within(connection)
        restoration.leave_behind(connection, Base.metadata.sorted_tables)
        session = Session(connection)
        keys = record_queries.storage_keys(session)
        held_mails = jobs.hold(session, SPEAKING_JOBS, now=moment.now)
        endings = installation.ledger.endings()
        ended = after_restore.repeat_endings(session, endings=endings, places=places(), act=moment)
        after_restore.end_links(session, act=moment)
        session_services.forget_changes(session)
        made = {"made_at": manifest.made_at, "rows": manifest.rows, "files": len(manifest.files), "held": held_mails}
        audit_services.record(session, action=AuditAction.BACKUP_RESTORED, subject=Installation(), act=moment, **made)
        session.flush()
        erased_keys = keys - record_queries.storage_keys(session)
        verdict = audit.verify(session)
        recorder.forget(connection)  # the ledger has it already
        write_files([key for key in manifest.files if key not in erased_keys])
    session.commit()  # the transaction is committed: mails about the erased go from the outbox now
    return verdict, ended, held_mails


@contextlib.contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Say of what fails that nothing was changed, and what to do."""
    from sqlalchemy.exc import DBAPIError, OperationalError

    from recruiter.foundation.database.engine import passes
    from recruiter.foundation.errors import RuleBroken

    try:
        yield
    except RuleBroken as error:
        raise click.ClickException(f"{error.message} {UNCHANGED}") from error
    except OperationalError as error:
        problem = IN_USE if passes(error) else f"The database took no more ({error.orig}). Is the disk full?"
        raise click.ClickException(f"{problem} {UNCHANGED}") from error
    except DBAPIError as error:
        raise click.ClickException(f"The database refused it ({type(error.orig).__name__}). {UNCHANGED}") from error
    except OSError as error:
        raise click.ClickException(f"{error.strerror or error}. {UNCHANGED}") from error


def _counted(ended: Mapping[Ending, int]) -> str:
    from recruiter.foundation import wording
    from recruiter.foundation.endings.ledger import Ending

    nouns = {
        Ending.ACCOUNT: ("account",),
        Ending.TOKEN: ("API token",),
        Ending.PAY: ("right to see pay", "rights to see pay"),
        Ending.ROLE: ("higher role",),
        Ending.ACCESS: ("place on a requisition", "places on requisitions"),
        Ending.PASSWORD: ("password",),
        Ending.SECOND_FACTOR: ("code at sign-in", "codes at sign-in"),
        Ending.PASSWORD_ALONE: ("sign-in without a code", "sign-ins without a code"),
        Ending.RECOVERY_CODE: ("recovery code",),
        Ending.CONSENT: ("consent",),
        Ending.RANKING: ("ranking",),
        Ending.ERASURE: ("erased person",),
        Ending.MANAGER: ("hiring manager",),
        Ending.OPENNESS: ("requisition open to all", "requisitions open to all"),
        Ending.DEPUTY: ("stand-in",),
        Ending.CHAIN: ("approval chain",),
        Ending.SEAT: ("seat of an approver", "seats of approvers"),
    }
    return ", ".join(wording.plural(count, *nouns[kind]) for kind, count in ended.items())
