"""Tables that somebody takes out of a page as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from recruiter.foundation.files import csvs


def csv_download(name: str, header: Sequence[str], lines: Iterable[Sequence[object]]) -> Response:
    """A table as a CSV file under a name, every text cell guarded against formulas."""
    response = Response(csvs.text_of(header, lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
