"""Tables that somebody takes out of a page as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from recruiter.foundation.database import damage
from recruiter.foundation.database.damage import DamagedRow
from recruiter.foundation.files import csvs


def csv_download(
    name: str, header: Sequence[str], lines: Iterable[Sequence[object]], *, left_out: Sequence[DamagedRow] = ()
) -> Response:
    """A table as a CSV file under a name, every text cell guarded against formulas; a last line names rows that could not be read."""
    last = [(damage.sentence(left_out),)] if left_out else []
    response = Response(csvs.text_of(header, [*lines, *last]), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
