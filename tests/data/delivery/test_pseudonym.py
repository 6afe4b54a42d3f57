"""The keyed hash: equal for one number however it is written, different with another secret."""

import hashlib
import hmac

import polars as pl
import pytest

from data.delivery import pseudonym
from data.errors import RefusedError

GEHEIM = b"0123456789abcdef0123456789abcdef"


def hashed(*nummers: str | None) -> list[str | None]:
    return pseudonym.pseudonymise(pl.Series(nummers), GEHEIM).to_list()


def test_pseudonym_is_hmac_sha256_of_the_number():
    assert hashed("K-42", None, " ") == [hmac.new(GEHEIM, b"K-42", hashlib.sha256).hexdigest(), None, None]


def test_one_number_has_one_pseudonym_however_it_is_written_and_different_ones_stay_different():
    assert hashed("Zoë") == hashed("Zoe\u0308")
    vormen = ["12345678", " 12345678 ", "012345678", "12345678.0", "12345678,00", "1234.56.78", "12 34 56 78"]
    assert len(set(hashed(*vormen))) == 1
    assert len(set(hashed("12", "120", "1.2.0", "K-12", "k-12", "K12", "0", "A012", "A12"))) == 9


def test_number_that_a_spreadsheet_rounded_is_refused_because_persons_would_merge():
    """The refusal: test_refusal_tells_the_steward_what_to_do."""
    nummers = pl.Series(["1", "1,23457E+17", "1.234568E+19", " 1e9", "E12"])
    assert nummers.str.contains(pseudonym.AFGEROND).to_list() == [False, True, True, True, False]


@pytest.mark.parametrize(("waarde", "woorden"), [("", "niet gezet"), ("x" * 31, "te kort")])
def test_missing_or_short_secret_is_refused(monkeypatch, waarde, woorden):
    monkeypatch.setenv("WI_SLEUTEL", waarde)
    with pytest.raises(RefusedError, match=woorden):
        pseudonym.secret()
