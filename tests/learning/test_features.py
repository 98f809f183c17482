"""The allow list: what the model may look at, and what it passes over by name."""

import pytest

from recruiter.learning.governance import feature_allowlist


@pytest.mark.parametrize(
    "name",
    ["Zip", "Zip code", "Candidate's age", "AGE", "Postcode", "Sex", "Gender", "Nationality", "Home address", "School",
     "Graduation year", "Photo", "Career gap", "Source", "Salary", "Gehalt", "Nationalität", "Alter", "Hobbies", "Name", "Commute"],
)  # fmt: skip
def test_private_matters_are_refused(name):
    assert feature_allowlist.refused(name)
    with pytest.raises(ValueError, match="may not look at"):
        feature_allowlist.listed(["overall", name])


@pytest.mark.parametrize(
    "name",
    ["Source control", "Management", "Language", "Race conditions", "Pays attention", "Communication", "Addressing conflict",
     "Open source", "Engagement", "Paying attention to users", "שיחה", "", "  ", "Role skills"],
)  # fmt: skip
def test_what_a_role_asks_for_is_admitted(name):
    assert feature_allowlist.admitted(name)


def test_each_feature_has_its_kind_and_its_reason():
    found = feature_allowlist.listed(["overall", "index", "System design"])
    assert [one.kind for one in found] == ["overall", "index", "attribute"]
    assert all(one.reason.endswith(".") for one in found)
