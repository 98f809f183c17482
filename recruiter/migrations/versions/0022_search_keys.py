"""requisitions are searched by folded text; letters and apostrophes that are typed otherwise are folded anew"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEYS = {"candidate": ("name_key", "search_key", "tags_key"), "note": ("text_key",)}
CHUNK = 500
APOSTROPHES = "`\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58"
NAMED = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")
LETTERS = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(DASHES, "-"),
    **{chr(code): NAMED.match(unicodedata.name(chr(code), "")) for code in (*range(0x80, 0x250), *range(0x253, 0x2A0))},
    **{"\u00e6": "ae", "\u0153": "oe", "\u00fe": "th", "\u014b": "ng", "\u00f0": "d", "\u0131": "i", "\u0138": "k"},
    **{"\u0259": "a", "\u025b": "e", "\u0254": "o"},
}
FOLDED = str.maketrans(
    {letter: value if isinstance(value, str) else value[1].lower() for letter, value in LETTERS.items() if value}
)


def folded(value):
    """Search text as it is folded from this revision on."""
    text = unicodedata.normalize("NFKD", value.casefold())
    letters = (c for c in text if not unicodedata.combining(c) and unicodedata.category(c) not in {"Cf", "Cc"})
    return " ".join("".join(c if c != "\n" else " " for c in letters).translate(FOLDED).split())


def upgrade() -> None:
    with op.batch_alter_table("requisition") as table:
        table.add_column(sa.Column("search_key", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("requisition") as table:
        table.alter_column("search_key", server_default=None)
    _fold("requisition", ("key", "title"), lambda row: {"search_key": folded(f"{row.key} {row.title}")})
    for name, columns in KEYS.items():
        _fold(name, columns, lambda row, columns=columns: {key: folded(getattr(row, key)) for key in columns})


def _fold(name, columns, keys_of):
    """Set the keys of every row whose keys change, a few hundred at a time."""
    table = sa.table(name, *(sa.column(column) for column in {"id", "search_key", *columns}))
    connection, last = op.get_bind(), 0
    chosen = [table.c[column] for column in columns]
    while rows := connection.execute(
        sa.select(table.c.id, *chosen).where(table.c.id > last).order_by(table.c.id).limit(CHUNK)
    ).all():
        for row in rows:
            keys = keys_of(row)
            if any(getattr(row, key, None) != value for key, value in keys.items()):
                connection.execute(sa.update(table).where(table.c.id == row.id).values(**keys))
        last = rows[-1].id


def downgrade() -> None:
    with op.batch_alter_table("requisition") as table:
        table.drop_column("search_key")
