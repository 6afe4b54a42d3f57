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


@pytest.mark.parametrize(
    ("claim", "rollen"),
    [
        (["beleid"], ("beleid",)),
        (["management", "beheer"], ("beheer", "management")),
        ("beleid", ("beleid",)),
        (["Beleid"], ()),
        (["beleid "], ()),
        ("beleid,beheer", ()),
        ([], ()),
        (None, ()),
        (True, ()),
        ({"beleid": True}, ()),
        (["beleid", 1], ()),
    ],
)
def test_a_role_is_given_by_a_value_of_the_claim_exactly(claim, rollen):
    assert of(roles=claim).rollen == rollen
    assert of().rollen == ()


def test_a_name_of_a_group_with_a_comma_is_one_name():
    how = roles.rules({"rolclaim": "groups", "rollen": {"beheer": ["CN=Monitor,OU=Haarlem"]}})
    assert of(how, groups=["CN=Monitor,OU=Haarlem"]).rollen == ("beheer",)
    assert of(how, groups="CN=Ander,OU=Haarlem").rollen == ()


@pytest.mark.parametrize(
    ("claim", "grens"),
    [
        (["Meerwijk", "Centrum"], ("Meerwijk", "Centrum")),
        ("Meerwijk, Centrum", ("Meerwijk", "Centrum")),
        ([], ()),
        ("", ()),
        (None, ()),
        (0, ()),
        ({"Meerwijk": 1}, ()),
        (["Meerwijk", None], ()),
    ],
)
def test_a_claim_of_areas_limits_and_one_that_cannot_be_read_limits_to_nothing(claim, grens):
    assert of(wijkteams=claim).grens == grens


def test_without_a_claim_of_areas_there_is_no_area_unless_the_rules_let_that_be_all():
    assert of().grens == ()
    assert of(roles.rules({})).grens == ()
    assert of(roles.rules({"gebied_verplicht": False})).grens is None


def test_a_sign_in_counts_from_its_moment_for_the_hours_of_the_rules():
    visitor, second = of(roles.rules({"uren": 2})), timedelta(seconds=1)
    ends = (NOW - roles.SKEW, NOW + timedelta(hours=2) - second)
    assert [visitor.is_current(end) for end in ends] == [True, True]
    assert [visitor.is_current(after) for after in (ends[0] - second, ends[1] + second)] == [False, False]


@pytest.mark.parametrize(
    "missing", [{"iat": None}, {"iat": "now"}, {"iat": True}, {"iat": 1e30}, {"sub": ""}, {"sub": None}]
)
def test_claims_that_do_not_say_who_or_since_when_are_nobody(missing):
    assert of(**missing) is None


def test_two_sign_ins_of_one_person_are_told_apart():
    assert of().kenmerk != of(iat=NOW.timestamp() + 1).kenmerk
    assert of().kenmerk != of(sub="43").kenmerk


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ({"rolcaim": "groups"}, "rolcaim"),
        ({"uren": 0}, "uren"),
        ({"uren": True}, "uren"),
        ({"uren": "8"}, "uren"),
        ({"uren": 24.5}, "uren"),
        ({"uren": float("inf")}, "uren"),
        ({"uren": float("nan")}, "uren"),
        ({"gebied_verplicht": "ja"}, "gebied_verplicht"),
        ({"rollen": {"admin": ["x"]}}, "admin"),
        ({"rollen": ["beheer"]}, "rollen"),
    ],
)
def test_a_slip_in_the_rules_is_told_by_name(section, named):
    with pytest.raises(roles.RulesError, match=named):
        roles.rules(section)


def test_the_example_of_the_secrets_says_the_defaults():
    example = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "secrets.toml.example").read_text("utf-8"))
    assert roles.rules(example["toegang"]) == roles.Rules()
