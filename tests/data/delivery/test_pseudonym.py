"""The keyed hash: equal for one number however it is written, different with another secret."""

import hashlib
import hmac

import polars as pl
import pytest

from data.delivery import pseudonym
from data.errors import RefusedError

GEHEIM = b"0123456789abcdef0123456789abcdef"


def test_pseudonym_is_hmac_sha256_of_the_number():
    verwacht = hmac.new(GEHEIM, b"K-42", hashlib.sha256).hexdigest()
    assert pseudonym.pseudonymise(pl.Series(["K-42", None, " "]), GEHEIM).to_list() == [verwacht, None, None]


def test_one_number_has_one_pseudonym_however_it_is_written():
    vormen = ["12345678", " 12345678 ", "012345678", "12345678.0", "12345678,00", "1234.56.78", "12 34 56 78"]
    assert pseudonym.pseudonymise(pl.Series(vormen), GEHEIM).n_unique() == 1


def test_different_numbers_stay_different():
    nummers = ["12", "120", "1.2.0", "K-12", "k-12", "K12", "0", "A012", "A12"]
    assert pseudonym.pseudonymise(pl.Series(nummers), GEHEIM).n_unique() == len(nummers)


def test_another_secret_gives_other_pseudonyms_and_another_fingerprint():
    ander = GEHEIM[::-1]
    een, twee = (pseudonym.pseudonymise(pl.Series(["1"]), sleutel)[0] for sleutel in (GEHEIM, ander))
    assert een != twee
    assert pseudonym.fingerprint(GEHEIM) != pseudonym.fingerprint(ander)


@pytest.mark.parametrize("nummer", ["1,23457E+17", "1.234568E+19", "1e9"])
def test_number_that_a_spreadsheet_rounded_is_refused_because_persons_would_merge(nummer):
    with pytest.raises(pseudonym.AfgerondError) as fout:
        pseudonym.pseudonymise(pl.Series(["1", nummer]), GEHEIM)
    assert fout.value.index == 1


@pytest.mark.parametrize(("waarde", "woorden"), [(None, "niet gezet"), ("", "niet gezet"), ("x" * 31, "te kort")])
def test_missing_or_short_secret_is_refused(monkeypatch, waarde, woorden):
    monkeypatch.delenv("WI_SLEUTEL", raising=False)
    if waarde is not None:
        monkeypatch.setenv("WI_SLEUTEL", waarde)
    with pytest.raises(RefusedError, match=woorden):
        pseudonym.secret()
