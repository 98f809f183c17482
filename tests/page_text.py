"""A page's markup as a browser takes it in: how a template is broken into lines is nobody's business in a test."""

import re

from werkzeug.test import TestResponse

BLOCKS = (
    "html head title body header main nav section article div form fieldset legend label p h[1-6] ul ol li dl dt dd table "
    "caption thead tbody tfoot tr th td details summary button select option figure figcaption"
).replace(" ", "|")
VERBATIM = re.compile(r"(<(?:textarea|script|pre)\b.*?</(?:textarea|script|pre)>)", re.DOTALL)
AROUND = re.compile(rf" ?(</?(?:{BLOCKS})(?: [^>]*)?>) ?")


def as_read(markup):
    """The markup with runs of white space as one space, and none at the edges of what stands in a block of its own."""
    parts = VERBATIM.split(markup)
    parts[::2] = [AROUND.sub(r"\1", re.sub(r"[ \t\r\n\f]+", " ", part)) for part in parts[::2]]
    return "".join(parts)


class Page(TestResponse):
    """An answer whose text, where it is a page, is as a browser reads it."""

    def get_data(self, as_text=False):  # noqa: FBT002  # werkzeug's way
        """The body, or its text."""
        if as_text and self.mimetype == "text/html":
            return as_read(super().get_data(as_text=True))
        return super().get_data(as_text)
