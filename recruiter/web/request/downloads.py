"""Tables that somebody takes out of a page as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from recruiter.foundation.files import csvs

BYTE_ORDER_MARK = "\ufeff"  # by it a spreadsheet knows UTF-8


def csv_download(name: str, header: Sequence[str], lines: Iterable[Sequence[object]]) -> Response:
    """A table as a CSV file under a name, every text cell guarded against formulas."""
    response = Response(BYTE_ORDER_MARK + csvs.text_of(header, lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
