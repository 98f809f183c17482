"""Amounts of money as people type them, in the shapes of all countries: read in one way, or refused with what was understood."""

from __future__ import annotations

import re
import unicodedata

from recruiter.foundation.money import LARGEST, Money, exponent, is_currency
from recruiter.foundation.wording import plural

GROUP = 3  # digits between the signs of a long number; in Indian grouping the inner groups have two
INDIAN_GROUP = 2
POINT, COMMA, APOSTROPHE, SPACE, ARABIC_POINT, ARABIC_COMMA = ".", ",", "'", " ", "\u066b", "\u066c"
LOOKS_LIKE = {
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4\uff07\u2032", APOSTROPHE),
    "\uff0e": POINT,
    "\uff0c": COMMA,
    "\u060c": COMMA,
    **dict.fromkeys("\u2212\uff0d\u2010\u2011\u2013", "-"),
}
MARKS = re.escape(POINT + COMMA + APOSTROPHE + SPACE + ARABIC_POINT + ARABIC_COMMA)
NUMBER = re.compile(rf"[0-9]{{1,20}}([{MARKS}][0-9]{{1,20}}){{0,8}}")
SIGN_OF = {"\u20ac": ("EUR",), "\u20b9": ("INR",), "\u00a3": ("GBP", "EGP", "GIP", "FKP", "SHP"), "\u00a5": ("JPY", "CNY")}  # fmt: skip
AS_A_NUMBER = "Enter the amount as a number, like 204,000."
SHOWN = 40


def parse(text: str, *, currency: str) -> Money:
    """Read an amount as people type it: “92,000”, “92.000,50”, “92 000.50”, “6,00,000”, apostrophes, Arabic digits.

    A point or comma before exactly three last digits groups. Where the currency has three decimals or more, a point is the
    decimal sign there, and a comma is refused: “1,500” dinars are 1500 or 1.5. The first group of a grouped number has one to
    three digits. Raises ValueError with a sentence that says what was understood.
    """
    plain = _plain(text)
    negative, digits = _unsigned(plain, currency)
    if not NUMBER.fullmatch(digits):
        raise ValueError(AS_A_NUMBER)
    whole, part = _whole_and_part(digits, currency, typed=text.strip()[:SHOWN])
    places = exponent(currency)
    minor = int(whole) * 10**places + int(part.ljust(places, "0") or "0")
    if minor > LARGEST:
        raise ValueError(AS_A_NUMBER)
    return Money(-minor if negative else minor, currency)


def _plain(text: str) -> str:
    """The text with the digits of one script as 0 to 9, each space as a space, each apostrophe as an apostrophe."""
    scripts: set[int] = set()
    out: list[str] = []
    for sign in text.strip():
        value = unicodedata.decimal(sign, None)
        if value is not None:
            scripts.add(ord(sign) - value)
            out.append(str(value))
        elif unicodedata.category(sign) == "Zs":
            out.append(SPACE)
        elif unicodedata.category(sign) != "Cf":
            out.append(LOOKS_LIKE.get(sign, sign))
    if len(scripts) > 1:
        raise ValueError(AS_A_NUMBER)
    return "".join(out)


def _unsigned(plain: str, currency: str) -> tuple[bool, str]:
    """Whether an amount is below nothing, and its number without sign and currency. Raises ValueError for another currency."""
    negative, rest = plain.startswith("-"), plain.removeprefix("-").strip()
    if rest[:3].upper() == currency:
        rest = rest[3:].strip()
    elif rest[-3:].upper() == currency:
        rest = rest[:-3].strip()
    signs = {sign for sign in (rest[:1], rest[-1:]) if sign and unicodedata.category(sign) == "Sc"}
    foreign = [sign for sign in signs if not _may_stand_for(sign, currency)]
    foreign += [word for word in re.findall(r"[A-Za-z]+", rest) if is_currency(word.upper())]
    if foreign:
        raise ValueError(f"This amount is in {currency}, and you entered {foreign[0]}. Enter it in {currency}.")
    rest = rest.strip("".join(signs) + SPACE)
    if rest.startswith("-") and not negative:
        return True, rest.removeprefix("-").strip()
    return negative, rest


def _may_stand_for(sign: str, currency: str) -> bool:
    """Whether people write a sign for a currency: those of the list for theirs alone, any other for all that have none there."""
    if sign in SIGN_OF:
        return currency in SIGN_OF[sign]
    return all(currency not in codes for codes in SIGN_OF.values())


def _whole_and_part(plain: str, currency: str, *, typed: str) -> tuple[str, str]:
    """The digits before and after the decimal sign. Raises ValueError where the number can be read in no way, or in several."""
    groups, marks = re.split(rf"[{MARKS}]", plain), re.findall(rf"[{MARKS}]", plain)
    places = exponent(currency)
    if _is_open(marks, groups, places):
        thousands, decimal = "".join(groups), ".".join(groups)
        raise ValueError(f"“{typed}” can mean {thousands} or {decimal} in {currency}. Enter {thousands} or {decimal}.")
    if marks and _is_decimal(marks, groups, places):
        part, mark = groups.pop(), marks.pop()
        if len(part) > places:
            has = f"{currency} has {places}" if places else f"{currency} has no decimals"
            raise ValueError(
                f"We read {plural(len(part), 'decimal')} in “{typed}”, and {has}. Enter it like {_example(places)}."
            )
    else:
        part, mark = "", ""
    if not _is_grouped(groups, marks) or mark in marks:
        read = " and ".join(groups) if len(groups) > 1 else plain
        raise ValueError(
            f"We read “{typed}” as groups of digits, {read}, and they do not make one number. Enter it like {_example(places)}."
        )
    return "".join(groups), part


def _is_decimal(marks: list[str], groups: list[str], places: int) -> bool:
    """Whether the last sign of a number is its decimal sign: one that stands twice, or before three digits alone, groups."""
    last = marks[-1]
    if last == ARABIC_POINT:
        return True
    if last not in {POINT, COMMA} or marks.count(last) > 1:
        return False
    return len(marks) > 1 or len(groups[-1]) != GROUP or (places >= GROUP and last == POINT)


def _is_open(marks: list[str], groups: list[str], places: int) -> bool:
    """Whether a number is read one way in one country and another way in the next: a comma before as many digits as group."""
    return (
        places >= GROUP
        and marks == [COMMA]
        and len(groups[1]) == GROUP
        and len(groups[0]) <= GROUP
        and groups[0][0] != "0"
    )


def _is_grouped(groups: list[str], marks: list[str]) -> bool:
    """Whether digits are grouped by one sign, in threes or as in India; one group alone is not grouped."""
    if not marks:
        return len(groups) == 1
    first, *inner = groups
    if len(set(marks)) > 1 or first.startswith("0") or len(first) > GROUP or len(inner[-1]) != GROUP:
        return False
    by_threes = all(len(group) == GROUP for group in inner)
    indian = len(first) <= INDIAN_GROUP and all(len(group) == INDIAN_GROUP for group in inner[:-1])
    return by_threes or (indian and marks[0] == COMMA)


def _example(places: int) -> str:
    return f"204,000.{'0' * places}" if places else "204,000"
