"""The kinds of column that many tables share."""

import dataframely as dy

from data.contract.codes import EERSTE_DATUM, PATROON_PSEUDONIEM


def pseudoniem() -> dy.String:
    return dy.String(
        primary_key=True,
        regex=PATROON_PSEUDONIEM,
        description="Pseudoniem van de inburgeraar, hetzelfde in elke levering: 8 tot 64 tekens uit A-Z, a-z, 0-9, _ "
        "en -, niet alleen cijfers",
    )


def code(codes: tuple[str, ...], description: str, *, nullable: bool = False, primary_key: bool = False) -> dy.String:
    """A text column that holds one of `codes`, exactly; the documentation reads them from the metadata."""
    return dy.String(
        nullable=nullable,
        primary_key=primary_key,
        check={"code": lambda kolom: kolom.is_in(list(codes))},
        metadata={"codes": codes},
        description=description,
    )


def datum(description: str, *, nullable: bool = False, primary_key: bool = False, toekomst: bool = False) -> dy.Date:
    """A date from 1990-01-01; `op_peildatum` adds the upper bound, unless `toekomst`."""
    return dy.Date(
        nullable=nullable,
        primary_key=primary_key,
        min=EERSTE_DATUM,
        metadata={"toekomst": toekomst},
        description=description,
    )
