"""Whoever adds a table or a column about a person says what erasure does with it."""

import pytest

from recruiter.foundation.database import tables
from recruiter.foundation.database.db import Base
from recruiter.foundation.personal_data import Kept
from recruiter.privacy.person import person_queries

tables.load()
HELD = person_queries.declarations()
NOT_HELD = {"user"}  # people who work here


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_a_table_that_leads_to_a_person_is_declared(table):
    targets = {key.column.table.name for column in table.columns for key in column.foreign_keys}
    leads = {name for name in targets & HELD.keys() if HELD[name].via or name == person_queries.ROOT} - NOT_HELD
    assert not leads or table.name in HELD, (
        f"{table.name} refers to {leads}: say in its room's personal_data.py what erasure does"
    )


@pytest.mark.parametrize("name", HELD)
def test_every_column_with_words_is_declared(name):
    declaration, table = HELD[name], Base.metadata.tables[name]
    text_columns = set(person_queries.words_of(table)) if declaration.via and not declaration.removed else set()
    undeclared = text_columns - declaration.columns.keys()
    assert not undeclared, f"{name}: say in personal_data.py what erasure does with {sorted(undeclared)}"
    assert declaration.columns.keys() <= set(table.c.keys())
    assert all(treatment.why for treatment in declaration.columns.values() if isinstance(treatment, Kept))


@pytest.mark.parametrize("name", [name for name, declaration in HELD.items() if declaration.via])
def test_every_held_table_leads_to_a_person(name):
    assert str(person_queries.rows_about(name, {person_queries.ROOT: [1]}))
    for column in HELD[name].via:
        keys = Base.metadata.tables[name].c[column].foreign_keys
        assert name == person_queries.ROOT or {key.column.table.name for key in keys} <= HELD.keys()
