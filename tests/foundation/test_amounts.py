"""Amounts as people type them: in all shapes and currencies, one reading or none."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation import amount_parser, wording
from recruiter.foundation.money import LARGEST, Money, exponent, show

CURRENCIES = ("EUR", "USD", "GBP", "INR", "JPY", "KRW", "KWD", "TND", "CHF", "CLF", "HUF", "ISK")


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("92,000", "EUR", 9_200_000),
        ("92 000.50", "EUR", 9_200_050),
        ("1500", "JPY", 1500),
        ("1.234", "KWD", 1234),
        ("-5", "EUR", -500),
        ("60.000,00", "EUR", 6_000_000),
        ("60.000", "EUR", 6_000_000),
        ("80.000,5", "EUR", 8_000_050),
        ("80,5", "EUR", 8_050),
        ("1.234.567", "EUR", 123_456_700),
        ("1,234,567.89", "USD", 123_456_789),
        ("6,00,000", "INR", 60_000_000),
        ("92\u2019000", "CHF", 9_200_000),
        ("€ 92.000", "EUR", 9_200_000),
        ("92 000 EUR", "EUR", 9_200_000),
        ("1500", "KWD", 1_500_000),
        ("1,500.000", "KWD", 1_500_000),
        ("1.500,000", "KWD", 1_500_000),
        ("1.5", "TND", 1_500),
        ("1,5", "TND", 1_500),
        ("1,50", "TND", 1_500),
        ("1 500", "TND", 1_500_000),
        ("1,500,000", "TND", 1_500_000_000),
        ("1,500", "JPY", 1_500),
        ("1.500", "JPY", 1_500),
        ("12,34", "EUR", 1_234),
        ("12.345", "JPY", 12_345),
        ("92000.00", "EUR", 9_200_000),
        ("1,23,456.00", "EUR", 12_345_600),
        ("12,34,56,789", "INR", 1_234_567_890_0),
        ("1'234'567.80", "CHF", 123_456_780),
        ("92\u202f000,50", "EUR", 9_200_050),
        ("92\u3000000", "EUR", 9_200_000),
        ("92000.005", "KWD", 92_000_005),
        ("92,000.005", "KWD", 92_000_005),
        ("\u0669\u0662\u066c\u0660\u0660\u0660\u066b\u0665", "EUR", 9_200_050),
        ("\uff19\uff12\uff0c\uff10\uff10\uff10", "JPY", 92_000),
        ("\u2212EUR 1.50", "EUR", -150),
        ("$92,000", "USD", 9_200_000),
        ("eur 92,000", "EUR", 9_200_000),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, currency, minor):
    assert amount_parser.parse(typed, currency=currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "NaN",
        "1e400000",
        "1_000",
        "\u06612\u0663",
        "12.3456",
        "a lot",
        "1,2,3",
        "1.234,567,8",
        "12,,3",
        "1.5.5",
        "--5",
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match=r"204,000|\d"):
        amount_parser.parse(typed, currency="EUR")


SHAPES = [
    # what is typed, the currency, and what the refusal says was understood
    ("92000.005", "EUR", "92000 and 005"),
    ("92000.000", "EUR", "92000 and 000"),
    ("92000,000", "EUR", "92000 and 000"),
    ("92000'000", "CHF", "92000 and 000"),
    ("92000 000", "EUR", "92000 and 000"),
    ("1.234.56", "EUR", "1 and 234 and 56"),
    ("1,23,45.00", "EUR", "1 and 23 and 45"),
    ("1,234,56,789", "INR", "1 and 234 and 56 and 789"),
    ("0.005", "EUR", "0 and 005"),
    ("1234,567", "KWD", "1234 and 567"),
    ("1 234'567", "CHF", "1 and 234 and 567"),
    ("1.23.456", "EUR", "1 and 23 and 456"),
    ("1,500", "KWD", "“1,500” can mean 1500 or 1.500 in KWD. Enter 1500 or 1.500."),
    ("TND 12,750", "TND", "“TND 12,750” can mean 12750 or 12.750 in TND. Enter 12750 or 12.750."),
    ("\u0661\u060c\u0665\u0660\u0660", "BHD", "can mean 1500 or 1.500 in BHD"),
    ("12,34", "JPY", "2 decimals in “12,34”, and JPY has no decimals"),
    ("1,234.567", "EUR", "3 decimals in “1,234.567”, and EUR has 2"),
    ("1500.5", "JPY", "1 decimal in “1500.5”, and JPY has no decimals"),
    ("1.2345", "KWD", "4 decimals in “1.2345”, and KWD has 3"),
    ("$92,000", "EUR", "This amount is in EUR, and you entered $."),
    ("€92,000", "USD", "This amount is in USD, and you entered €."),
    ("USD 92,000", "EUR", "This amount is in EUR, and you entered USD."),
    ("92\u00b2", "EUR", "Enter the amount as a number"),
]


@pytest.mark.parametrize(("typed", "currency", "understood"), SHAPES)
def test_what_can_be_read_in_two_ways_is_refused_with_what_was_understood(typed, currency, understood):
    with pytest.raises(ValueError) as refused:  # its sentence is looked at below
        amount_parser.parse(typed, currency=currency)
    assert understood in str(refused.value)


@given(st.sampled_from(CURRENCIES), st.integers(-LARGEST, LARGEST))
def test_what_the_product_writes_it_reads_again(currency, minor):
    amount = Money(minor, currency)
    assert amount_parser.parse(show(amount), currency=currency) == amount
    assert amount_parser.parse(wording.typed_amount(amount), currency=currency) == amount


@given(
    st.sampled_from(CURRENCIES),
    st.integers(0, LARGEST // 100_000),
    st.sampled_from(["en_US", "de_DE", "fr_FR", "es_MX", "pt_BR", "de_CH", "sv_SE", "pl_PL", "en_IN", "hi_IN", "ar_EG", "fa_IR", "it_IT"]),
)  # fmt: skip
def test_every_country_s_writing_is_read_as_it_was_meant(currency, major, locale):
    """With all its decimals, so that nothing can be taken for another grouping; whole amounts in every grouping."""
    digits = exponent(currency)
    minor = major * 10**digits + (7 if digits else 0)
    value = wording.decimal_amount(Money(minor, currency))
    pattern = "#,##,##0" if locale.endswith("IN") else "#,##0"
    swiss = locale == "de_CH"  # babel groups it once alone
    shape = pattern + ("." + "0" * digits if digits else "")
    written = format_decimal(value, format=shape, locale="en_US" if swiss else locale, numbering_system="default")
    written = written.replace(",", "\u2019") if swiss else written
    try:
        read = amount_parser.parse(written, currency=currency)
    except ValueError:
        assert digits == 3
        assert "," in written
    else:
        assert read == Money(minor, currency)


@given(st.sampled_from(["KWD", "BHD", "JOD", "TND", "OMR", "LYD"]), st.integers(1, 999), st.integers(0, 999))
def test_a_lone_comma_before_three_digits_of_dinars_is_asked_about(currency, first, last):
    """Both readings that the sentence names are read as what they say."""
    with pytest.raises(ValueError, match="can mean") as refused:
        amount_parser.parse(f"{first},{last:03d}", currency=currency)
    thousands, decimal = str(refused.value).rstrip(".").rsplit("Enter ", 1)[1].split(" or ")
    assert amount_parser.parse(thousands, currency=currency) == Money((first * 1000 + last) * 1000, currency)
    assert amount_parser.parse(decimal, currency=currency) == Money(first * 1000 + last, currency)


@given(st.sampled_from(CURRENCIES), st.text("0123456789.,' -", min_size=1, max_size=14))
def test_nothing_is_read_as_more_than_its_digits_say(currency, typed):
    """The first group has one to three digits: whatever is read, its whole part has no more digits than were typed."""
    try:
        amount = amount_parser.parse(typed, currency=currency)
    except ValueError:
        return
    typed_digits = "".join(filter(str.isdecimal, typed))
    major = abs(amount.amount) // 10 ** exponent(currency)
    assert len(str(major)) <= len(typed_digits)
    assert str(major).lstrip("0") in typed_digits
