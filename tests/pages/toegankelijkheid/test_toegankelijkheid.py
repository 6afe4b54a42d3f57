"""The statement never claims more than was done: no examination, no status A or B."""

import pytest

from pages.toegankelijkheid.words import CONTACT, EXAMINATION, FAILURES, filled

GEMEENTE = "de gemeente Haarlem, telefoon 14 023"


@pytest.mark.parametrize(
    ("settings", "status", "planned", "contact"),
    [
        ({}, "D, voldoet niet", "niet ingevuld", GEMEENTE),
        ({EXAMINATION: " ", CONTACT: ""}, "D, voldoet niet", "niet ingevuld", GEMEENTE),
        ({EXAMINATION: "maart 2027"}, "C, eerste maatregelen genomen", "maart 2027", GEMEENTE),
        ({CONTACT: "wi@haarlem.nl"}, "D, voldoet niet", "niet ingevuld", "wi@haarlem.nl"),
    ],
)
def test_the_status_follows_from_what_is_examined_and_what_is_not_given_is_said(settings, status, planned, contact):
    told = filled(settings)
    facts = dict(told["statement"] + told["contact"])
    assert facts["Status"].startswith(status)
    assert (facts["Onderzoek gepland"], facts["Contact"]) == (planned, contact)


def test_every_failure_has_its_cause_its_effect_another_way_and_what_is_done():
    assert len(FAILURES["rows"]) > 3
    for row in FAILURES["rows"]:
        assert list(row) == list(FAILURES["headings"])
        assert all(row.values())


@pytest.mark.parametrize("view", ["open_page", "open_public_page"])
def test_what_the_deployment_says_of_itself_is_escaped_on_the_page(request, monkeypatch, text_of, view):
    monkeypatch.setenv(CONTACT, "<b>wi@haarlem.nl")
    text = text_of(request.getfixturevalue(view)("toegankelijkheid"))
    assert "&lt;b&gt;wi@haarlem.nl" in text and "2.1.1 Toetsenbord (A)" in text
