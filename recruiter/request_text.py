"""One cleaning of all text that a request brings, in front of every address, for pages and API alike.

No database takes NUL, and PostgreSQL says so by an error where SQLite stays silent. So nothing of the kind comes further than
here: an address or a header with a control character is refused, since somebody or something made it wrong; out of what was
typed or pasted, into a form or a JSON body, such signs are taken, since nobody sees them.
"""

from __future__ import annotations

import re
from typing import IO

from flask import Flask, Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from recruiter.foundation.errors import Malformed, NotFound
from recruiter.foundation.storable_text import is_storable, storable

IN_HEADER = re.compile("[\x00-\x08\x0a-\x1f\x7f]")  # bytes above are letters in UTF-8
QUERY = "What follows the question mark in this address holds a control character. Take it out, then try again."
HEADER = "The header {name} holds a control character. Take it out, then try again."


class CleanFormParser(FormDataParser):
    """Reads a form; names, values and file names come without what no database takes."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """The fields and the files of a form, cleaned."""
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        for _, file in files.items(multi=True):  # noqa: PERF102  # a name may be given twice
            file.filename = storable(file.filename) if file.filename else file.filename
        clean_form = self.cls((storable(name), storable(value)) for name, value in form.items(multi=True))
        return rest, clean_form, self.cls((storable(name), file) for name, file in files.items(multi=True))


class CleanRequest(Request):
    """A request whose forms are clean as soon as anybody reads them."""

    form_data_parser_class = CleanFormParser


def attach(app: Flask) -> None:
    """Look at address and headers before anything else does. Raises NotFound for a path, Malformed for the rest."""
    app.request_class = CleanRequest

    @app.before_request
    def check_address() -> None:
        if not is_storable(request.path):
            raise NotFound
        for name, value in request.headers:
            if IN_HEADER.search(value):
                raise Malformed(HEADER.format(name=name))
        for name, value in request.args.items(multi=True):
            if not is_storable(name) or not is_storable(value):
                raise Malformed(QUERY)
