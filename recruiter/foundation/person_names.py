"""How somebody is greeted: by the first name where the form of the name tells which word that is, else by the whole name."""

from __future__ import annotations

import re
import unicodedata

TITLES = frozenset(
    [
        "dr",
        "dipl",
        "doctor",
        "doktor",
        "dra",
        "frau",
        "fräulein",
        "herr",
        "ing",
        "lic",
        "lord",
        "m",
        "madame",
        "mag",
        "me",
        "mlle",
        "mme",
        "monsieur",
        "mr",
        "mrs",
        "ms",
        "mx",
        "phd",
        "prof",
        "professor",
        "professora",
        "rev",
        "señor",
        "señora",
        "sir",
        "sr",
        "sra",
    ]
)
# names written with the family name first, in Latin letters too; which of the parts is which cannot be told
FAMILY_NAMES_FIRST = frozenset(
    [
        "bae",
        "cai",
        "cao",
        "chan",
        "chang",
        "chen",
        "cheng",
        "cho",
        "choi",
        "chu",
        "chung",
        "dang",
        "deng",
        "ding",
        "do",
        "du",
        "duong",
        "fan",
        "fang",
        "feng",
        "fu",
        "gao",
        "guo",
        "han",
        "he",
        "ho",
        "hoang",
        "hu",
        "huang",
        "huynh",
        "hwang",
        "jang",
        "jeon",
        "jeong",
        "jiang",
        "jin",
        "jung",
        "kang",
        "kim",
        "kwon",
        "lai",
        "lam",
        "le",
        "lee",
        "li",
        "liang",
        "liao",
        "lim",
        "lin",
        "liu",
        "lu",
        "luo",
        "ma",
        "min",
        "ngo",
        "nguyen",
        "ong",
        "pan",
        "park",
        "peng",
        "pham",
        "phan",
        "qian",
        "shen",
        "shin",
        "shi",
        "son",
        "song",
        "su",
        "sun",
        "tan",
        "tang",
        "tian",
        "tran",
        "trinh",
        "truong",
        "tsai",
        "vo",
        "vu",
        "wang",
        "wei",
        "wong",
        "woo",
        "wu",
        "xiao",
        "xie",
        "xu",
        "yan",
        "yang",
        "yao",
        "ye",
        "yoon",
        "yu",
        "yuan",
        "zeng",
        "zhang",
        "zhao",
        "zheng",
        "zhong",
        "zhou",
        "zhu",
    ]
)
GIVEN_FIRST_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC")
INITIAL = re.compile(r"(\w\.?){1,2}", re.UNICODE)


def first_name(name: str) -> str:
    """The name to greet somebody by: “Ada” of “Dr. Ada Ferreira”; all of “Nguyen Van An”, “J. Doe” or “김민수”.

    “Ferreira, Ada” gives “Ada”. A name of one word is that word.
    """
    whole = " ".join(name.split())
    family, comma, given = whole.partition(",")
    parts = _without_titles((given if comma else family).split())
    if not parts:
        return whole
    first = parts[0]
    is_known = comma or len(parts) == 1 or first.casefold() not in FAMILY_NAMES_FIRST
    return first if is_known and _reads_given_first(first) and not INITIAL.fullmatch(first) else whole


def _without_titles(parts: list[str]) -> list[str]:
    while len(parts) > 1 and parts[0].rstrip(".").casefold() in TITLES:
        parts = parts[1:]
    return parts


def _reads_given_first(word: str) -> bool:
    """Whether a word is of a script whose names are written with the given name first."""
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith(GIVEN_FIRST_SCRIPTS) for letter in letters)
