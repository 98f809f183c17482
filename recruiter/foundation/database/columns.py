"""Column types with a meaning, so that every table spells it the same way."""

import datetime as dt
from typing import Annotated

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import mapped_column

IntPk = Annotated[int, mapped_column(Integer, primary_key=True)]
MoneyMinor = Annotated[int, mapped_column(BigInteger)]
Currency = Annotated[str, mapped_column(String(3))]
LongText = Annotated[str, mapped_column(Text)]
Digest = Annotated[str, mapped_column(String(64))]
TransactionNumber = Annotated[int, mapped_column(BigInteger)]  # PostgreSQL's, of 64 bits
When = dt.datetime
