"""Other finalists are named in no case: neither in its text nor on any page, in the API or in a file that leaves the house."""

import pytest

from recruiter.budget import other_names
from recruiter.budget.sections import NAMES
from tests.budget import arranging

OTHERS = {
    "Finalist B": "Bela Novák-Tóth",
    "Finalist C": "Young Black",
    "Finalist D": "Siobhán O\u2019Brien",
    "Finalist E": "李 娜",
}
KNOWN = ["Zoë Ünal", "Ines Brandt"]


def _called(text, others=OTHERS, known=KNOWN):
    return {
        called
        for called in others
        for finding in other_names.found_in(text, others=others, known=known)
        if called in finding.why
    }


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Bela Novák-Tóth was close behind.", "B"),
        ("BELA NOVAK-TOTH was close behind.", "B"),
        ("We compared her with bela.", "B"),
        ("Novák-Tóth, Bela: a good second", "B"),
        ("B. Novák-Tóth would cost less.", "B"),
        ("Béla\u00a0Nova\u0301k\u2011Tóth was close.", "B"),
        ("Young Black is the alternative.", "C"),
        ("Y. Black is the alternative.", "C"),
        ("Siobhan O'Brien said no.", "D"),
        ("Ms OBrien said no.", "D"),
        ("O\u2018Brien said no.", "D"),
        ("李娜 is cheaper", "E"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, called):
    assert _called(text) == {f"Finalist {called}"}


@pytest.mark.parametrize(
    "text",
    [
        "A young team needs somebody senior.",
        "The black box of the ledger.",
        "Zoë Ünal was first.",
        "Ines Brandt saw it.",
        "Finalist B and Finalist C were close.",
        "The obrienisation of nothing.",
        "She belabours no point.",
    ],
)
def test_words_that_are_no_name_stay(text):
    assert _called(text) == set()


def test_the_candidates_own_name_stays_where_another_shares_a_part_of_it():
    others = {"Finalist B": "Anna Ünal"}
    assert _called("Zoë Ünal was first.", others) == set()
    assert _called("Ünal was first.", others) == set()
    assert _called("Anna Ünal was second.", others) == {"Finalist B"}


def test_there_is_a_letter_for_everybody():
    assert [other_names.called(place) for place in (0, 24, 25, 50, 51)] == [
        "Finalist B",
        "Finalist Z",
        "Finalist AA",
        "Finalist AZ",
        "Finalist BA",
    ]


@pytest.mark.parametrize("section", NAMES)
def test_no_section_leaves_the_house_with_a_name(api, browse, session, people, now, section):
    case = arranging.opened(session, people, now, arranging.ground(session, people, now))
    path, text = f"/budget-cases/{case.id}", "Chidi Okoro would cost less."
    written = api.ruth.patch(path, {"sections": {section: text}})
    assert written.status_code == 200, written.json
    [finding] = [item for item in api.ruth.get(f"{path}/check").json["items"] if "Other finalists" in item["why"]]
    assert (finding["severity"], finding["section"], finding["words"][0]) == ("blocked", section, "Chidi Okoro")
    assert "write Finalist C" in browse("ruth").get(f"/cases/{case.id}").get_data(as_text=True)
    assert api.ruth.post(f"{path}/submission", {}).status_code in {409, 422}
