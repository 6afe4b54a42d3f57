"""The pseudonym: inburgeraar_id as a keyed hash of the number that the municipality itself uses.

HMAC-SHA-256 (RFC 2104, FIPS 198-1) with a secret from the environment variable WI_SLEUTEL, as 64 hexadecimal digits:
the same for a person in every table, file and delivery, and not to be computed from the number without the secret.
"""

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from data.delivery import values
from data.delivery.refusals import refusal
from data.snapshots import store
from data.snapshots.manifest import Manifest

OMGEVING = "WI_SLEUTEL"
MINIMUM = 32

# What a spreadsheet makes of a long number: rounded, so that persons would merge.
AFGEROND = r"^\s*-?\d+(?:[.,]\d+)?[eE][+-]?\d+\s*$"


def secret() -> bytes:
    """The secret. Raises RefusedError when it is missing or shorter than MINIMUM characters."""
    waarde = os.environ.get(OMGEVING, "")
    if len(waarde) < MINIMUM:
        stand = "is te kort" if waarde else "is niet gezet"
        raise refusal("no_secret", variabele=OMGEVING, stand=stand, minimum=MINIMUM)
    return waarde.encode()


def written_alike(nummer: str) -> str:
    """One spelling of a number: without spaces around it, leading zeros, `.0`, or dots and spaces in a BSN."""
    nummer = unicodedata.normalize("NFC", nummer.strip())
    if re.fullmatch(r"\d+(?:[.,]0+)?", nummer):
        nummer = re.split(r"[.,]", nummer)[0]
    elif re.fullmatch(r"\d+(?:[ .]\d+)+", nummer) and len(cijfers := re.sub(r"\D", "", nummer)) in (8, 9):
        nummer = cijfers
    return (nummer.lstrip("0") or "0") if nummer.isascii() and nummer.isdigit() else nummer


def pseudonymise(nummers: pl.Series, sleutel: bytes) -> pl.Series:
    """The pseudonym of every number, null where there is none."""

    def pseudonym(nummer: str) -> str | None:
        return hmac.digest(sleutel, written_alike(nummer).encode(), hashlib.sha256).hex() if nummer.strip() else None

    return values.each(nummers, pseudonym, pl.String)


def refuse_another(sleutel: bytes, waar: Iterable[Path]) -> None:
    """Raise RefusedError where a snapshot or publication in one of these folders was made with another secret."""
    for map_ in waar:
        for peildatum in store.peildata(map_):
            manifest = Manifest.read_or_none(store.folder_of(peildatum, map_))
            if manifest and manifest.sleutel not in (None, fingerprint(sleutel)):
                raise refusal("another_secret", variabele=OMGEVING, peildatum=peildatum, map=map_)


def fingerprint(sleutel: bytes) -> str:
    """Eight digits that tell whether two deliveries used the same secret, and nothing about the secret."""
    return hmac.digest(sleutel, b"vingerafdruk van de sleutel", hashlib.sha256).hex()[:8]
