"""The door of commands: `recruiter`, one file a group. Exit 0 done, 1 refused with one plain line, 2 wrong usage."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS = {
    "backtest": "recruiter.cli.model:backtest",
    "backup": "recruiter.cli.backup:backup",
    "audit": "recruiter.cli.audit:audit",
    "case": "recruiter.cli.case:case",
    "db": "recruiter.cli.database:db_group",
    "demo": "recruiter.cli.demo:demo",
    "doctor": "recruiter.cli.database:doctor",
    "export": "recruiter.cli.exchange:export",
    "import": "recruiter.cli.exchange:import_files",
    "import-undo": "recruiter.cli.exchange:import_undo",
    "mail": "recruiter.cli.mail:mail",
    "model": "recruiter.cli.ranking:model",
    "person": "recruiter.cli.person:person",
    "rank": "recruiter.cli.ranking:rank",
    "restore": "recruiter.cli.restore:restore",
    "retention": "recruiter.cli.retention:retention",
    "serve": "recruiter.cli.serve:serve",
    "user": "recruiter.cli.user:user",
    "worker": "recruiter.cli.serve:worker",
}


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are called, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All command names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recruiter")
def commands() -> None:
    """Recruiter: for the people who hire."""


def _print_refusal(message: str) -> int:
    click.echo(" ".join(message.split()), err=True)
    return 1


def _check_text(arguments: list[str]) -> None:
    """Refuse a control character or half a pair of surrogates before anything is looked up. Raises UsageError."""
    from recruiter.foundation.storable_text import is_storable

    for argument in arguments:
        if not is_storable(argument):
            raise click.UsageError(f"{argument!a} holds a character that is no text in UTF-8. Type it again.")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; every refusal is one plain line, never a traceback."""
    from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError  # only once a command runs

    from recruiter.foundation.errors import DomainError
    from recruiter.foundation.files.private_files import written_privately
    from recruiter.learning.history.csv_table import HistoryRefused

    try:
        _check_text(sys.argv[1:] if arguments is None else arguments)
        with written_privately():
            commands.main(args=arguments, prog_name="recruiter", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.ClickException, DomainError, HistoryRefused) as error:
        sys.exit(_print_refusal(str(error)))
    except (OperationalError, ProgrammingError) as error:
        problem = f"The database cannot be used ({type(error.orig).__name__})."
        sys.exit(_print_refusal(f"{problem} Run `recruiter db upgrade`, then `recruiter doctor`."))
    except DBAPIError as error:  # its message may hold what somebody typed
        sys.exit(_print_refusal(f"The database refused this ({type(error.orig).__name__}). Nothing was changed."))
    except UnicodeError:
        sys.exit(_print_refusal("What was read is no text in UTF-8. Nothing was changed."))
    except OSError as error:
        sys.exit(_print_refusal(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")))
