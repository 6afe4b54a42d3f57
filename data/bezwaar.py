"""What makes a delivery as a whole unlikely, though every row may be right: it is refused, unless the steward insists.

A wrong peildatum, an export that failed and an export of something else all pass the rules for rows, and each changes
every figure. With `--toch` the delivery is taken in, and the objections stand in its manifest and its report.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import dataframely as dy
import polars as pl

from data import contract, waarschuwing

# Days that the youngest event may lie before the peildatum; shares of a table's rows, in percents.
DAGEN_STIL = 31
NA_PEILDATUM = 1
AFGEKEURD = 10
MINDER_RIJEN = 50

TOCH = "Klopt de levering zo, neem haar dan op met --toch; het rapport vermeldt dat dan."
_PEILDATUM = "Controleer de peildatum."


class Bezwaren:
    """Gathers the objections to a delivery, table by table.

    vorige: the snapshot before, see `waarschuwing.previous`.
    """

    def __init__(self, peildatum: date, vorige: waarschuwing.Previous | None) -> None:
        self._peildatum, self._vorige = peildatum, vorige
        self._jongste: date | None = None
        self._tabellen: list[str] = []

    def zie(self, tabel: str, bestand: str, gelezen: pl.DataFrame, afgekeurd: Mapping[str, int]) -> None:
        """Look at the rows of one table as they were read. afgekeurd: rejected rows per reason, the most first."""
        dagen = _gebeurtenissen(tabel)
        later = gelezen.filter(pl.any_horizontal(pl.col(dagen) > self._peildatum)).height
        tot_nu = gelezen.select(pl.col(dagen)).unpivot(dagen)["value"]
        self._jongste = max(
            (dag for dag in (self._jongste, tot_nu.filter(tot_nu <= self._peildatum).max()) if dag), default=None
        )
        naam = f"{bestand}, tabel {tabel}"
        ervoor = waarschuwing.rows_before(tabel, self._vorige)
        if gelezen.is_empty():
            self._tabellen.append(f"{naam}: er staat geen enkele rij in.")
        elif ervoor and 100 * gelezen.height < (100 - MINDER_RIJEN) * ervoor:
            self._tabellen.append(
                f"{naam}: {_telling(gelezen.height)} rijen, minder dan de helft van de {_telling(ervoor)} in de "
                f"levering van {self._vorige.peildatum}. Is de export volledig?"
            )
        if 100 * later > NA_PEILDATUM * gelezen.height:
            self._tabellen.append(
                f"{naam}: {_van(later, gelezen.height)} een datum na de peildatum {self._peildatum}. {_PEILDATUM}"
            )
        elif 100 * sum(afgekeurd.values()) > AFGEKEURD * gelezen.height:
            redenen = ", ".join(f"{_telling(aantal)} keer {reden}" for reden, aantal in afgekeurd.items())
            self._tabellen.append(
                f"{naam}: {_van(sum(afgekeurd.values()), gelezen.height, 'wordt', 'worden')} afgekeurd ({redenen}). "
                "Met --controleer --toch noemt het rapport de regels."
            )

    def alle(self) -> list[str]:
        """The objections as Dutch sentences; none when there is nothing to object."""
        stil = (self._peildatum - self._jongste).days if self._jongste else 0
        if stil <= DAGEN_STIL:
            return list(self._tabellen)
        return [
            f"De jongste gebeurtenis in de levering is van {self._jongste}, {_telling(stil)} dagen voor de peildatum "
            f"{self._peildatum}. {_PEILDATUM}",
            *self._tabellen,
        ]


def melding(bezwaren: Sequence[str]) -> str:
    """Why a delivery is refused, and what can be done."""
    return "\n".join(["De levering kan zo niet kloppen.", *(f"- {bezwaar}" for bezwaar in bezwaren), TOCH])


def _gebeurtenissen(tabel: str) -> list[str]:
    """The columns of a table that tell when something happened: all dates but those that may lie in the future."""
    return [
        naam
        for naam, kolom in contract.TABELLEN[tabel].columns().items()
        if isinstance(kolom, dy.Date) and not (kolom.metadata or {}).get("toekomst")
    ]


def _van(deel: int, geheel: int, een: str = "heeft", meer: str = "hebben") -> str:
    aandeel = f"{100 * deel / geheel:.1f}".replace(".", ",")
    werkwoord = een if deel == 1 else meer
    return f"{_telling(deel)} van de {_telling(geheel)} rijen ({aandeel}%) {werkwoord}"


def _telling(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")
