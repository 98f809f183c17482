"""Who is greeted by the first name, and who by the whole one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.foundation.person_names import first_name


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Ada Ferreira", "Ada"),
        ("Dr. Ada Ferreira", "Ada"),
        ("Prof. Dr. Ada M. Ferreira", "Ada"),
        ("Ferreira, Ada Maria", "Ada"),
        ("Anne-Marie Dupont", "Anne-Marie"),
        ("Siân O\u2019Brien", "Siân"),
        ("Жанна Иванова", "Жанна"),
        ("Beyoncé", "Beyoncé"),
        ("J. Doe", "J. Doe"),
        ("JP Morgan", "JP Morgan"),
        ("Nguyen Van An", "Nguyen Van An"),
        ("Wang Xiaoming", "Wang Xiaoming"),
        ("김민수", "김민수"),
        ("山田 太郎", "山田 太郎"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_the_first_name_only_where_it_is_known(name, greeted):
    assert first_name(name) == greeted


@given(st.text(max_size=60))
def test_whatever_stands_there_a_greeting_is_a_part_of_the_name(name):
    greeted = first_name(name)
    assert greeted in " ".join(name.split())
    assert bool(greeted) == bool(name.split())
