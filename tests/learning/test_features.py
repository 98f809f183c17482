"""The allow list: what the model may look at, and what it passes over by name."""

import pytest

from recruiter.learning.governance import feature_allowlist


@pytest.mark.parametrize(
    "name",
    ["Zip", "Zip code", "Candidate's age", "AGE", "Postcode", "Sex", "Gender", "Nationality", "Home address", "School",
     "Graduation year", "Photo", "Career gap", "Source", "Salary", "Gehalt", "Nationalität", "Alter", "Hobbies", "Name", "Commute"],
)  # fmt: skip
def test_private_matters_are_refused(name):
    assert feature_allowlist.private_matter_of(name)
    with pytest.raises(ValueError, match="may not look at"):
        feature_allowlist.features_of(["overall", name])


@pytest.mark.parametrize(
    "name",
    ["Source control", "Management", "Language", "Race conditions", "Pays attention", "Communication", "Addressing conflict",
     "Open source", "Engagement", "Paying attention to users", "שיחה", "", "  ", "Role skills"],
)  # fmt: skip
def test_what_a_role_asks_for_is_admitted(name):
    assert feature_allowlist.is_admitted(name)


def test_each_feature_has_its_kind_and_its_reason():
    features = feature_allowlist.features_of(["overall", "index", "System design"])
    assert [feature.kind for feature in features] == ["overall", "index", "attribute"]
    assert all(feature.reason.endswith(".") for feature in features)
