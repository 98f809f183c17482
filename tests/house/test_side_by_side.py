"""While servers are renewed one by one, the last release runs on the new schema: no migration takes away what it reads or needs.

`tests/data/last-release.json` holds its revision and its columns. Whoever makes a release writes it anew:
`python -m tests.house.test_side_by_side` on the commit of the release.
"""

import ast
import json
import tempfile
from pathlib import Path

import pytest

from recruiter.foundation.templates import PACKAGE

RELEASE = Path(__file__).parents[1] / "data" / "last-release.json"
VERSIONS = sorted((PACKAGE / "migrations" / "versions").glob("*.py"))
TABLES = {"drop_table", "rename_table"}
OF_A_COLUMN = {"drop_column", "alter_column", "add_column"}


def _literal(node):
    return node.value if isinstance(node, ast.Constant) else None


def _calls(upgrade):
    """Each call of Alembic in it: the line, what it does, on which table (None where no word says it), what it is given."""
    batches = {}
    for node in ast.walk(upgrade):
        if isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.context_expr, ast.Call) and item.optional_vars is not None:
                    batches[item.optional_vars.id] = _literal(item.context_expr.args[0])
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            owner, given = node.func.value.id, list(node.args)
            if owner in batches:
                yield node.lineno, node.func.attr, batches[owner], given, node.keywords
            elif owner == "op" and given:
                yield node.lineno, node.func.attr, _literal(given[0]), given[1:], node.keywords


def _is_set(keywords, name, value):
    return any(keyword.arg == name and _literal(keyword.value) is value for keyword in keywords)


def _taken_away(source, columns):
    """What a migration does that the last release would not survive, a sentence each; what it names by no word counts as known to it."""
    upgrade = next(
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    for line, act, table, given, keywords in _calls(upgrade):
        if table is not None and table not in columns:
            continue
        if act in TABLES:
            yield f"line {line}: {act} of {table}"
        if act not in OF_A_COLUMN:
            continue
        column = _literal(given[0]) if given else None
        is_known = table is None or column is None or column in columns[table]
        is_renamed = any(keyword.arg == "new_column_name" for keyword in keywords)
        if is_known and (act == "drop_column" or (act == "alter_column" and is_renamed)):
            yield f"line {line}: {act} of {table}.{column}"
        if act == "alter_column" and is_known and _is_set(keywords, "nullable", False):  # noqa: FBT003  # a value that is looked for
            yield f"line {line}: {table}.{column} must be given"
        if act == "add_column" and isinstance(given[0], ast.Call):
            settings = given[0].keywords
            has_default = any(keyword.arg == "server_default" for keyword in settings)
            if not has_default and not _is_set(settings, "nullable", True):  # noqa: FBT003
                yield f"line {line}: a new column of {table} must be given, and the last release doesn't"


def test_the_last_release_survives_every_migration_since():
    release = json.loads(RELEASE.read_text(encoding="utf-8"))
    since = [path for path in VERSIONS if path.name[:4] > release["revision"]]
    sources = {path.name: path.read_text(encoding="utf-8") for path in since}
    assert {name: list(_taken_away(source, release["columns"])) for name, source in sources.items()} == {
        name: [] for name in sources
    }


@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        ('op.drop_column("candidate", "name")', True),
        ('op.drop_column("candidate", "brand_new")', False),
        ('op.drop_column("never_released", "name")', False),
        ('op.drop_table("candidate")', True),
        ('op.rename_table("candidate", "person")', True),
        ('op.alter_column("candidate", "name", new_column_name="full_name")', True),
        ('op.alter_column("candidate", "headline", nullable=False)', True),
        ('op.alter_column("candidate", "headline", nullable=True)', False),
        ('op.add_column("candidate", sa.Column("x", sa.Integer, nullable=False))', True),
        ('op.add_column("candidate", sa.Column("x", sa.Integer, nullable=False, server_default="0"))', False),
        ('op.add_column("candidate", sa.Column("x", sa.Integer, nullable=True))', False),
        ('op.create_table("never_released", sa.Column("x", sa.Integer, nullable=False))', False),
        ('for name in NAMES:\n        op.drop_column(name, "x")', True),
        ('with op.batch_alter_table("candidate") as table:\n        table.drop_column("name")', True),
        ('with op.batch_alter_table("candidate") as table:\n        table.drop_column("brand_new")', False),
    ],
)
def test_what_is_refused(statement, is_refused):
    columns = {"candidate": ["id", "name", "headline"]}
    assert bool(list(_taken_away(f"def upgrade():\n    {statement}\n", columns))) == is_refused


def test_a_new_server_waits_for_its_schema_and_an_old_one_goes_on():
    from recruiter.foundation.database import revision

    needed = int(revision.needed())
    assert [revision.serves(f"{number:04}") for number in (needed - 1, needed, needed + 1)] == [False, True, True]
    assert not revision.serves("none")


def _write():
    """Write down what this commit reads, as the last release."""
    import os

    from sqlalchemy import create_engine, inspect

    from recruiter import cli
    from recruiter.foundation.database import revision

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RECRUITER_INSTANCE": folder, "RECRUITER_DATABASE_URL": f"sqlite:///{folder}/recruiter.db"}
        cli.commands.main(["db", "upgrade"], standalone_mode=False)
        looker = inspect(create_engine(os.environ["RECRUITER_DATABASE_URL"]))
        names = sorted(looker.get_table_names())
        columns = {name: [column["name"] for column in looker.get_columns(name)] for name in names}
    tables_by_line = ",\n".join(f'  "{name}": {json.dumps(names)}' for name, names in columns.items())
    release = f'{{\n "revision": "{revision.needed()}",\n "columns": {{\n{tables_by_line}\n }}\n}}\n'
    RELEASE.write_text(release, encoding="utf-8")


if __name__ == "__main__":
    _write()
