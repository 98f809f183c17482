"""Names for JSON as it is stored and sent; what is inside is known to whoever wrote it."""

from collections.abc import Mapping
from typing import Any

JsonObject = dict[str, Any]
JsonView = Mapping[str, Any]  # read, never changed
