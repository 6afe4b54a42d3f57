"""What the claims of the identity provider give: roles, areas, the end of a sign-in. A slip never opens anything."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pages.access import roles

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLAIMS = {"sub": "42", "iss": "https://id.example", "iat": NOW.timestamp(), "email": "a@haarlem.example"}


def of(how=None, **claims):
    return roles.visitor(CLAIMS | claims, how or roles.Rules())


@pytest.mark.parametrize("claim", [["Beleid"], ["beleid "], "beleid,beheer", [], None, {"beleid": True}, ["beleid", 1]])
def test_a_role_is_given_by_a_value_of_the_claim_exactly(claim):
    assert of(roles=claim).rollen == of().rollen == ()
    assert of(roles="beleid").rollen == ("beleid",)
    assert of(roles=["management", "beheer"]).rollen == ("beheer", "management")
    # A name of a group with a comma is one name.
    how = roles.rules({"rolclaim": "groups", "rollen": {"beheer": ["CN=Monitor,OU=Haarlem"]}})
    assert of(how, groups=["CN=Monitor,OU=Haarlem"]).rollen == ("beheer",)
    assert of(how, groups="CN=Ander,OU=Haarlem").rollen == ()


@pytest.mark.parametrize("claim", [[], "", None, 0, {"Meerwijk": 1}, ["Meerwijk", None]])
def test_a_claim_of_areas_limits_and_without_one_that_can_be_read_there_is_no_area(claim):
    open_where_not_said = roles.rules({"gebied_verplicht": False})
    assert of(wijkteams=claim).grens == of(open_where_not_said, wijkteams=claim).grens == of().grens == ()
    assert of(open_where_not_said).grens is None
    for named in (["Meerwijk", "Centrum"], "Meerwijk, Centrum"):
        assert of(wijkteams=named).grens == ("Meerwijk", "Centrum")


def test_a_sign_in_counts_from_its_moment_for_the_hours_of_the_rules():
    visitor, second = of(roles.rules({"uren": 2})), timedelta(seconds=1)
    ends = (NOW - roles.SKEW, NOW + timedelta(hours=2) - second)
    assert [visitor.is_current(end) for end in ends] == [True, True]
    assert [visitor.is_current(after) for after in (ends[0] - second, ends[1] + second)] == [False, False]
    assert len({each.kenmerk for each in (visitor, of(iat=NOW.timestamp() + 1), of(sub="43"))}) == 3


@pytest.mark.parametrize(
    "missing", [{"iat": None}, {"iat": "now"}, {"iat": True}, {"iat": 1e30}, {"sub": ""}, {"sub": None}]
)
def test_claims_that_do_not_say_who_or_since_when_are_nobody(missing):
    assert of(**missing) is None


@pytest.mark.parametrize(
    "slip",
    [
        {"rolcaim": "groups"},
        *({"uren": uren} for uren in (0, True, "8", 24.5, float("inf"), float("nan"))),
        {"gebied_verplicht": "ja"},
        *({"rollen": rollen} for rollen in ({"admin": ["x"]}, {"beheer": [1]}, ["beheer"])),
    ],
    ids=str,
)
def test_a_slip_in_the_rules_is_told_by_name(slip):
    with pytest.raises(roles.RulesError, match=rf"\[toegang\] {next(iter(slip))}"):
        roles.rules(slip)


def test_the_example_of_the_secrets_says_the_defaults():
    example = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "secrets.toml.example").read_text("utf-8"))
    assert roles.rules(example["toegang"]) == roles.Rules()
