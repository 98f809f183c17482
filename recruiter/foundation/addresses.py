"""Numbers in the parts of an address: one spelling each, so that no thing has two addresses."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter

from recruiter.foundation import text


class NumberConverter(IntegerConverter):
    """What `<int:...>` stands for: plain digits as `foundation/text.number` reads them; anything else is 404."""

    regex = text.NUMBER.pattern
    part_isolating = True
