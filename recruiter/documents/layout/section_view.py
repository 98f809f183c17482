"""One section of a case as it is printed: its words, its numbered claims, its figures as tables."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.documents.charts import finalist_chart
from recruiter.documents.layout import cost_table
from recruiter.documents.layout.value_text import even_format, long_date, source_line
from recruiter.documents.model import Amount, DocumentSection
from recruiter.foundation.text import is_visible

NONE = "\u2013"  # an en dash in a cell without a value
LEVELS = ("low", "middle", "high")
PLOT_HEAD = ("Finalist", "Place", "Score of 5", "90 of 100 re-runs", "50 of 100 re-runs")


@dataclass(frozen=True)
class Table:
    """A small table; the first column names the row. `numeric` sets the others to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = True


@dataclass(frozen=True)
class NumberedClaim:
    """A claim with its number in the document (“2.3”) and its source line."""

    number: str
    statement: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Chapter:
    """One section as it is printed."""

    number: int
    name: str
    title: str
    paragraphs: tuple[str, ...]
    claims: tuple[NumberedClaim, ...]
    tables: tuple[Table, ...]
    to_write: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.paragraphs or self.claims or self.tables or self.to_write)


def _figures(section: DocumentSection) -> tuple[Table, ...]:
    """Figures as tables: those in three levels side by side, the others one below the other."""
    levels: dict[str, dict[str, str]] = {}
    single: list[tuple[str, str]] = []
    format_evenly = even_format(section.figures)
    for figure in section.figures:
        name, _, level = figure.label.rpartition(", ")
        if level in LEVELS and name:
            levels.setdefault(name, {})[level] = format_evenly(figure)
        else:
            single.append((figure.label, format_evenly(figure)))
    tables = []
    if levels:
        rows = tuple((name, *(values.get(level, NONE) for level in LEVELS)) for name, values in levels.items())
        tables.append(Table(f"{section.title}: low, middle and high", ("Figure", "Low", "Middle", "High"), rows))
    if single:
        head = ("Alternative", "Price") if section.name == "alternatives" else ("Figure", "Value")
        caption = "The alternatives and their prices" if section.name == "alternatives" else f"{section.title}: figures"
        tables.append(Table(caption, head, tuple(single)))
    return tuple(tables)


def changes_of(section: DocumentSection, follows: str) -> tuple[Table, ...]:
    """What differs from the case that this one follows."""
    format_evenly = even_format(
        side for change in section.changes for side in (change.before, change.now) if isinstance(side, Amount)
    )

    def cell(value: Amount | str | None) -> str:
        if value is None:
            return NONE
        return format_evenly(value) if isinstance(value, Amount) else long_date(value)

    rows = tuple((change.label, cell(change.before), cell(change.now)) for change in section.changes)
    return (Table(f"Changed since {follows}", ("What", follows, "Now"), rows),) if rows else ()


def numbered_claims(index: int, section: DocumentSection) -> tuple[NumberedClaim, ...]:
    """The claims of a section with their numbers and source lines."""
    return tuple(
        NumberedClaim(f"{index}.{place}", claim.statement, source_line(claim), claim.link or "")
        for place, claim in enumerate(section.claims, start=1)
    )


def chapter_of(index: int, section: DocumentSection, open_question: str, *, follows: str = "") -> Chapter:
    """One section as it is printed; `open_question` is what is still to write, `follows` the number of the case before."""
    to_write = f"Still to write: {open_question}" if open_question else ""
    paragraphs = tuple(line.strip() for line in section.text.split("\n") if is_visible(line))
    if section.name == "sources":
        counts = ["" if claim.count is None else str(claim.count) for claim in section.claims]
        rows = tuple((claim.source, n, long_date(claim.at)) for claim, n in zip(section.claims, counts, strict=True))
        sources = Table("Each source and the claims that rest on it", ("Source", "Claims", "Read on"), rows)
        return Chapter(index, section.name, section.title, paragraphs, (), (sources,) if rows else ())
    tables = changes_of(section, follows)
    if section.plot is not None:  # for readers and for files that cannot draw it
        tables += (Table("The finalists and their ranges", PLOT_HEAD, finalist_chart.table_rows(section.plot)),)
    if section.name != "ask" or cost_table.rows_of(section.figures):  # else they stand on the first page
        tables += _figures(section)
    return Chapter(index, section.name, section.title, paragraphs, numbered_claims(index, section), tables, to_write)
